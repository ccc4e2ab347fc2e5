"""Measures the rows of one module of this folder in this process, and prints them as JSON.

A process of its own: nothing of it may share pages with those whose memory is measured elsewhere.
"""

import json
import sys
from importlib import import_module


def main(module: str, rounds: int) -> None:
    rows = import_module(f"tests.speed.{module}").measure(rounds)
    sys.stdout.write(json.dumps([vars(row) for row in rows]))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
