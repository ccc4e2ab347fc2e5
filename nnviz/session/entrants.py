"""Which networks are compared: the one that stands for each design, and others of one design beside
it.

Each has a name. That of a network that stands for a design is the design; another one of a design
is called by its key besides, as in `ten-outputs#3`.
"""

from collections import Counter
from collections.abc import Collection, Mapping

from nnviz.networks.designs import DESIGNS
from nnviz.session.work import Work
from nnviz.words import tr

SIGN = "#"


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
            if work.design == design and not any(work.network is each.network for each in same):
                same.append(work)
                found[name_beside(work)] = work
    return found


def name_now(name: str, entrants: Mapping[str, Work]) -> str:
    """What a network that was called so is called now: it stands for its design by now, or no
    longer; "" where it is not compared any more."""
    if name in entrants:
        return name
    key = name.partition(SIGN)[2]
    return next((now for now, work in entrants.items() if key and key == str(work.key)), "")


def labels_of(entrants: Mapping[str, Work]) -> Mapping[str, str]:
    """Name -> what it is called on screen: each design by its label, and where several networks of
    it are compared each by its own name besides."""
    several = Counter(map(design_of, entrants))
    found = {name: design.label for name, design in DESIGNS.items()}
    for name, work in entrants.items():
        design = design_of(name)
        if several[design] > 1:
            same = [each for other, each in entrants.items() if design_of(other) == design]
            found[name] = _told_apart(work, same)
    return found


def _told_apart(work: Work, same: Collection[Work]) -> str:
    """The design of a network with what tells it from others of it: a name, else its size."""
    label, own = DESIGNS[work.design].label, _own_name(work)
    if not own and [each.network.hidden for each in same].count(work.network.hidden) == 1:
        return tr("{design}, {count} hidden", design=label, count=work.network.hidden)
    name = own or work.title
    if sum((_own_name(each) or each.title) == name for each in same) > 1:
        return tr("{design}, {name} ({number})", design=label, name=name, number=work.key)
    return tr("{design}, {name}", design=label, name=name)


def _own_name(work: Work) -> str:
    """What the user or a file calls it; "" of a run without a name."""
    return tr("shipped") if work.shipped else work.name or work.file
