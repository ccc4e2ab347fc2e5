"""What the names of pictures and of their folders say of their labels.

A folder `7`, and `7-a`, `a-7`, `a_label7` say seven. A number can also be a count, as cameras and
scanners number what they make: `1.png` ... `12.png`, `IMG_0001.jpg`, `Image (7).png`. So numbers
are looked at together, those of all pictures of a folder whose names are alike but for them, and
what may be a count is told apart and no label unless somebody says so.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from nnviz.data.forms.labels import NUMBER_WORDS
from nnviz.words import tr

COUNTERS = frozenset(
    {
        *("img", "image", "images", "imag", "pic", "picture", "photo", "foto", "bild", "scan"),
        *("dsc", "dscn", "dscf", "dcim", "pxl", "page", "seite", "screenshot", "untitled"),
        *("unbenannt", "document", "dokument", "doc", "file", "datei", "snap", "capture", "frame"),
        *("bildschirmfoto", "whatsapp", "signal"),
        *("mvimg", "wp", "cimg", "sam", "gopr", "unknown", "download", "figure", "fig", "cam"),
    }
)
"""Words in front of numbers that cameras, scanners and systems give."""
TELLING = "label|class|digit|klasse|ziffer"
"""Words in front of a label."""
COPY = re.compile(r"(?<=\S)\s*(\(\d+\)|-\s*(copy|kopie)|\bcopy)\s*$")
"""What systems add to the name of a second file; `7 (2)` is a seven."""
DENSE = 0.8
"""Of the numbers from the first to the last of a count, at least so many are there."""
ANYWHERE = 4
"""So many numbers one after the other are a count wherever they begin."""


@dataclass(frozen=True)
class Named:
    """What the name of one picture says."""

    label: int | None = None
    """An index into the class names"""
    counted: bool = False
    """Whether it is a number that may only count"""
    others: tuple[int, int] | None = None
    """Two labels that it says both"""


@dataclass(frozen=True)
class _Numbers:
    """The numbers at both ends of a name, "" where there are none."""

    first: str
    last: str
    between: str
    """What stands between them, or all where there are none"""


def labels_in(
    files: Sequence[PurePath], class_names: Sequence[str], numbers_count: bool = True
) -> list[Named]:
    """What the names of pictures in one folder, and of folders in it, say of their labels. Without
    `numbers_count`, numbers that may be a count are labels."""
    names = {name.casefold(): place for place, name in enumerate(class_names)}
    spelled = {word: names[str(n)] for word, n in NUMBER_WORDS.items() if str(n) in names} | names
    found: list[Named | None] = []
    alike: dict[tuple[PurePath, str, bool, bool], list[int]] = defaultdict(list)
    for at, file in enumerate(files):
        said = _said_in_words(file, names, spelled)
        found.append(said)
        if said is None:
            numbers = _numbers_of(file)
            key = (file.parent, numbers.between, bool(numbers.first), bool(numbers.last))
            alike[key].append(at)
    for group in alike.values():
        told = _of_group([_numbers_of(files[at]) for at in group], names, numbers_count)
        for at, named in zip(group, told, strict=True):
            found[at] = named
    for at, each in enumerate(found):
        # a folder `one` may be the first of several, so what its pictures are called comes first
        if each is None or (each.label is None and each.others is None):
            label = folder_label(files[at], spelled)
            found[at] = each if label is None else Named(label)
    return [each or Named() for each in found]


# ---- words ---------------------------------------------------------------------------


def folder_label(file: PurePath, names: dict[str, int]) -> int | None:
    """The class that the nearest folder around a picture is named for."""
    for folder in file.parents:
        name = folder.name.casefold().strip()
        if name in names:
            return names[name]
        told = re.fullmatch(rf"(?:{TELLING})[\s_=-]*(.+)", name)
        if told and told[1] in names:
            return names[told[1]]
    return None


def _said_in_words(file: PurePath, names: dict[str, int], spelled: dict[str, int]) -> Named | None:
    """What a folder says, a word in front of a label, or a class whose name is no number; None
    where only numbers may tell. `spelled`: the names with those of digits in words."""
    label = folder_label(file, names)
    if label is not None:
        return Named(label)
    stem = _stem_of(file)
    names = spelled
    told = re.findall(rf"(?<![^\W\d_])(?:{TELLING})[\s_=-]*(\d+|[^\W\d_]+)", stem)
    said = {names[each] for each in told if each in names}
    if len(said) == 1:
        return Named(said.pop())
    if any(name.isdecimal() for name in names):  # numbers are looked at together
        names = {name: place for name, place in names.items() if not name.isdecimal()}
    ends = [_at_end(stem, names, last) for last in (False, True)]
    said = {each for each in ends if each is not None}
    if not said:
        return None
    low, high = min(said), max(said)
    return Named(low) if low == high else Named(others=(low, high))


def _at_end(stem: str, names: dict[str, int], last: bool) -> int | None:
    """The class that a name begins with, or ends with, and does not go on as a longer word."""
    for name in sorted(names, key=len, reverse=True):
        rest = stem.removesuffix(name) if last else stem.removeprefix(name)
        beside = rest[-1:] if last else rest[:1]
        goes_on = beside.isdecimal() if name[-1].isdecimal() else beside.isalpha()
        if rest != stem and not goes_on:
            return names[name]
    return None


def _stem_of(file: PurePath) -> str:
    return COPY.sub("", file.stem.casefold()).strip() or file.stem.casefold()


# ---- numbers -------------------------------------------------------------------------


def _numbers_of(file: PurePath) -> _Numbers:
    whole = file.stem.casefold().strip()
    stem = _stem_of(file)
    if stem != whole and not re.match(r"\d", stem):
        # a number in brackets is all that counts pictures of one name
        counted = re.search(r"\((\d+)\)\s*$", whole)
        if counted and not re.search(r"\d$", stem):
            return _Numbers("", counted[1], f"{stem}(")
    first = re.match(r"\d+(?=[^\W\d_]*(?![^\W_]))", stem)
    last = re.search(r"(?<![^\W_])[^\W\d_]*(\d+)$", stem)
    begin = first.end() if first else 0
    if last and last.start(1) >= begin:
        return _Numbers(stem[:begin], last[1], stem[begin : last.start(1)])
    return _Numbers(stem[:begin], "", stem[begin:])


def _of_group(group: Sequence[_Numbers], names: dict[str, int], numbers_count: bool) -> list[Named]:
    """Of pictures whose names are alike but for their numbers."""
    first, last = ([getattr(each, end) for each in group] for end in ("first", "last"))
    between = group[0].between
    if first[0] and last[0]:
        dated = len(set(first)) == 1 and first[0] not in names  # such as by its year
        if dated and not names.keys().isdisjoint(last):
            return _of_one(last, names, between, led=False, numbers_count=numbers_count)
        return _of_both(first, last, names)
    numbers = first if first[0] else last
    if not numbers[0]:
        return [Named()] * len(group)
    led = bool(first[0]) and bool(between)
    return _of_one(numbers, names, between, led=led, numbers_count=numbers_count)


def _of_one(
    numbers: list[str], names: dict[str, int], between: str, led: bool, numbers_count: bool
) -> list[Named]:
    """Of names with one number that can be the label."""
    counted = _counted(numbers, names, led, between)
    if counted and numbers_count:
        return [Named(counted=True)] * len(numbers)
    values = (str(int(each)) if counted else each for each in numbers)
    return [Named(names.get(each)) for each in values]


def _counted(numbers: list[str], names: dict[str, int], led: bool, between: str) -> bool:
    """Whether numbers may be a count; `led`: they stand in front of something else."""
    beyond = [each for each in numbers if each not in names]
    if led:
        return bool(beyond) and len(numbers) > len(beyond) and _run(numbers)
    words = re.findall(r"[^\W\d_]+", between)
    if between.endswith("(") or (words and words[-1] in COUNTERS):
        return True
    if beyond:
        return True
    if len(numbers) < len(names) or set(numbers) != set(names):
        return _run(numbers)
    return False  # each class once: a scanner would have begun with 1, and gone on


def _run(numbers: list[str]) -> bool:
    """Whether they go on one after the other."""
    values = sorted({int(each) for each in numbers})
    if len(values) < len(numbers):
        return False  # what counts, counts each once
    dense = len(values) >= DENSE * (values[-1] - values[0] + 1)
    return dense and len(values) >= (2 if values[0] in (0, 1) else ANYWHERE)


def _of_both(first: list[str], last: list[str], names: dict[str, int]) -> list[Named]:
    """Of names with a number at either end: one is the label, the other counts."""
    as_label = [
        _may_be_label(ours, others, names) for ours, others in ((first, last), (last, first))
    ]
    if as_label == [True, True]:  # 0_0 to 9_2: all classes are at one end alone
        as_label = [set(each) >= set(names) for each in (first, last)]
    if as_label == [True, False]:
        return [Named(names.get(each)) for each in first]
    if as_label == [False, True]:
        return [Named(names.get(each)) for each in last]
    found = []
    for pair in zip(first, last, strict=True):
        labels = [names[each] for each in pair if each in names]
        if len(labels) == 2 and labels[0] != labels[1]:
            found.append(Named(others=(labels[0], labels[1])))
        else:
            found.append(Named(labels[0] if labels else None))
    return found


def _may_be_label(ours: list[str], others: list[str], names: dict[str, int]) -> bool:
    """Whether numbers at one end are labels, as those at the other end count within each label."""
    if not all(each in names for each in ours):
        return False
    if any(each not in names for each in others) or _run(others):
        return True
    within: dict[str, list[int]] = defaultdict(list)
    for own, other in zip(ours, others, strict=True):
        within[own].append(int(other))
    return len(ours) > 1 and all(
        min(each) in (0, 1) and len(each) >= DENSE * (max(each) - min(each) + 1)
        for each in within.values()
    )


def why_unlabelled(named: Named, path: Path, class_names: Sequence[str]) -> str:
    """The sentence that says why a picture has no label."""
    if named.others is not None:
        one, other = (class_names[place] for place in named.others)
        return tr(
            "{path} can be {one} or {other}: its name says both.", path=path, one=one, other=other
        )
    if named.counted:
        return tr("{path} has no label: its number may only count pictures.", path=path)
    return tr("{path} has no label: neither its folder nor its name says one.", path=path)
