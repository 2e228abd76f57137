"""``python -m prakai``: the command line, also where the installed command is not on the path."""

from prakai.cli import main

if __name__ == "__main__":
    main()
