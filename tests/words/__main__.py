"""Writes all templates of the program for translators: `python -m tests.words`.

With --pseudo FOLDER it writes a made-up language there instead, whose texts are two fifths
longer. NNVIZ_LANGUAGE=FOLDER/longer.po shows the program in it.
"""

import argparse
from pathlib import Path

from tests.words.longer import made_up
from tests.words.templates import FILE, as_text, templates

if __name__ == "__main__":
    asked = argparse.ArgumentParser(prog="python -m tests.words", description=__doc__)
    asked.add_argument("--pseudo", metavar="FOLDER", type=Path)
    folder = asked.parse_args().pseudo
    found = templates()
    if folder is not None:
        found, file = made_up(found), folder / "longer.po"
    else:
        file = FILE
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(as_text(found), "utf-8")
    print(f"{len(found)} texts: {file}")
