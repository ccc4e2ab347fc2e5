"""Writes all templates of the program for translators: `python -m tests.words`.

With --pseudo FOLDER it writes a made-up language there instead, whose texts are two fifths
longer: NNVIZ_LANGUAGE=FOLDER/longer.po shows the program in it. With --outside PLACE it lists
the texts that bypass the catalogue in the files whose path begins so, such as nnviz/ui/draw.
"""

import argparse
from pathlib import Path

from tests.words.bypass import found_below
from tests.words.longer import made_up
from tests.words.templates import FILE, PROGRAM, as_text, templates


def write(folder: Path | None) -> None:
    """Writes the templates, or in a folder the made-up language."""
    found, file = templates(), FILE
    if folder is not None:
        found, file = made_up(found), folder / "longer.po"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(as_text(found), "utf-8")
    print(f"{len(found)} texts: {file}")


def list_outside(place: str) -> None:
    """Prints what bypasses the catalogue, exceptions included."""
    found = [each for each in found_below(PROGRAM) if each.file.startswith(place)]
    print(*found, f"{len(found)} texts outside the catalogue", sep="\n")


if __name__ == "__main__":
    asked = argparse.ArgumentParser(prog="python -m tests.words", description=__doc__)
    asked.add_argument("--pseudo", metavar="FOLDER", type=Path)
    asked.add_argument("--outside", metavar="PLACE")
    given = asked.parse_args()
    if given.outside is not None:
        list_outside(given.outside)
    else:
        write(given.pseudo)
