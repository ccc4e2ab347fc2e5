"""What is said of images that all designs are asked about: of morphs, and of what is no digit."""

from collections.abc import Mapping, Sequence

import numpy as np

from nnviz.data.specimens import KINDS, SPECIMENS
from nnviz.questions.comparison import SIGNIFICANT
from nnviz.questions.morphs import STEPS, Turn, Turns, Unequal, compared_places, compared_shares
from nnviz.questions.readers import EVEN, SURE, Reader, Said
from nnviz.questions.strangeness import MEASURES, Taken, says_most
from nnviz.ui.draw.morph_seen import MorphSeen
from nnviz.ui.draw.shown_to_room import DIGITS
from nnviz.ui.pages.agreement import p_in_short
from nnviz.verdicts.answers import answer_in_words
from nnviz.words import listed, number, percent, sentences, tr, tr_n

Names = tuple[str, ...]
HIDDEN, UNKNOWN = tr("The answer is hidden."), "?"
NOTHING_LEARNED = tr("No network has learned yet.")

# ---- morphs --------------------------------------------------------------------------

MORPH = tr("Morph"), tr("Where does a 4 become a 9? Each design says it along the way.")
PLAY, STOP = tr("Play"), tr("Stop")
PLAY_TIP = tr("Goes along the way by itself; PageDown and PageUp go ten percent.")
MANY_PAIRS = (
    tr("Many pairs"),
    tr(
        "Asks all designs about many pairs of test digits of these two labels, no digit in two "
        "of them: do separate networks turn elsewhere than one network?"
    ),
)
BETWEEN = tr("The digit between"), tr("The image that all designs are asked")
LANES = tr("Answers along the morph")
LANES_TIP = tr(
    "Each lane is a design: the colour and the digit in it are its answer, the height is how "
    "strongly its outputs speak for it, the dashed line is one half. Drag, or press the arrows, "
    "to go along."
)
OUTPUT, NO_OUTPUT = tr("output"), tr("none")
ON_SCREEN = tr("On screen")
END_NAMES = tr("First digit of the morph"), tr("Second digit of the morph")
LABEL_NAMES = tr("Label of the first digit"), tr("Label of the second digit")
LABEL_TIPS = tr("The morph's first digit: any label."), tr("The morph's second digit: any label.")
NEXT_NAMES = tr("Next first digit"), tr("Next second digit")
NEXT_TIPS = (
    tr("Another first digit with this label"),
    tr("Another second digit with this label"),
)
ON_SCREEN_TIPS = (
    tr("Take the test digit on screen as the first one; a drawing has no label to go by."),
    tr("Take the test digit on screen as the second one; a drawing has no label to go by."),
)
TURN_TABLE = tr("Where many morphs turn, design by design")
TURN_TIP = tr(
    "Each row is a design: how many pairs turn where on the way; the box holds the middle half "
    "of them. Reads right: pairs of which it reads both ends right; the other numbers of the "
    "line are about these. Third answer: share of them with a digit on the way that is neither "
    "of the two. Unsure: share in which no output reaches 0.5 half-way. Click a row, or press up "
    "and down, to compare it with the baseline."
)
TURN_HEADINGS = (
    tr("reads\nright"),
    tr("turns at\nmedian"),
    tr("third\nanswer"),
    tr("unsure\nhalf-way"),
)
LEARN_FIRST = tr("The network on screen has learned nothing yet: press Run.")
ALL_ABOVE_EVEN = tr("Each answer has an output above 0.5.")


def end_tip(image: int, label: str) -> str:
    """Which test digit stands at an end of a morph."""
    return tr("Test digit {image}, label {label}", image=image, label=label)


def step_of_way(step: int) -> str:
    """How far along, as a title."""
    return tr("{share} of the way", share=percent(step / (STEPS - 1), 0))


def at_step(step: float) -> str:
    """How far along a step is."""
    return percent(step / (STEPS - 1), 0)


def turns_at(turn: Turn) -> str:
    """Where a reader turns, in little room."""
    if turn.clean:
        return at_step(turn.leaves)
    return tr("{first}–{last}", first=number(turn.leaves), last=at_step(turn.arrives))


def strength(support: float) -> str:
    """How strongly outputs speak for an answer."""
    return number(support, 2)


def along(who: str, turn: Turn, names: Names) -> str:
    """What one design does on the way."""
    first, second = names[turn.first], names[turn.second]
    starts, ends = (answer_in_words(turn.stretches[place].answer, names) for place in (0, -1))
    if len(turn.stretches) == 1:
        return tr("{design}: {answer} all the way.", design=who, answer=starts)
    if starts != first or ends != second:
        digit, said = (first, starts) if starts != first else (second, ends)
        return tr("{design}: the {digit} is misread as {said}.", design=who, digit=digit, said=said)
    if turn.clean:
        return tr(
            "{design}: {first} turns into {second} at {place}.",
            design=who,
            first=first,
            second=second,
            place=at_step(turn.place),
        )
    if not turn.others:
        return tr(
            "{design}: {first} turns into {second} between {leaves} and {arrives}, wavering.",
            design=who,
            first=first,
            second=second,
            leaves=turn.leaves,
            arrives=at_step(turn.arrives),
        )
    return tr(
        "{design}: {first} turns into {second} between {leaves} and {arrives}, with {others}.",
        design=who,
        first=first,
        second=second,
        leaves=turn.leaves,
        arrives=at_step(turn.arrives),
        others=_others(turn, names),
    )


def morph_headline(reader: Reader | None, turn: Turn | None, names: Names) -> str:
    """The design on screen; None if its network is a random start."""
    if reader is None or turn is None:
        return LEARN_FIRST
    return along(reader.label, turn, names)


def compared(turns: Mapping[str, Turn], readers: Sequence[Reader]) -> str:
    """Who turns first and last, and who says something else on the way."""
    counting = [reader for reader in readers if turns[reader.name].reads_both_ends]
    told = []
    if len(counting) > 1:
        ordered = sorted(counting, key=lambda reader: turns[reader.name].place)
        (first, at_first), (last, at_last) = (
            (each.label, at_step(turns[each.name].place)) for each in (ordered[0], ordered[-1])
        )
        told.append(
            tr(
                "First to turn: {first}, at {at_first}; last: {last}, at {at_last}.",
                first=first,
                at_first=at_first,
                last=last,
                at_last=at_last,
            )
        )
    third = [reader.label for reader in counting if turns[reader.name].others]
    if third:
        told.append(tr("A third answer on the way: {designs}.", designs=listed(third)))
    missed = [reader.label for reader in readers if reader not in counting]
    if missed and counting:
        told.append(tr("An end misread: {designs}.", designs=listed(missed)))
    return sentences(*told)


def silent(turns: Sequence[tuple[str, Turn]], step: int) -> str:
    """Whose answers nothing speaks for where one stands, as the lanes draw it; `turns`: design
    and what it says along the way."""
    weak = [label for label, turn in turns if turn.said.for_answer[step] < EVEN]
    if not weak:
        return ALL_ABOVE_EVEN if turns else ""
    return tr("Answers with no output above 0.5: {designs}.", designs=listed(weak))


def lanes_told(turns: Sequence[tuple[str, Turn]], names: Names, step: int) -> str:
    """What all do on the way, and where one stands."""
    here = silent(turns, step)
    return sentences(
        *(along(label, turn, names) for label, turn in turns),
        tr("{step}: {silent}", step=at_step(step), silent=here) if here else "",
    )


def same_labels(label: str) -> str:
    """Why many pairs cannot be asked about."""
    return tr("Choose two different labels: both digits are {label}.", label=label)


def asking(engine: str, answered: int, readers: int) -> str:
    """Why there is no answer yet."""
    if engine == "starting":
        return tr("The training process asks the designs, and is not there yet.")
    if not readers:
        return NOTHING_LEARNED
    return tr(
        "Asking the designs: {answered} of {all} have answered…", answered=answered, all=readers
    )


def many_headline(one: Reader, base: Reader, turns: Mapping[str, Turns]) -> str:
    """Whether one design turns elsewhere than the baseline."""
    found = compared_places(turns[one.name], turns[base.name])
    if one.name == base.name or not found.pairs:
        return tr("{design}: no pair that both read right at both ends.", design=one.label)
    points = number(abs(found.difference), 1)
    if found.p >= SIGNIFICANT:
        return tr(
            "{design} against {baseline}: turns neither earlier nor later for sure, {points} "
            "points, not significant ({p}).",
            design=one.label,
            baseline=base.label,
            points=points,
            p=p_in_short(found.p),
        )
    if found.more > found.less:
        counted = tr(
            "{design} against {baseline}: turns later in {some} of {pairs} pairs ({p}).",
            design=one.label,
            baseline=base.label,
            some=found.more,
            pairs=found.pairs,
            p=p_in_short(found.p),
        )
    else:
        counted = tr(
            "{design} against {baseline}: turns earlier in {some} of {pairs} pairs ({p}).",
            design=one.label,
            baseline=base.label,
            some=found.less,
            pairs=found.pairs,
            p=p_in_short(found.p),
        )
    if found.difference > 0:
        return sentences(counted, tr("It is {points} points later on average.", points=points))
    return sentences(counted, tr("It is {points} points earlier on average.", points=points))


def many_words(
    view: MorphSeen, one: Reader, base: Reader, turns: Mapping[str, Turns], waiting: Sequence[str]
) -> str:
    """What else is to be said of many pairs; `waiting`: labels of those that have not answered."""
    first, second = (view.digits.class_names[label] for label in view.labels)
    pairs = max(len(each.pairs) for each in turns.values())
    still = tr("Still asking {designs}.", designs=listed(waiting)) if waiting else ""
    asked = tr(
        "{pairs} random pairs of a {first} and a {second}.", pairs=pairs, first=first, second=second
    )
    told = _shares_of_many(one, base, turns) if one.name in view.alike_to_base else ""
    return sentences(still, asked, told)


def _shares_of_many(one: Reader, base: Reader, turns: Mapping[str, Turns]) -> str:
    """How often there are third answers and doubt half-way."""
    own, other = turns[one.name], turns[base.name]
    both = own.read & other.read
    if one.name == base.name or not both.any():
        return ""
    own_third, other_third, own_unsure, other_unsure = (
        percent(float(np.mean(each[both])), 0)
        for each in (own.third, other.third, own.unsure, other.unsure)
    )
    return sentences(
        tr(
            "In the {count} that both read right: a third answer on the way in {own} against "
            "{other} ({p}).",
            count=int(np.count_nonzero(both)),
            own=own_third,
            other=other_third,
            p=_significance(compared_shares(own, other, "third")),
        ),
        tr(
            "No output above 0.5 half-way in {own} against {other} ({p}).",
            own=own_unsure,
            other=other_unsure,
            p=_significance(compared_shares(own, other, "unsure")),
        ),
    )


def _significance(found: Unequal) -> str:
    p = p_in_short(found.p)
    return p if found.p < SIGNIFICANT else tr("not significant, {p}", p=p)


def _others(turn: Turn, names: Names) -> str:
    """What it says on the way that is neither of the two."""
    return listed(
        tr(
            "{answer} at {place}",
            answer=answer_in_words(each.answer, names),
            place=at_step(each.start),
        )
        if each.start == each.end
        else tr(
            "{answer} from {start} to {end}",
            answer=answer_in_words(each.answer, names),
            start=each.start,
            end=at_step(each.end),
        )
        for each in turn.others
    )


# ---- what is no digit ----------------------------------------------------------------

STRANGE = (
    tr("Not a digit"),
    tr("What does each design answer to an image that is no digit?"),
)
IMAGE = tr("The image on screen"), tr("All designs are asked about it")
PREVIOUS, PREVIOUS_TIP = tr("Previous image"), tr("The image before (PageUp)")
NEXT, NEXT_TIP = tr("Next image"), tr("The next image of the kind (PageDown)")
OTHER_IMAGES = (
    tr("Other images"),
    tr("Makes other images of all kinds from another seed, and asks all designs again."),
)
YOUR_DRAWING = (
    tr("Your drawing"),
    tr("Asks all about what is on the pad of the first view."),
)
YOURS = tr("yours")
STRANGE_TABLE = tr("How each reader takes each kind of images")
STRANGE_TIP = tr(
    "Rows are designs, and two networks that were taught too little; columns are kinds of "
    "images. Click a heading for images of the kind, a cell for those that fooled the reader. "
    "The second column is about the image on screen: the answer, and the strongest output."
)
THIS_IMAGE, ANSWER_OUTPUT = tr("this image:"), tr("answer, output")
YES, NO = tr("yes"), tr("no")
STRIP, STRIP_TIP = tr("Images of the kind"), tr("Click an image to put it to all designs.")


def image_title(kind: str, number: int) -> str:
    """Which image of a kind is on screen."""
    return KINDS[kind].label if KINDS[kind].count == 1 else tr("no. {number}", number=number)


def of_specimen(readers: Sequence[Reader], said: Mapping[str, Said]) -> str:
    """How the readers take the image on screen."""
    if not readers:
        return NOTHING_LEARNED
    strongest = [float(said[reader.name].strongest[0]) for reader in readers]
    sure = sum(value > SURE for value in strongest)
    quiet = sum(value < EVEN for value in strongest)
    even = number(EVEN, 1)
    return sentences(
        _sure(sure, len(readers)),
        tr_n(
            "{count} has no output above {even}.",
            "{count} have no output above {even}.",
            quiet,
            even=even,
        )
        if quiet
        else tr("Each has an output above {even}.", even=even),
    )


def _sure(some: int, everyone: int) -> str:
    """How many are sure."""
    least = number(SURE, 1)
    if some == everyone:
        return tr("All {all} are sure of an answer (above {least}).", all=everyone, least=least)
    if not some:
        return tr("None of {all} are sure of an answer (above {least}).", all=everyone, least=least)
    return tr_n(
        "{count} of {all} is sure of an answer (above {least}).",
        "{count} of {all} are sure of an answer (above {least}).",
        some,
        all=everyone,
        least=least,
    )


def of_cell(reader: Reader, kind: str, taken: Mapping[str, Taken]) -> str:
    """How a reader takes a kind."""
    found, digits, words = taken[kind], taken[DIGITS], KINDS[kind].label
    if KINDS[kind].count == 1:
        return tr(
            "{reader}, {kind}: its strongest output reaches {strength}.",
            reader=reader.label,
            kind=words,
            strength=strength(float(found.strongest[0])),
        )
    shares = {name: percent(measure.of(found, digits), 0) for name, measure in MEASURES.items()}
    most, share = says_most(found)
    if most >= 0:
        is_sure = tr(
            "{reader}: sure of an answer to {share} of {count} {kind}, mostly {answer} ({often}).",
            reader=reader.label,
            share=shares["sure"],
            count=len(found.answers),
            kind=words,
            answer=reader.named(most),
            often=percent(share, 0),
        )
    else:
        is_sure = tr(
            "{reader}: sure of an answer to {share} of {count} {kind}.",
            reader=reader.label,
            share=shares["sure"],
            count=len(found.answers),
            kind=words,
        )
    none = tr("No output above {even}: {share}.", even=number(EVEN, 1), share=shares["none"])
    apart = "" if kind == DIGITS else tr("Told apart: {share}.", share=shares["auroc"])
    return sentences(is_sure, none, apart)


def of_kind(
    readers: Sequence[Reader], kind: str, measure: str, taken: Mapping[str, Mapping[str, Taken]]
) -> str:
    """Who is at both ends of a column."""
    known = {
        reader.label: MEASURES[measure].of(taken[reader.name][kind], taken[reader.name][DIGITS])
        for reader in readers
        if reader.name in taken
    }
    if not known or KINDS[kind].count == 1:
        return KINDS[kind].help
    low, high = (
        min(known, key=lambda label: known[label]),
        max(known, key=lambda label: known[label]),
    )
    return sentences(
        KINDS[kind].help,
        tr(
            "{measure} ({counts}): from {least} ({low}) to {most} ({high}).",
            measure=MEASURES[measure].label,
            counts=MEASURES[measure].counts,
            least=percent(known[low], 0),
            low=low,
            most=percent(known[high], 0),
            high=high,
        ),
    )


def strange_asking(engine: str, answered: int, readers: int) -> str:
    """Why not all is known yet."""
    if engine == "starting":
        return tr("The training process asks about a thousand of each, and is not there yet.")
    return tr(
        "Asking about {count} of each kind: {answered} of {all} have answered…",
        count=SPECIMENS,
        answered=answered,
        all=readers,
    )


def first_of_kind(kind: str, count: int) -> str:
    """Which images are listed."""
    return tr_n(
        "The first image of the kind {kind}.",
        "The first {count} images of the kind {kind}.",
        count,
        kind=KINDS[kind].label,
    )


def fooling(reader: Reader, count: int) -> str:
    """Which images are listed where a reader is chosen."""
    return tr_n(
        "{count} image that {reader} is sure about.",
        "{count} images that {reader} is sure about.",
        count,
        reader=reader.label,
    )


# ---- who knows two digits ------------------------------------------------------------

LIKENESS = (
    tr("What it says of each digit"),
    tr(
        "A bar for each digit that the network was never shown: how far it is filled from below is "
        "how often the network says the first of the two that it knows."
    ),
)


def likeness_title(one: str, other: str) -> str:
    """Over the bars."""
    return tr("Of each digit: how often it says {one} rather than {other}", one=one, other=other)


def likeness_told(one: str, names: Sequence[str], shares: Sequence[float]) -> str:
    """The bars as a sentence."""
    told = zip(names, shares, strict=True)
    each = listed(tr("{name} {share}", name=name, share=percent(share, 0)) for name, share in told)
    return tr("It says {one} to these digits so often: {shares}.", one=one, shares=each)
