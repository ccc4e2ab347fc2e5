"""What the lecture *Why ten outputs and not four?* claims."""

import numpy as np

from nnviz.networks.bit_layer import guarantee, met
from nnviz.networks.codes import code_table
from nnviz.questions.lessons import read_out
from tests.lectures.bits_and_neurons import (
    FIVE,
    FOUR,
    GAP,
    SIX,
    STUDY,
    THREE,
    ahead,
    apart,
    bit_right,
    bits_of,
    by_arcs,
    clear_bars,
    closed,
    guaranteed,
    impossible,
    layer_outputs,
    layer_right,
    learned_on_moved,
    lit_where_needed,
    more_mistakes,
    neurons,
    one_bit_slip,
    pairs_apart,
    right_at,
    seen_at,
    share,
    slips,
    strokes,
    summed,
    unmoved,
    with_bit,
    wrong,
)
from tests.lectures.claims import Claims, SceneClaims, count, percent, said, so
from tests.lectures.facts import (
    CLASSES,
    EIGHT,
    TESTED,
    YES,
    answers_without,
    better_worse,
    digits,
    labels,
    right,
    test_labels,
    trained,
    without,
)
from tests.lectures.facts import said as asked
from tests.lectures.finds import BITS, TEN, layer_reads, word
from tests.lectures.measured import gains, mean, reached

CLAIMS: Claims = {
    "Two ways to write an answer": SceneClaims(
        "page=designs view=codes design=four-bits",
        (
            said("Four lamps have {} patterns", lambda: [2**4]),
            said(
                "ten lamps has {} weights and biases, the one with four has {}",
                lambda: [count(trained(each).network.parameters) for each in (TEN, BITS)],
            ),
            said(
                "less than {} % apart",
                lambda: [
                    np.ceil(
                        100
                        * (1 - trained(BITS).network.parameters / trained(TEN).network.parameters)
                    ).astype(int)
                ],
            ),
        ),
    ),
    "Watch both learn": SceneClaims(
        "page=designs view=race design=ten-outputs",
        (
            said("the bundled {} digits", lambda: [count(len(digits().train_labels))]),
            said(
                "ten lamps {} %, four lamps {} %, both with",
                lambda: [
                    percent(reached(STUDY, each).mean(), 2)
                    for each in ("Ten sigmoids", "Four bits")
                ],
            ),
            said(
                "ahead in {} of {} starts, by {} points",
                lambda: ahead("Ten sigmoids", "Four bits"),
            ),
            said(
                "With {} instead of {} they reach {} %",
                lambda: [
                    "100",
                    trained(BITS).network.hidden,
                    percent(reached(STUDY, "Four bits, 100 neurons").mean(), 2),
                ],
            ),
            said(
                "the gap is {} points",
                lambda: [
                    f"{gains(STUDY, 'Ten sigmoids, quadratic', 'Four bits, quadratic').mean():.2f}"
                ],
            ),
        ),
    ),
    "A clean six": SceneClaims(
        "page=train design=four-bits image=9",
        (
            so("This is a 6", lambda: int(test_labels()[SIX]) == 6),
            so(
                "Four lamps write 6 as 0 1 1 0",
                lambda: code_table("natural", CLASSES)[:, 6].tolist() == [-1, 1, 1, -1],
            ),
            said("The lamp for 2 stays at {} %", lambda: [bits_of(SIX)[2]]),
            so(
                "What is left is 0 1 0 0, a 4",
                lambda: int(word()[SIX]) == 4 and one_bit_slip(SIX, 6, 4),
            ),
            said("The lamp for 4 is lit, at {} %", lambda: [bits_of(SIX)[1]]),
            said("{} % for 6", lambda: [percent(share(TEN, SIX, 6), 0)]),
            so(
                "So do all seven other designs; four lamps alone fail",
                lambda: [name for name in EIGHT if not right(name)[SIX]] == [BITS],
            ),
            said(
                "reads {} % of the {} bundled digits",
                lambda: [percent(right(BITS).mean()), count(len(labels()))],
            ),
            said(
                "digit {} (a 7 read as 3), {} (a 2 read as 0), {} (an 8 read as 9)",
                lambda: slips((856, 7, 3), (144, 2, 0), (480, 8, 9)),
            ),
        ),
    ),
    "One slip is enough": SceneClaims(
        "page=mistakes view=bits",
        (
            said(
                "Slips of one lamp: {} with four lamps, {} with ten. All other mistakes: {} "
                "against {}.",
                lambda: [
                    *(apart(each, TESTED)[0] for each in (BITS, TEN)),
                    *(sum(apart(each, TESTED)[1:]) for each in (BITS, TEN)),
                ],
            ),
            so("mostly one", lambda: apart(BITS, TESTED)[0] > sum(apart(BITS, TESTED)[1:])),
            so("4 and 9, which are three bits apart", lambda: (4 ^ 9).bit_count() == 3),
            said("the same {} digits", lambda: [count(TESTED)]),
            said(
                "On all {} bundled digits: one, two, three, four bits apart four lamps make {}, "
                "{}, {} and {} mistakes, ten lamps {}, {}, {} and {}.",
                lambda: [count(len(labels())), *apart(BITS, 5000), *apart(TEN, 5000)],
            ),
            said(
                "four lamps make {} mistakes more; slips of one lamp alone are {} more, all "
                "others {} fewer",
                lambda: more_mistakes(),
            ),
            said("{} of the {} pairs of digits are one bit apart: a third", lambda: pairs_apart()),
        ),
    ),
    "Twelve is not a digit": SceneClaims(
        "page=train design=four-bits image=410",
        (
            said("and 8 + 4 = {}", lambda: [int(word()[FOUR])]),
            so(
                "0 1 0 0: a 4, and that is right",
                lambda: right(BITS)[FOUR] and int(test_labels()[FOUR]) == 4,
            ),
            said("brightness of the lamps is {}, {}, {} and {} %", lambda: bits_of(FOUR)),
            said("Six of the {} patterns", lambda: [2**4]),
            said(
                "{} of these {} digits, {} of all {}",
                lambda: [
                    impossible()[:TESTED].sum(),
                    count(TESTED),
                    impossible().sum(),
                    count(len(labels())),
                ],
            ),
            said(
                "Of those {} the nearest pattern is right in {}",
                lambda: [impossible().sum(), (right(BITS) & impossible()).sum()],
            ),
            said("four lamps misread {} of the {}", lambda: [wrong(BITS), count(len(labels()))]),
        ),
    ),
    "The book's idea: four pieces": SceneClaims("page=detectors view=zero hide=yes", ()),
    "Do four pieces find the zeros?": SceneClaims(
        "page=detectors view=zero right=0",
        (
            said("and {} of them are zeros", lambda: [by_arcs().zeros]),
            said("How many of the {} zeros", lambda: [by_arcs().zeros]),
            said(
                "They find {}, and take {} other digits",
                lambda: [by_arcs().hits, by_arcs().false_alarms],
            ),
            said("Then {} % of the answers are right", lambda: [percent(by_arcs().accuracy)]),
            said("is right in {} %", lambda: [percent(by_arcs().accuracy_of_never)]),
            said("the arcs find {} of {}", lambda: [by_arcs(moved_by=-3).hits, by_arcs().zeros]),
            said("either: {} of {}", lambda: [learned_on_moved(), by_arcs().zeros]),
            said(
                "the arcs find {} and take only {} others",
                lambda: [by_arcs(True).hits, by_arcs(True).false_alarms],
            ),
        ),
    ),
    "From noise to strokes": SceneClaims(
        "page=detectors view=all design=ten-outputs moment=0",
        (
            said("After {} digits there are ghosts", lambda: [count(seen_at(9))]),
            said("Moment {} of the film, {} digits", lambda: [9, seen_at(9)]),
            said("is right on {} of {}", lambda: [right_at(9), count(TESTED)]),
            said(
                "Moment {}, {} digits: blurred pieces, {} right",
                lambda: [24, count(seen_at(24)), right_at(24)],
            ),
            said("Moment {}, four epochs: strokes, {} right", lambda: [44, right_at(44)]),
            so("four epochs", lambda: seen_at(44) == 4 * trained(TEN).trained_on),
            said(
                "Moment {}, thirty epochs: sharp strokes in a patchwork, {} right",
                lambda: [70, right_at(70)],
            ),
            so("thirty epochs", lambda: seen_at(70) == 30 * trained(TEN).trained_on),
            so("Thirty neurons begin with noise", lambda: trained(TEN).network.hidden == 30),
        ),
    ),
    "What neurons really look for": SceneClaims(
        "page=detectors view=beside design=ten-outputs",
        (
            said(
                "{} of {} neurons with ten lamps, {} of {} with four",
                lambda: [
                    strokes(TEN),
                    trained(TEN).network.hidden,
                    strokes(BITS),
                    trained(BITS).network.hidden,
                ],
            ),
            so("the one with four lamps", lambda: strokes(BITS) > strokes(TEN)),
            said(
                "neurons {} and {} with ten lamps, {}, {} and {} with four",
                lambda: (
                    [16, 27, 9, 16, 27]
                    if {16, 27} <= set(clear_bars(TEN)) and {9, 16, 27} <= set(clear_bars(BITS))
                    else []
                ),
            ),
        ),
    ),
    "How one neuron decides": SceneClaims(
        "page=detectors view=sum design=ten-outputs neuron=16 image=497",
        (
            said("Neuron {} looks at this 3", lambda: [GAP]),
            so("this 3", lambda: int(test_labels()[THREE]) == 3),
            said(
                "This digit adds {}, the bias takes {} away, and what is left becomes {}",
                lambda: [f"{summed()[0]:.1f}", f"{-summed()[1]:.1f}", f"{summed()[2]:.2f}"],
            ),
            so("Thirty of these", lambda: trained(TEN).network.hidden == 30),
        ),
    ),
    "The missing stroke speaks": SceneClaims(
        "page=detectors view=off design=ten-outputs neuron=16 image=497",
        (
            said(
                "A clean 3, {} % sure. Neuron {} fires",
                lambda: [percent(share(TEN, THREE, 3), 0), GAP],
            ),
            so("fires because", lambda: float(asked(TEN).activity[THREE, 0, GAP]) > YES),
            said("We switch neuron {} off", lambda: [GAP]),
            said(
                "It says 8, with {} %. The 3 falls from {} % to {} %",
                lambda: [
                    percent(float(without(TEN, GAP).scores[THREE, 8]), 0),
                    percent(share(TEN, THREE, 3), 0),
                    percent(float(without(TEN, GAP).scores[THREE, 3]), 0),
                ],
            ),
            so("It says 8", lambda: int(answers_without(TEN, GAP)[THREE]) == 8),
            said(
                "a bar explains {} % of it",
                lambda: [percent(neurons(TEN).of(0, GAP).stroke_fit, 0)],
            ),
            so("Its picture is one blue bar", lambda: neurons(TEN).of(0, GAP).sign < 0),
            so(
                "fires for a 3 and for a 5",
                lambda: np.flatnonzero(neurons(TEN).class_means[0, GAP] > YES).tolist() == [3, 5],
            ),
            said(
                "Without neuron {} it reads {} of {} digits instead of {}",
                lambda: [
                    GAP,
                    (answers_without(TEN, GAP) == test_labels()).sum(),
                    count(TESTED),
                    right(TEN)[:TESTED].sum(),
                ],
            ),
            said(
                "For {} of its {} right answers no single neuron matters at all; with four lamps "
                "that is so for {} of {}",
                lambda: [
                    unmoved(TEN),
                    right(TEN)[:TESTED].sum(),
                    unmoved(BITS),
                    right(BITS)[:TESTED].sum(),
                ],
            ),
        ),
    ),
    "Only allowed to collect": SceneClaims(
        "page=detectors view=all network=clear",
        (
            so(
                "no hidden weight may fall below zero",
                lambda: trained("clear").network.hidden_weights.min() >= 0,
            ),
            said(
                "for {} of its {} neurons a bar explains at least twice as much as of random "
                "pictures; in the usual network that is so for {}",
                lambda: [
                    len(clear_bars("clear")),
                    trained("clear").network.hidden,
                    len(clear_bars(TEN)),
                ],
            ),
            said(
                "neuron {} (a slanted bar), {} and {} (a bar at the left), {} (a hook), {} (the "
                "floor)",
                lambda: (
                    [10, 9, 24, 8, 29] if {8, 9, 10, 24, 29} <= set(clear_bars("clear")) else []
                ),
            ),
            said(
                "It reads {} % of the {} bundled digits",
                lambda: [percent(right("clear").mean()), count(len(labels()))],
            ),
            said("The usual network reads {} %", lambda: [percent(right(TEN).mean())]),
            so("more than three points", lambda: right(TEN).mean() - right("clear").mean() > 0.03),
        ),
    ),
    "Has a bit a shape?": SceneClaims(
        "page=designs view=templates design=four-bits",
        (
            said("it is lit for {} % of the 8s and 9s", lambda: [percent(lit_where_needed(0))]),
            so(
                "the lamp for 8",
                lambda: lit_where_needed(0) == min(map(lit_where_needed, range(4))),
            ),
            so("light for 2, 3, 6 and 7", lambda: with_bit(2) == [2, 3, 6, 7]),
            said(
                "on {} digits: lamp 8 {} %, lamp 4 {} %, lamp 2 {} %, lamp 1 {} %",
                lambda: [
                    count(len(labels())),
                    *(percent(lit_where_needed(bit)) for bit in range(4)),
                ],
            ),
            said("with {} % right", lambda: [percent(bit_right(0))]),
            so("It is dark for eight of ten digits", lambda: with_bit(0) == [8, 9]),
            said(
                'whoever always says "dark" is right in {} %',
                lambda: [percent(np.mean(labels() < 8), 0)],
            ),
        ),
    ),
    "Swap the tops": SceneClaims(
        "page=designs view=tops",
        (
            so("between 95 and 96 %", lambda: 0.95 < mean("ten-outputs/on-four-bits") < 0.96),
            said("between {} and {} %", lambda: [95, 96]),
            said("{} %, as before", lambda: [percent(mean("four-bits"), 0)]),
            so("97 %", lambda: mean("ten-outputs/on-four-bits") < 0.965),
            said("{} %. Most of what", lambda: [percent(mean("ten-outputs/on-four-bits"))]),
            said(
                "MNIST's {} test digits: ten lamps on their own layer {} %",
                lambda: ["10,000", percent(mean("ten-outputs"), 2)],
            ),
            said(
                "the layer of the four {} %, four lamps on their own layer {} %",
                lambda: [
                    percent(mean("ten-outputs/on-four-bits"), 2),
                    percent(mean("four-bits"), 2),
                ],
            ),
            said("reach only {} %", lambda: [percent(mean("four-bits/on-ten-outputs"), 2)]),
            said("So {} % of the gap is in the last layer", lambda: [percent(read_out().share, 0)]),
            said("one straight cut through {} numbers", lambda: [trained(BITS).network.hidden]),
        ),
    ),
    "A cleverer code?": SceneClaims(
        "page=designs view=codes design=any-code results=yes",
        (
            said(
                "{} % of it: {} % become {} %. Ten lamps have {} %.",
                lambda: [
                    percent(closed(), 0),
                    *(
                        percent(mean(each))
                        for each in ("four-bits", "any-code/separable", "ten-outputs")
                    ),
                ],
            ),
            so("less than half", lambda: closed() < 0.5),
            said("MNIST's {} test digits", lambda: ["10,000"]),
            said(
                "binary {} %, Gray code {} %, the best found {} %, fifteen bits that correct "
                "errors {} %, binary with {} neurons {} %, ten lamps {} %",
                lambda: [
                    *(
                        percent(mean(each), 2)
                        for each in (
                            "four-bits",
                            "any-code/gray",
                            "any-code/separable",
                            "any-code/error-correcting",
                        )
                    ),
                    100,
                    *(percent(mean(each), 2) for each in ("four-bits/100", "ten-outputs")),
                ],
            ),
        ),
    ),
    "The exercise": SceneClaims(
        "page=designs view=bit-layer design=bit-layer image=497 exercise=yes step=0",
        (so("2, 3, 6 and 7", lambda: with_bit(2) == [2, 3, 6, 7]),),
    ),
    "Plus one, minus one": SceneClaims(
        "page=designs view=bit-layer design=bit-layer image=497 bit_weights=plus-minus "
        "exercise=yes",
        (
            said(
                "at least {}. The nine others together can only take back {} of it",
                lambda: [f"{each:.2f}" for each in guaranteed()],
            ),
            said(
                "every sum is at least {} on its own side",
                lambda: [f"{guarantee('plus-minus').margin:.2f}"],
            ),
            said(
                "multiply all weights by {} or more",
                lambda: [f"{guarantee('plus-minus').scale:.2f}"],
            ),
            said("{} on the own side", lambda: [f"{guarantee('zero-one').margin:.2f}"]),
        ),
    ),
    "The textbook answer breaks": SceneClaims(
        "page=designs view=bit-layer design=bit-layer image=582 bit_weights=zero-one",
        (
            so("A clean 5", lambda: int(test_labels()[FIVE]) == 5),
            said(
                "5 is at {} %, and 3 at {} %",
                lambda: [layer_outputs(FIVE)[5], layer_outputs(FIVE)[3]],
            ),
            so("light 0 1 1 1, a 7", lambda: int(layer_reads("zero-one")[FIVE]) == 7 == 5 | 3),
            so("object: 5", lambda: int(layer_reads("plus-minus")[FIVE]) == 5),
            said(
                "On the {} bundled digits plus and minus one read {} %, one and zero {} %: {} "
                "digits are read only by the first, {} only by the second",
                lambda: [
                    count(len(labels())),
                    *(percent(layer_right(kind).mean()) for kind in ("plus-minus", "zero-one")),
                    *better_worse(layer_right("plus-minus"), layer_right("zero-one")),
                ],
            ),
            said(
                "only {} % of these digits",
                lambda: [percent(met(asked("bit-layer").outputs, labels()).mean())],
            ),
        ),
    ),
    "So, why ten?": SceneClaims(
        "page=designs view=compare design=ten-outputs baseline=ten-outputs image=9 "
        "rows=ten-outputs,four-bits",
        (
            said(
                "Ten lamps: {} against {} %. In ten starts",
                lambda: [percent(right(each)[:1_000].mean()) for each in (TEN, BITS)],
            ),
            said(
                "on all of MNIST: {} against {} %. On the {} bundled digits: {} against {} %",
                lambda: [
                    *(
                        percent(reached(STUDY, each).mean())
                        for each in ("Ten sigmoids", "Four bits")
                    ),
                    count(len(labels())),
                    *(percent(right(each).mean()) for each in (TEN, BITS)),
                ],
            ),
            so(
                "about three points",
                lambda: 2.5 < gains(STUDY, "Ten sigmoids", "Four bits").mean() < 3.5,
            ),
            so(
                "ten lamps beat four, also where the four have more neurons or a better code",
                lambda: (
                    min(
                        gains(STUDY, "Ten sigmoids", other).min()
                        for other in ("Four bits, 100 neurons", "Best code", "Fifteen bits")
                    )
                    > 0
                ),
            ),
            so(
                "in balance all additional mistakes of four lamps are slips of one lamp",
                lambda: sum(apart(BITS, 5000)[1:]) <= sum(apart(TEN, 5000)[1:]),
            ),
        ),
    ),
}
