"""What the lecture that runs by itself claims."""

from tests.lectures.bits_and_neurons import GAP, THREE, right_at
from tests.lectures.claims import Claims, SceneClaims, count, said, so
from tests.lectures.facts import (
    EIGHT,
    TESTED,
    answers,
    answers_without,
    ends,
    test_labels,
    trained,
)
from tests.lectures.finds import PAIRS, TEN
from tests.lectures.votes_and_walks import HERO, at, by_rule, steps, turned

_PAD = SceneClaims("page=draw view=pad", ())


def _say(image: int) -> list[int]:
    return sorted(int(answers(name)[image]) for name in EIGHT)


def _label(image: int) -> int:
    return int(test_labels()[image])


CLAIMS: Claims = {
    "It knows nothing": SceneClaims(
        "page=train design=ten-outputs image=497 moment=0",
        (said("{} of {} digits right, by luck", lambda: [right_at(0), count(TESTED)]),),
    ),
    "It begins to see": SceneClaims("page=detectors view=all design=ten-outputs moment=0", ()),
    "Strokes appear": SceneClaims("page=detectors view=all design=ten-outputs moment=24", ()),
    "One neuron": SceneClaims(
        "page=detectors view=neuron design=ten-outputs neuron=16 image=497", ()
    ),
    "Without it": SceneClaims(
        "page=detectors view=off design=ten-outputs neuron=16 image=497",
        (so("sees an 8", lambda: int(answers_without(TEN, GAP)[THREE]) == 8),),
    ),
    "Draw your own": _PAD,
    "Four or nine?": SceneClaims("page=mistakes view=guess image=612 hide=yes", ()),
    "They do not agree": SceneClaims(
        "page=designs view=compare image=612",
        (
            so(
                "Six networks say 4, two say 9. The writer meant a 9.",
                lambda: (_say(612), _label(612)) == ([4] * 6 + [9] * 2, 9),
            ),
        ),
    ),
    "And this?": SceneClaims("page=mistakes view=guess image=762 hide=yes", ()),
    "All of them": SceneClaims(
        "page=mistakes view=digit design=ten-outputs image=762",
        (
            so(
                "All eight say 9. The writer meant a 4.",
                lambda: (_say(762), _label(762)) == ([9] * 8, 4),
            ),
        ),
    ),
    "From four to nine": SceneClaims("page=draw view=morph from=0 to=6 percent=60", ()),
    "Draw one between": _PAD,
    "A knockout": SceneClaims("page=elimination view=walk design=elimination image=150", ()),
    "Seven wins": SceneClaims(
        "page=elimination view=tree design=elimination image=150",
        (
            said(
                "The 7 wins, by {} to {} against the 8",
                lambda: [at(steps(HERO)[-1], 7), at(steps(HERO)[-1], 8)],
            ),
            so("Had the 8 gone first, it would be a 3", lambda: ends(HERO)[1, 8] == 3),
        ),
    ),
    "Votes": SceneClaims(
        "page=votes view=digit design=all-pairs image=150",
        (
            said("Let {} small networks vote", lambda: [trained(PAIRS).network.networks]),
            so(
                "counting says 8, and so does adding",
                lambda: by_rule(HERO)["votes"] == by_rule(HERO)["summed"] == 8,
            ),
        ),
    ),
    "Rescued and lost": SceneClaims(
        "page=elimination view=heaps design=elimination",
        (
            said(
                "{} of {} digits are rescued, {} are lost",
                lambda: [turned(TESTED)[1], count(TESTED), turned(TESTED)[2]],
            ),
        ),
    ),
    "Your turn": _PAD,
}
