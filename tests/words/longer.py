"""A made-up language whose texts are two fifths longer: a proof that all texts can be translated.

Every letter wears an accent, so that a text which bypasses the catalogue is seen at once; every
text stands in brackets, so that one which is glued or cut off is seen, too. It writes numbers
and counts as Czech does, with three forms of the plural.
"""

import math
import re

from babel.messages.catalog import Catalog

from nnviz.words import PICTURES, of_pictures

LOCALE = "cs"
LONGER = 0.4
"""How much longer than the texts in the code."""
ACCENTS = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "åƀçđéƒğĥíĵķļḿñöṕǫŕšţûṽŵẋýžÅƁÇĐÉƑĞĤÍĴĶĻḾÑÖṔǪŔŠŢÛṼŴẊÝŽ",
)
KEPT = re.compile(r"(\{\w*\}|<[^>]*>|&\w+;|\*\.\w+|--[\w-]+)")
"""What stays as it is: fields, marks of HTML, patterns of file names, options."""


def longer(text: str) -> str:
    """A text in the made-up language; one without a word is written alike in all of them."""
    if not any(map(str.isalpha, KEPT.sub("", text))):
        return text
    parts, owed = [], -2.0  # the brackets
    for place, part in enumerate(KEPT.split(text)):
        if place % 2:
            parts.append(part)
            continue
        for sign in part:
            parts.append(sign.translate(ACCENTS))
            owed += LONGER
            while owed >= 1 and sign.isalpha():
                parts.append(parts[-1])
                owed -= 1
    return f"[{''.join(parts)}{'~' * max(0, math.ceil(owed))}]"


def made_up(templates: Catalog) -> Catalog:
    """All templates in the made-up language."""
    catalogue = Catalog(
        LOCALE,
        project="nnviz",
        charset="utf-8",
        fuzzy=False,
        header_comment="# A made-up language, written by python -m tests.words --pseudo.",
    )
    for message in templates:
        if not message.id:
            continue
        ids = (message.id,) if isinstance(message.id, str) else message.id
        told = map(of_pictures, ids) if message.context == PICTURES else ids
        one, *many = map(longer, told)
        text = (one, *many * (catalogue.num_plurals - 1)) if many else one
        catalogue.add(message.id, text, message.locations, context=message.context)
    return catalogue
