"""The base of all errors that are a user's to mend, and what the system says in our words."""

import errno
import re

from nnviz.words import Value, tr

LONGEST = 160
"""Characters of a value that a sentence shows whole, such as a path; of a longer one, as somebody
may paste it, it shows both ends."""
LONG_WORD = re.compile(rf"\S{{{LONGEST + 1},}}")


class Refusal(ValueError):
    """Something cannot be done; the message is one sentence for the user."""

    def __init__(self, template: str, **fields: Value) -> None:
        """The sentence as a template and its fields (see `words.tr`), or ready."""
        super().__init__(shortened(tr(template, **fields)))


def shortened(sentence: str) -> str:
    """A sentence whose overlong words, as of a pasted text, are left out but for both ends."""
    return LONG_WORD.sub(lambda word: _ends(word.group()), sentence)


def reason_in_words(error: OSError) -> str:
    """Why a file cannot be read or written, in words that go on a sentence; the system's own
    where there are no better ones."""
    reasons = {
        errno.ENOENT: tr("there is no such file"),
        errno.EACCES: tr("it may not be opened"),
        errno.EPERM: tr("it may not be opened"),
        errno.EISDIR: tr("it is a folder"),
        errno.ENOTDIR: tr("a file stands where a folder should be"),
        errno.ENAMETOOLONG: tr("its name is too long"),
        errno.ELOOP: tr("its links lead in a circle"),
        errno.EIO: tr("the disk does not answer as it should"),
        errno.ENOSPC: tr("there is no room on the disk"),
        errno.EDQUOT: tr("there is no room left for this user"),
        errno.EROFS: tr("the disk can only be read"),
        errno.EMFILE: tr("too many files are open"),
        errno.ENFILE: tr("too many files are open"),
        errno.ESTALE: tr("the disk of the network has changed"),
        errno.ENOMEM: tr("there is too little memory"),
        errno.EINVAL: tr("it is no name that files can have"),
    }
    known = reasons.get(error.errno or 0)
    return known or (error.strerror or str(error)).rstrip(".").lower()


def _ends(word: str) -> str:
    half = LONGEST // 2
    return f"{word[:half]}…{word[-half:]}"
