"""What ``prakai serve`` and ``prakai work`` start: the server, the front of the one-process form, the worker."""
