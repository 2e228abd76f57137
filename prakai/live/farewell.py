"""How a process that streams hears that it will be stopped: streams never end by themselves."""

from __future__ import annotations

import signal

# Harmless to a process that does not listen for it (its default is to be ignored).
FAREWELL = signal.SIGURG
