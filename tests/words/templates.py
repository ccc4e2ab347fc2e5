"""The templates of the program, as a translator gets them."""

import io
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

import nnviz
from nnviz.words import FOLDER, PICTURES, of_pictures
from tests.words.bypass import refusals_below

PROGRAM = Path(nnviz.__file__).resolve().parent
FILE = FOLDER / "nnviz.pot"
COMMENT = "Translators:"
"""How a comment above a template begins that is meant for translators."""


ABOUT_PICTURES = "The same text where pictures of clothes, say, stand for the digits."
HEADER = "# The texts of nnviz, written by python -m tests.words."


@cache
def templates() -> Catalog:
    """All templates in the program's code, with the files that they stand in."""
    catalogue = Catalog(project="nnviz", charset="utf-8", fuzzy=False, header_comment=HEADER)
    keywords = {"tr": None, "tr_later": None, "tr_n": (1, 2)} | dict.fromkeys(
        refusals_below(PROGRAM)
    )
    found = extract_from_dir(
        PROGRAM, [("**.py", "python")], keywords=keywords, comment_tags=(COMMENT,)
    )
    for file, _, message, comments, context in found:
        # without lines, so that a template file differs only where a template does
        place = [(f"nnviz/{Path(file).as_posix()}", 0)]
        catalogue.add(message, None, place, auto_comments=comments, context=context)
        if _of_pictures(message) != message:
            catalogue.add(message, None, place, auto_comments=[ABOUT_PICTURES], context=PICTURES)
    return catalogue


@cache
def kept_templates() -> Catalog:
    """The same as the template file has them, which a test holds against the code: to search all
    of that takes seconds."""
    with FILE.open("rb") as lines:
        return read_po(lines)


def _of_pictures(message: str | tuple[str, ...]) -> str | tuple[str, ...]:
    if isinstance(message, str):
        return of_pictures(message)
    return tuple(map(of_pictures, message))


def as_text(catalogue: Catalog) -> str:
    """A catalogue as a .po file, the same for the same texts: sorted, without dates."""
    written = io.BytesIO()
    write_po(written, catalogue, width=100, sort_output=True, include_lineno=False)
    lines = written.getvalue().decode("utf-8").splitlines()
    kept = [line for line in lines if "-Date:" not in line and "Generated-By:" not in line]
    return "\n".join(kept).rstrip("\n") + "\n"
