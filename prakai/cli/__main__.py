"""``python -m prakai.cli`` is ``prakai``."""

from prakai.cli.main import main

main()
