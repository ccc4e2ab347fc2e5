"""Which networks are compared: the one that stands for each design, and others of one design beside
it.

Each has a name. That of a network that stands for a design is the design; another one of a design
is called by its key besides, as in `ten-outputs+3`.
"""

from collections import Counter
from collections.abc import Collection, Mapping

from nnviz.networks.designs import DESIGNS
from nnviz.networks.shipped import ENDING
from nnviz.session.work import Work
from nnviz.words import tr

SIGN = "+"
LONGEST = 24
"""Signs of a title."""


def design_of(name: str) -> str:
    """The design of a network that is compared, by its name."""
    return name.partition(SIGN)[0]


def name_beside(work: Work) -> str:
    """What a network is called beside the one that stands for its design."""
    return f"{work.design}{SIGN}{work.key}"


def entrants_of(stand: Mapping[str, Work], others: Collection[Work]) -> Mapping[str, Work]:
    """Name -> network: those that stand for designs, each followed by others of its design, unless
    they are the same."""
    found: dict[str, Work] = {}
    for design in DESIGNS:
        same = [stand[design]] if design in stand else []
        if same:
            found[design] = same[0]
        for work in others:
            if work.design == design and not any(map(work.is_same, same)):
                same.append(work)
                found[name_beside(work)] = work
    return found


def more_of(
    works: Collection[Work], trained: Mapping[str, Work], entrants: Mapping[str, Work]
) -> Mapping[str, str]:
    """Name -> title of what could be compared, too: open networks, and those that come with the
    program, which have no key."""
    there, found = list(entrants.values()), {}
    for work in (*works, *trained.values()):
        if not any(map(work.is_same, there)):
            there.append(work)
            label = DESIGNS[work.design].label
            found[name_beside(work)] = tr("{design}, {name}", design=label, name=_title(work))
    return found


def name_now(name: str, entrants: Mapping[str, Work]) -> str:
    """What a network that was called so is called now: it stands for its design by now, or no
    longer; "" where it is not compared any more."""
    if name in entrants:
        return name
    key = name.partition(SIGN)[2]
    return next((now for now, work in entrants.items() if key and key == str(work.key)), "")


def own_names(entrants: Mapping[str, Work]) -> Mapping[str, str]:
    """Name -> what tells an entrant from others of its design, of which several are compared: what
    the user or its file calls it, else its size, else its number."""
    several = Counter(map(design_of, entrants))
    found = {}
    for name, work in entrants.items():
        if several[work.design] > 1:
            same = [each for each in entrants.values() if each.design == work.design]
            found[name] = _told_apart(work, same)
    return found


def labels_of(own: Mapping[str, str]) -> Mapping[str, str]:
    """Design or entrant -> what it is called on screen, given what own names there are."""
    labels = {name: design.label for name, design in DESIGNS.items()}
    told = {
        name: tr("{design}, {name}", design=labels[design_of(name)], name=each)
        for name, each in own.items()
    }
    return labels | told


def _told_apart(work: Work, same: Collection[Work]) -> str:
    if work.shipped or work.name or work.file:
        names = [_title(each) for each in same]
        if names.count(_title(work)) == 1:
            return _title(work)
        return tr("{name} ({number})", name=_title(work), number=work.key)
    if [each.network.hidden for each in same].count(work.network.hidden) == 1:
        return tr("{count} hidden", count=work.network.hidden)
    return work.title


def _title(work: Work) -> str:
    """What it is called, in a few signs."""
    return in_short(tr("shipped") if work.shipped else work.title.removesuffix(ENDING))


def in_short(title: str, most: int = LONGEST) -> str:
    """A title in so many signs; of a longer one the middle is left out."""
    return title if len(title) <= most else f"{title[: most - 10]}…{title[-9:]}"
