"""``python -m nnviz`` is the same program as the command ``nnviz``."""

from nnviz.cli.app import main

if __name__ == "__main__":
    main()
