"""The name of a file from what it holds."""

import re
import unicodedata

PARTED = re.compile(r"[^a-z0-9]+")
LONGEST = 80
"""Letters of a name without its ending."""


def name_of(*parts: str) -> str:
    """nnviz-votes-all-pairs: the parts as plain letters, each once."""
    plain = (unicodedata.normalize("NFKD", part).encode("ascii", "ignore") for part in parts)
    words = [PARTED.sub("-", part.decode().lower()).strip("-") for part in plain]
    return "-".join(["nnviz", *dict.fromkeys(word for word in words if word)])[:LONGEST].strip("-")
