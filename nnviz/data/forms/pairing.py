"""Which files are one data set, and which of them hold its training and its test digits."""

import os
from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path

from nnviz.data.forms.closed_form import why_closed
from nnviz.data.forms.members import Member, beside, is_archive, members_of
from nnviz.data.forms.names import ENDINGS_OF, Named, bare, ending_of, may_hold_digits, named
from nnviz.data.idx import DigitsError
from nnviz.data.picture_folders import folders_with_pictures
from nnviz.words import commas

MOST_NAMED = 6
"""Data sets of a folder that are named, of those that can be meant"""


@dataclass(frozen=True)
class Chosen:
    """The files of one data set."""

    members: tuple[Member, ...]
    words: str
    """Those of their names, and of the folders that they lie in"""


def told_by(member: Member) -> Named:
    """What the name of a file, and of the folders around it, tells."""
    return named(member.name, member.folders)


def has_forms(path: Path) -> bool:
    """Whether a path is a file, or a folder of files that may be of a data set: beside pictures a
    table of text is none, as it can name their labels. Raises DigitsError."""
    if not os.path.isdir(path):
        return True
    members = members_of(path)
    found = [each for each in members if may_hold_digits(each.name)]
    pictures = any(True for _ in folders_with_pictures(path))
    return any(not (pictures and ending_of(each.name) in ("CSV", "")) for each in found)


def chosen(path: Path, tests: bool = False) -> Chosen:
    """The files that a path means: all of the one data set in a folder or an archive, or a file
    with those beside it that go with it. `tests`: only test digits are wanted. Raises
    DigitsError."""
    if path.exists() and not (path.is_dir() or path.is_file()):  # a device may never end
        raise DigitsError("{path} is not a regular file.", path=path)
    if path.is_dir() or is_archive(path):
        members = [each for each in members_of(path) if may_hold_digits(each.name)]
        members = _one_group(path, members, _of_tests if tests else _of_both)
    else:
        members = [Member(path), *_partners(path)]
    return Chosen(tuple(sorted(members, key=str)), _words(path, members))


def _one_group(
    path: Path, members: Sequence[Member], worth: Callable[[AbstractSet[str]], int]
) -> list[Member]:
    """The files of the one data set whose parts are worth most."""
    groups: dict[tuple[str, ...], list[Member]] = {}
    for member in _without_copies(members):
        folders = (named(each).group for each in member.folders)
        group = (*(each for each in folders if each), told_by(member).group)
        groups.setdefault(group, []).append(member)
    if not groups:
        said = (why_closed(str(each), b"") for each in members_of(path))
        if closed := next(filter(None, said), ""):
            raise DigitsError(closed)
        if not os.path.isdir(path):
            raise DigitsError(
                "{path} is an archive without a data set in a form that nnviz reads: unpack it, "
                "and name the folder.",
                path=path,
            )
        raise DigitsError(
            "{path} holds no data set in a form that nnviz reads: the four files of MNIST, one of "
            "{forms}, or pictures in folders, such as training/7/a.png.",
            path=path,
            forms=commas(ENDINGS_OF),
        )
    worths = [worth({told_by(each).part for each in own}) for own in groups.values()]
    best = max(worths)
    found = [own for own, each in zip(groups.values(), worths, strict=True) if each == best]
    if len(found) > 1:
        names = [_inside(each[0], path) for each in found]
        if not os.path.isdir(path):
            raise DigitsError(
                "{path} holds several data sets: unpack it, and name one of their files, such as "
                "{names}.",
                path=path,
                names=commas(names[:MOST_NAMED]),
            )
        raise DigitsError(
            "{path} holds several data sets: name one of their files, such as {names}.",
            path=path,
            names=commas(names[:MOST_NAMED]),
        )
    return found[0]


def _inside(member: Member, path: Path) -> str:
    """The name of a file with those of the folders that it lies in, below `path`."""
    return member.inside or member.path.relative_to(path).as_posix()


def _without_copies(members: Sequence[Member]) -> list[Member]:
    """Of a file and its packed copy beside it, which torchvision leaves, only the first."""
    found = {(each.folders, bare(each.name)): each for each in reversed(members)}
    return list(reversed(found.values()))


def _of_both(parts: AbstractSet[str]) -> int:
    """How sure it is that parts are training and test digits."""
    if "test" in parts and parts & {"train", ""}:
        return 2
    return int("train" in parts)


def _of_tests(parts: AbstractSet[str]) -> int:
    """How sure it is that parts are test digits."""
    return 2 if "test" in parts else int("train" not in parts)


def _partners(path: Path) -> list[Member]:
    """The files beside one that are of its data set and its form, and hold something else: an .npz
    file, which holds labels as well, needs none of its own part."""
    own, group = Member(path.absolute()), named(path.name).group
    return [
        Member(path.with_name(each.name))
        for each in _without_copies(beside(path))
        if each.name != own.name
        and may_hold_digits(each.name)
        and told_by(each).group == group
        and _form(each.name) == _form(own.name)
        and bare(each.name) != bare(own.name)
        and not (_form(own.name) == "NPZ" and told_by(each).part == told_by(own).part)
    ]


def _form(name: str) -> str:
    """That of a file by its name, where USPS's two differ."""
    return ending_of(name) or "LIBSVM"


def _words(path: Path, members: Sequence[Member]) -> str:
    names = [*path.absolute().parts[-3:], *(each.name for each in members)]
    return " ".join(named(each).group for each in names)
