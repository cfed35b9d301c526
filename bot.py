"""The command line: `python bot.py --help`. The package `bot` beside this file does the work."""

import sys

from bot.cli import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
