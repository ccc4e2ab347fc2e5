"""What the lecture *One network or ten?* claims."""

from functools import cache

import numpy as np

from nnviz.data.arrays import Bools, Floats, Indices
from nnviz.data.results import result
from nnviz.data.specimens import material_of, specimen
from nnviz.questions.morphs import BLENDS, Turn, turn_of
from nnviz.questions.readers import SURE, Reader, Said, naive_reader, said_by
from nnviz.verdicts.evidence import evidence_of
from tests.lectures.claims import Claims, SceneClaims, count, percent, said, so
from tests.lectures.facts import (
    CLASSES,
    EIGHT,
    TESTED,
    YES,
    answers,
    better_worse,
    digits,
    labels,
    layout,
    right,
    test_labels,
    trained,
)
from tests.lectures.facts import said as asked
from tests.lectures.finds import BITS, PAIRS, REST, TEN, yeses
from tests.lectures.measured import gains, reached

STUDY = "one-or-ten"
COPIES = "plain-ensemble"
ALL = 5_000
FADED = result("morphs/fade").figures
MOVED = result("morphs/move").figures
TENS = {name: result(f"non-digits/{name}").figures for name in (TEN, REST)}


def parameters(name: str) -> str:
    """Weights and biases."""
    return count(trained(name).network.parameters)


def output(name: str, image: int, digit: int) -> str:
    """What one says of a digit, in percent."""
    return percent(float(asked(name).scores[image, digit]), 0)


def said_by_all(image: int) -> list[int]:
    """The answers of the eight designs."""
    return [int(answers(name)[image]) for name in EIGHT]


def label(image: int) -> int:
    """Of a test digit."""
    return int(test_labels()[image])


def right_in(name: str, images: int = ALL) -> str:
    """In percent of the first so many digits."""
    return percent(right(name)[:images].mean())


@cache
def yes(name: str = REST) -> Indices:
    """(5000,): how many say yes"""
    return yeses(name, ALL)


@cache
def loudest_right(name: str = REST) -> Bools:
    """(5000,): whether the loudest is right"""
    return np.asarray(asked(name).outputs.argmax(axis=1) == labels())


def mixed_up(name: str, images: int = ALL) -> int:
    """Fours read as nines, and the reverse, of the first so many digits."""
    given, own = answers(name)[:images], labels()[:images]
    return int(((own == 4) & (given == 9)).sum() + ((own == 9) & (given == 4)).sum())


def fours_and_nines() -> Bools:
    """(5000,)"""
    return np.isin(labels(), (4, 9))


def chosen_of_two(prefers_four: Bools) -> str:
    """How often the choice between 4 and 9 is right."""
    both = fours_and_nines()
    return percent(float((prefers_four[both] == (labels()[both] == 4)).mean()))


ENDS = (0, 6)
"""Numbers of the first 4 and the first 9."""


@cache
def turn(name: str) -> Turn:
    """How one turns on the way from the first 4 to the first 9, which fades."""
    first, second = ENDS
    each, images = trained(name), digits().test_images
    reader = Reader(
        each.network, each.settings, name=name, label=name, class_names=digits().class_names
    )
    return turn_of(reader, BLENDS["fade"].images(images[first], images[second]), 4, 9)


@cache
def child(name: str) -> Said:
    """What a naive reader says of the test digits."""
    return said_by(naive_reader(name), digits().test_images)


@cache
def says_six() -> Bools:
    """(1000,): whether the child that knows 6 and 9 says 6"""
    reader = naive_reader("six-or-nine")
    return np.array([reader.named(int(each)) == "6" for each in child("six-or-nine").answers])


def sixes_of(digit: int) -> float:
    """The share of the digits of a class that the child calls a 6."""
    return float(says_six()[test_labels() == digit].mean())


@cache
def ten(name: str, number: int) -> Floats:
    """(10,): what the outputs say of a picture of 10"""
    image = specimen("ten", number, 1, material_of(digits()))
    return np.asarray(evidence_of(trained(name).network, layout(name), image[None]).outputs[0])


def wires(name: str) -> int:
    """Weights of its outputs."""
    return int(trained(name).network.output_weights.size)


def _plays(first: str, second: str) -> list[int]:
    return list(better_worse(right(first), right(second)))


def _ahead(first: str, second: str) -> list[int]:
    found = gains(STUDY, first, second)
    return [int((found > 0).sum()), len(found)]


def _weighed(scheme: str, condition: str) -> float:
    return float(gains("imbalance", f"One-vs-rest, by {scheme}", "One-vs-rest", condition).mean())


def _missed() -> Bools:
    return ~np.any([right(name) for name in EIGHT], axis=0)


def _per_cent(study: str, *schemes: str) -> list[str]:
    return [percent(reached(study, each).mean(), 2) for each in schemes]


ONE, MANY, WIDE, SMALL = (
    "One network",
    "Ten networks",
    "One network, 300 neurons",
    "Ten networks, as large as one",
)

CLAIMS: Claims = {
    "The question": SceneClaims(
        "page=train design=ten-outputs image=513",
        (said("there would be {} different", lambda: [CLASSES]),),
    ),
    "Ten specialists": SceneClaims(
        "page=train design=one-vs-rest image=513",
        (
            so("all 55,000 digits", lambda: trained(REST).trained_on == 55_000),
            said(
                "The network for 9 says yes with {} %, the network for 4 with {} %",
                lambda: [output(REST, 513, 9), output(REST, 513, 4)],
            ),
            so("the answer is 9, and right", lambda: int(answers(REST)[513]) == label(513) == 9),
            so("The one network of the scene before says 4 here", lambda: answers(TEN)[513] == 4),
            said(
                "For {} of the {} bundled digits exactly one says yes, and is right",
                lambda: [count(((yes() == 1) & loudest_right()).sum()), count(ALL)],
            ),
        ),
    ),
    "The score": SceneClaims(
        "page=designs view=compare design=one-vs-rest baseline=ten-outputs image=513 "
        "rows=ten-outputs,one-vs-rest",
        (
            said(
                "The ten: {} against {} % on these {} digits",
                lambda: [right_in(REST, TESTED), right_in(TEN, TESTED), count(TESTED)],
            ),
            said("it is not: {} against {} %", lambda: [right_in(REST), right_in(TEN)]),
            said(
                "{} digits are read by the ten only, {} by the one only",
                lambda: _plays(REST, TEN),
            ),
            said(
                "test digits: {} against {} %, the ten ahead in {} of {}",
                lambda: [*_per_cent(STUDY, MANY, ONE), *_ahead(MANY, ONE)],
            ),
        ),
    ),
    "The bill": SceneClaims(
        "page=designs view=compare design=one-vs-rest baseline=ten-outputs image=513 "
        "rows=ten-outputs,one-vs-rest",
        (
            said(
                "{} weights and biases against {}; {} multiplications per digit against {}",
                lambda: [
                    parameters(REST),
                    parameters(TEN),
                    *(count(trained(each).network.multiply_adds) for each in (REST, TEN)),
                ],
            ),
        ),
    ),
    "Same size": SceneClaims(
        "page=designs view=size",
        (
            said(
                "Small: one network by {} points. Large: one network by a hair, {} points.",
                lambda: [
                    f"{gains(STUDY, ONE, SMALL).mean():.2f}",
                    f"{gains(STUDY, WIDE, MANY).mean():.2f}",
                ],
            ),
            said(
                "Small: {} % with ten times three, {} % with one times thirty, the one ahead in "
                "{} of {}. Large: {} % with ten times thirty, {} % with one times three hundred",
                lambda: [
                    *_per_cent(STUDY, SMALL, ONE),
                    *_ahead(ONE, SMALL),
                    *_per_cent(STUDY, MANY, WIDE),
                ],
            ),
            said(
                "on {} digits: ten times three {} %, one times thirty {} %; ten times thirty {} %, "
                "one times three hundred {} %",
                lambda: [count(ALL), *map(right_in, ("ten-small", TEN, REST, "wide"))],
            ),
            so("ten times three", lambda: trained("ten-small").network.hidden == 3),
            so("one times three hundred", lambda: trained("wide").network.hidden == 300),
        ),
    ),
    "Three thousand wires": SceneClaims(
        "page=designs view=wires step=0",
        (
            said(
                "One network with {} hidden neurons: each of them is wired to all ten outputs, {} "
                "wires in all",
                lambda: [trained("wide").network.hidden, count(wires("wide"))],
            ),
            said(
                "{} {} {} {} of {}: each",
                lambda: [
                    wires(REST),
                    "1,500",
                    count(wires("wide") - wires(REST)),
                    count(wires("wide") - wires(REST)),
                    count(wires("wide")),
                ],
            ),
            so("the wires of thirty neurons", lambda: trained(REST).network.hidden == 30),
        ),
    ),
    "Ten networks inside one": SceneClaims(
        "page=designs view=wires step=1",
        (
            said(
                "{} go, {} stay",
                lambda: [count(wires("wide") - wires(REST)), wires(REST)],
            ),
        ),
    ),
    "Or just more copies?": SceneClaims(
        "page=designs view=compare design=plain-ensemble baseline=ten-outputs image=911 "
        "rows=ten-outputs,one-vs-rest,plain-ensemble",
        (
            said(
                "Yes: {} against {} % on these {} digits",
                lambda: [right_in(COPIES, TESTED), right_in(TEN, TESTED), count(TESTED)],
            ),
            so(
                "Most of what ten specialists gain",
                lambda: (
                    2 * (right(COPIES).mean() - right(TEN).mean())
                    > right(REST).mean() - right(TEN).mean()
                ),
            ),
            said(
                "one {} %, five copies {} %, ten specialists {} %",
                lambda: list(map(right_in, (TEN, COPIES, REST))),
            ),
            said("Five copies against one: {} digits won, {} lost", lambda: _plays(COPIES, TEN)),
            said("against five copies: {} won, {} lost", lambda: _plays(REST, COPIES)),
            so("Five copies", lambda: trained(COPIES).network.networks == 5),
        ),
    ),
    "One yes, nine noes": SceneClaims(
        "page=train design=one-vs-rest image=513 output=9",
        (
            said(
                "of {} digits nobody claims {}, and several claim {}",
                lambda: [count(ALL), (yes() == 0).sum(), (yes() > 1).sum()],
            ),
            said("In {} %. The danger", lambda: [percent(np.mean(labels() != 9), 0)]),
        ),
    ),
    "The cure is worse": SceneClaims(
        "page=mistakes view=unsure network=balanced by-yes=several",
        (
            said(
                "Worse: {} instead of {} %",
                lambda: [right_in(each, TESTED) for each in ("balanced", REST)],
            ),
            said(
                "on the {} bundled digits: {} instead of {} %",
                lambda: [count(ALL), right_in("balanced"), right_in(REST)],
            ),
            said(
                "Nobody says yes to {} digits instead of {}, several say yes to {} instead of {}",
                lambda: [
                    (yes("balanced") == 0).sum(),
                    (yes() == 0).sum(),
                    (yes("balanced") > 1).sum(),
                    (yes() > 1).sum(),
                ],
            ),
            so("one to one", lambda: trained("balanced").settings.balance == "equal"),
            said(
                "With {} of each digit, twenty trials: weighing each yes nine times gains {} "
                "points, sampling loses {}",
                lambda: [
                    100,
                    f"{_weighed('weight', 'n100'):.2f}",
                    f"{-_weighed('sampling', 'n100'):.2f}",
                ],
            ),
            so(
                "twenty trials",
                lambda: len(reached("imbalance", "One-vs-rest", "n100")) == 20,
            ),
            said(
                "With {} of each neither helps",
                lambda: (
                    [20]
                    if max(_weighed(each, "n20") for each in ("weight", "sampling")) < 0.05
                    else []
                ),
            ),
        ),
    ),
    "Four or nine?": SceneClaims(
        "page=mistakes view=guess image=612",
        (
            so(
                "The label says 9. Six of the eight designs say 4.",
                lambda: label(612) == 9 and sorted(said_by_all(612)) == [4] * 6 + [9] * 2,
            ),
            said(
                "The one network is torn: {} % for 4, {} % for 9",
                lambda: [output(TEN, 612, 4), output(TEN, 612, 9)],
            ),
            said(
                "nobody says yes: {} % for 4, {} % for 9",
                lambda: [output(REST, 612, 4), output(REST, 612, 9)],
            ),
            so("nobody says yes", lambda: int(yes()[612]) == 0),
        ),
    ),
    "The four that beats all": SceneClaims(
        "page=mistakes view=digit image=762 design=ten-outputs",
        (
            said("the one network with {} %", lambda: [output(TEN, 762, 9)]),
            so(
                "All eight designs say 9, the one network",
                lambda: set(said_by_all(762)) == {9},
            ),
            so("The label is 4", lambda: label(762) == 4),
            said(
                "All eight designs miss {} of the {} test digits, {} of all {}",
                lambda: [
                    _missed()[:TESTED].sum(),
                    count(TESTED),
                    _missed().sum(),
                    count(ALL),
                ],
            ),
            said(
                "some of them: {}, {}, {}, {}",
                lambda: [image for image in (419, 593, 40, 71) if _missed()[image]],
            ),
        ),
    ),
    "Is the difference learned?": SceneClaims(
        "page=designs view=size confused=yes",
        (
            said(
                "Of {} fours and nines both mix up {}",
                lambda: [
                    fours_and_nines()[:TESTED].sum(),
                    *{mixed_up(each, TESTED) for each in (TEN, REST)},
                ],
            ),
            so("both alike", lambda: mixed_up(TEN, TESTED) == mixed_up(REST, TESTED)),
            said(
                "Among the {} fours and nines of all {} digits the one mixes up {}, the ten {}",
                lambda: [
                    count(fours_and_nines().sum()),
                    count(ALL),
                    mixed_up(TEN),
                    mixed_up(REST),
                ],
            ),
            said(
                "ten times three neurons {}, one times three hundred {}",
                lambda: [mixed_up("ten-small"), mixed_up("wide")],
            ),
            said(
                "The pair 4|9 is right on {} % of the {}; the one network's own choice between "
                "the two on {} %",
                lambda: [
                    chosen_of_two(asked(PAIRS).pairs[:, 4, 9] > YES),
                    count(fours_and_nines().sum()),
                    chosen_of_two(asked(TEN).scores[:, 4] > asked(TEN).scores[:, 9]),
                ],
            ),
        ),
    ),
    "Where does it turn?": SceneClaims(
        "page=draw view=morph from=0 to=6 percent=60",
        (
            so("A 4 becomes a 9", lambda: [int(test_labels()[each]) for each in ENDS] == [4, 9]),
            said(
                "Here later: at {} instead of {} %",
                lambda: [f"{turn(each).place:.0f}" for each in (REST, TEN)],
            ),
            said(
                "Over {} pairs the ten turn earlier than the one in {} of them, by {} points of "
                "the way",
                lambda: [FADED["pairs"], FADED["earlier"], f"{FADED['points']:.1f}"],
            ),
            said("(p < {})", lambda: ["0.001"] if FADED["p"] < 0.001 else []),
            said(
                "{} points are left (p = {})",
                lambda: [f"{MOVED['points']:.1f}", f"{MOVED['p']:.2f}"],
            ),
            said(
                "Four lamps say a third digit on the way in {} of {} pairs",
                lambda: [FADED["third"], FADED["read"]],
            ),
            so("here an 8", lambda: [each.answer for each in turn(BITS).others] == [8]),
            so("three lamps change", lambda: (4 ^ 9).bit_count() == 3),
        ),
    ),
    "The louder one wins": SceneClaims(
        "page=train design=one-vs-rest image=605",
        (
            said(
                "Two specialists say yes: the 6 with {} %, the 5 with {} %.",
                lambda: [output(REST, 605, 6), output(REST, 605, 5)],
            ),
            so("It is a 5", lambda: label(605) == 5 and int(yes()[605]) == 2),
            said('what "{} %" means', lambda: [output(REST, 605, 6)]),
            said("has to divide {} %: it says 5, with {} %", lambda: [100, output(TEN, 605, 5)]),
            so("it says 5", lambda: int(answers(TEN)[605]) == 5),
            said(
                "several say yes to {} of {} digits, to {} of {}. For {} of those {} the loudest "
                "is right",
                lambda: [
                    (yes()[:TESTED] > 1).sum(),
                    count(TESTED),
                    (yes() > 1).sum(),
                    count(ALL),
                    ((yes() > 1) & loudest_right()).sum(),
                    (yes() > 1).sum(),
                ],
            ),
        ),
    ),
    "Nobody says yes": SceneClaims(
        "page=mistakes view=unsure design=one-vs-rest image=150 by-yes=none",
        (
            said("The loudest is at {} %", lambda: [output(REST, 150, 7)]),
            so(
                "It is a 7, and the loudest says 7",
                lambda: label(150) == int(answers(REST)[150]) == 7 and int(yes()[150]) == 0,
            ),
            said(
                "{} of {} digits have no yes at all. For {} of them the loudest is right: "
                "refusing them saves {} wrong answers and throws {} right ones away. On all {} it "
                "is {} digits, and {} right ones.",
                lambda: [
                    (yes()[:TESTED] == 0).sum(),
                    count(TESTED),
                    *_silent(TESTED),
                    _silent(TESTED)[0],
                    count(ALL),
                    (yes() == 0).sum(),
                    _silent(ALL)[0],
                ],
            ),
            said("{} % are right", lambda: [percent(loudest_right()[yes() == 1].mean())]),
        ),
    ),
    "The child who knows only six": SceneClaims(
        "page=draw view=strange specimen=digits measure=sure",
        (
            said("{} % of the 2s are a 6 to it", lambda: [percent(sixes_of(2), 0)]),
            so("and no 7 is", lambda: sixes_of(7) == 0),
            said(
                "to {} % of all digits, letters and noise",
                lambda: [percent(_only_six(), 0)],
            ),
            said(
                "says 6 to {} % of the {} digits and is above {} sure of {} % of them",
                lambda: [
                    percent(says_six().mean(), 0),
                    count(TESTED),
                    SURE,
                    percent(float((child("six-or-nine").strongest > SURE).mean()), 0),
                ],
            ),
            said(
                "calls {} % of the other digits one of the two; a network that knows all ten "
                "calls {} % of them so",
                lambda: [
                    percent(_called("Sixes alone"), 0),
                    percent(_called("All ten digits")),
                ],
            ),
            so("or only sixes and nines", lambda: _called("Sixes and nines") == 1),
        ),
    ),
    "Show them a ten": SceneClaims(
        "page=draw view=strange specimen=ten number=74 measure=none",
        (
            so("None. They have learned to say no", lambda: bool((ten(REST, 74) < YES).all())),
            said("The one network says 4, with {} %", lambda: [percent(float(ten(TEN, 74)[4]), 0)]),
            said("give its {} % to somebody", lambda: [100]),
            said(
                "Of {} such pictures {} % get no yes from the ten, {} % from the one",
                lambda: [
                    count(TESTED),
                    *(percent(TENS[each]["ten/none"], 0) for each in (REST, TEN)),
                ],
            ),
            said(
                "above {} sure of a letter are the ten in {} %, the one in {} % of the cases",
                lambda: [
                    SURE,
                    *(percent(TENS[each]["letters/sure"], 0) for each in (REST, TEN)),
                ],
            ),
            so(
                "both call a 4: number 6",
                lambda: all(int(ten(each, 6).argmax()) == 4 for each in (REST, TEN)),
            ),
        ),
    ),
    "What we can say": SceneClaims(
        "page=designs view=size",
        (
            so(
                "One network, clearly in the small and by a hair in the large",
                lambda: gains(STUDY, ONE, SMALL).mean() > 1 > gains(STUDY, WIDE, MANY).mean() > 0,
            ),
            said("Ten networks shown a {} all answer", lambda: [CLASSES]),
        ),
    ),
}


def _silent(images: int) -> list[int]:
    """Of the digits that nobody claims: where the loudest is right, where not."""
    none, hits = yes()[:images] == 0, loudest_right()[:images]
    return [int((none & hits).sum()), int((none & ~hits).sum())]


def _only_six() -> float:
    figures = result("non-digits/only-six").figures
    return min(figures[f"{kind}/sure"] for kind in ("digits", "letters", "noise"))


def _called(scheme: str) -> float:
    return float(reached("naive-child", scheme).mean())
