"""The sentences of the Mistakes page."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from nnviz.data.arrays import Indices
from nnviz.data.digits import ShownDigits
from nnviz.networks.designs import DESIGNS
from nnviz.networks.taught import Taught
from nnviz.questions.comparison import SIGNIFICANT, Difference
from nnviz.questions.judged import Judged
from nnviz.questions.learned_from import epochs_apart
from nnviz.questions.listing import ANY, EVERY, KINDS, ORDERS, SHOWN, AllSaid, Listing
from nnviz.session.judging import apart_compared, designs_compared
from nnviz.session.state import State
from nnviz.ui.mistakes.bits_words import apart_in_words
from nnviz.ui.mistakes.cells_words import cells_named
from nnviz.ui.mistakes.seen import JudgedSeen, names_of_two
from nnviz.ui.mistakes.trust_words import YES_NAMES, bin_in_words, threshold_in_words
from nnviz.verdicts.answers import NOT_A_DIGIT_IN_WORDS
from nnviz.words import listed, number, percent, sentences, tr, tr_n

Fields = dict[str, str | int]
"""Of a template."""
Labels = Mapping[str, str]
"""Design or entrant -> what it is called"""
LABELS: Labels = {}
"""Where no design has several networks that are compared."""
JUDGING = tr("Judging the test digits …")
WAITING = {
    "ready": tr("The test digits are being judged ..."),
    "starting": tr("The test digits are still being loaded."),
    "dead": tr("The test digits are being judged ..."),
}
"""What is said until the answers are there."""
NO_WORD = "–"
"""Stands for *not a digit* below a picture."""
NONE = tr("none")
"""The same where there is room for a word."""
RIGHT, WRONG = tr("right"), tr("wrong")
AGAINST = tr("against")


def _called(name: str, labels: Labels) -> str:
    return labels.get(name) or DESIGNS[name].label


def short_names(names: Sequence[str]) -> Callable[[int], str]:
    """Answers in a word."""
    return lambda answer: names[answer] if answer >= 0 else NO_WORD


# ---- confusion and digits ------------------------------------------------------------

CONFUSION = (
    tr("Confusion"),
    tr("Which digits are taken for which, and what do they look like?"),
)
MATRIX = tr("Confusion matrix: true class against answer")
MATRIX_TIP = tr(
    "How many digits of each class are taken for each other one. Click a cell, the heading of a "
    "row or of a column to list its digits; Ctrl+click or Space adds a cell. Arrow keys choose, "
    "with Ctrl they only move; Home lists all, Return goes to the digits."
)
TRUE_BELOW = tr("true ↓")
TOTALS = tr("digits")
RATES = tr("percent")
RATES_TIP = tr("Percent of each row instead of numbers of digits.")
BELOW_EACH_TIP = tr("What the last line below each digit means.")
ALL_MISREAD = tr("All misread"), tr("List all misread digits again")
BOXES = {
    "kind": (
        tr("Which digits"),
        tr("Digits that are misread, digits that are read right, or both."),
    ),
    "whose": (tr("Whose mistakes"), tr("The design whose answers count.")),
    "label": (tr("True class"), tr("Only digits of this class.")),
    "answer": (tr("Answer"), tr("Only digits that are read as this class.")),
    "order": (tr("Sort by"), tr("The order of the digits.")),
}
"""Field of a Listing -> accessible name and tooltip."""
BACKWARDS = (
    tr("The other way round"),
    tr("The other way round. ↑: the smallest first; ↓: the largest first."),
)


def by_whom(whose: str, labels: Labels = LABELS) -> str:
    """Whose mistakes are listed."""
    words = {
        SHOWN: tr("by this design"),
        ANY: tr("by any design"),
        EVERY: tr("by every design"),
    }
    return words.get(whose) or tr("by {design}", design=_called(whose, labels))


def of_class(name: str | None) -> str:
    """Which class the digits listed have; None: any."""
    return tr("any class") if name is None else tr("true {name}", name=name)


def read_as(name: str | None) -> str:
    """What the digits listed are read as; None: anything."""
    return tr("any answer") if name is None else tr("read as {name}", name=name)


def order_tip(listing: Listing) -> str:
    """How the digits are sorted."""
    return sentences(
        tr("How the digits are sorted."),
        ORDERS[listing.order].help,
        tr("Now the other way round.") if listing.backwards else "",
    )


def below_each(listing: Listing) -> str:
    """What the last line below each digit is."""
    return tr("below each: {what}", what=ORDERS[listing.order].below)


def missing_in_words(designs: Sequence[str], labels: Labels = LABELS) -> str:
    """Which entrants are still to be judged."""
    if not designs:
        return ""
    if len(designs) > 1:  # more names would not fit into the row
        return tr("still judging several designs")
    return tr("still judging {design}", design=_called(designs[0], labels))


def count_in_words(listing: Listing, said: AllSaid, listed: int, labels: Labels = LABELS) -> str:
    """How many are misread, of how many, and how many are listed where that is not the same."""
    everyone, whose = len(said.labels), listing.whose
    wrong = int(np.count_nonzero(said.misread(whose)))
    several = {SHOWN: "", ANY: tr("at least one design"), EVERY: tr("every design")}
    count = len(said.everyone)
    if said.left_out and count == 1:
        several[ANY] = several[EVERY] = tr("this design, as no other was taught alike")
    elif said.left_out:
        several[ANY] = tr("at least one of {count} designs taught alike", count=count)
        several[EVERY] = tr("each of {count} designs taught alike", count=count)
    who = several[whose] if whose in several else _called(whose, labels)
    fields: Fields = {
        "wrong": wrong,
        "all": everyone,
        "who": who,
        "share": percent(wrong / everyone),
    }
    if listing.kind == "misread" and listed == wrong:
        if not who:
            return tr("{wrong} of {all} test digits misread ({share})", **fields)
        return tr("{wrong} of {all} test digits misread by {who} ({share})", **fields)
    fields["listed"] = listed
    if not who:
        return tr("{wrong} of {all} test digits misread ({share}), {listed} listed", **fields)
    return tr("{wrong} of {all} test digits misread by {who} ({share}), {listed} listed", **fields)


def empty_in_words(view: JudgedSeen) -> str:
    """Why there is no digit to see."""
    listing = view.mistakes.listing
    if (listing.label, listing.answer, view.whose, listing.cells) == (None, None, SHOWN, ()):
        return {
            "misread": tr("No misread digit."),
            "right": tr("No digit read right."),
            "all": tr("No digit."),
        }[listing.kind]
    chosen = [KINDS[listing.kind][0]]
    if view.whose != SHOWN:
        chosen.append(by_whom(view.whose, view.labels))
    if listing.label is not None:
        chosen.append(of_class(view.named(listing.label)))
    if listing.answer is not None:
        chosen.append(read_as(view.named(listing.answer)))
    if listing.cells:
        chosen.append(cells_named(listing.cells, view.digits.class_names))
    return tr("No digit is all of this: {chosen}.", chosen=listed(chosen))


def judge_of(view: JudgedSeen) -> str:
    """Whose answers the matrix counts: one design's, whoever's mistakes are listed."""
    return view.labels[view.whose if view.whose in view.designs else view.design]


def taken_by(judge: str) -> str:
    """What the columns of the matrix are."""
    return tr("read by {judge} as →", judge=judge)


def end_of_scale(most: float, rates: bool) -> str:
    """What the strongest colour of the matrix means."""
    if rates:
        return tr("{share} of the row misread", share=percent(most / 100))
    return tr_n("{count} digit misread", "{count} digits misread", int(most))


def matrix_in_words(
    counts: Indices, names: Sequence[str], selected: tuple[int | None, int | None], judge: str
) -> str:
    """What a person would say of what is selected in counts (classes, columns)."""
    row, column = (slice(None) if part is None else slice(part, part + 1) for part in selected)
    found, wrong = counts[row, column], counts.copy()
    np.fill_diagonal(wrong, 0)
    fields: Fields = {
        "all": int(found.sum()),
        "wrong": int(wrong[row, column].sum()),
        "name": " ".join(names[row]),
        "answer": " ".join((*names, NOT_A_DIGIT_IN_WORDS)[column]),
        "judge": judge,
    }
    if selected == (None, None):
        return tr("All: {wrong} of {all} digits misread by {judge}", **fields)
    if selected[0] is None:
        return tr_n(
            "Column: {count} digit of another class taken for {answer}",
            "Column: {count} digits of other classes taken for {answer}",
            int(wrong[row, column].sum()),
            **fields,
        )
    if selected[1] is None:
        return tr("Row: {wrong} of {all} digits of class {name} misread", **fields)
    return tr_n(
        "{count} digit of class {name} read as {answer}",
        "{count} digits of class {name} read as {answer}",
        int(found.sum()),
        **fields,
    )


def sure_in_words(judged: Judged, image: int) -> str:
    """How sure an answer is, below its digit."""
    return percent(float(judged.confidence[image]), 0)


# ---- the digits listed ---------------------------------------------------------------

UNTICK = tr("Untick"), tr("Untick all digits")
SAVE = (
    tr("Save digits…"),
    tr(
        "Save the digits ticked, else all listed: as a table (.csv) with every design's answers, "
        "or as a contact sheet (.png)"
    ),
)


def untick_in_words(ticked: int, unseen: int) -> str:
    """What the button does that takes ticks away; `unseen` of them are not listed."""
    if not ticked:
        return UNTICK[0]
    if not unseen:
        return tr("Untick {ticked}", ticked=ticked)
    return tr("Untick {ticked} ({unseen} not listed)", ticked=ticked, unseen=unseen)


def save_in_words(ticked: bool, count: int) -> str:
    """What the button saves."""
    if ticked:
        return tr("Save {count} ticked…", count=count)
    return tr("Save {count} listed…", count=count)


def saved_in_words(ticked: bool, count: int) -> str:
    """What is saved: `18 listed digits`."""
    if ticked:
        return tr_n("{count} ticked digit", "{count} ticked digits", count)
    return tr_n("{count} listed digit", "{count} listed digits", count)


def unlisted_in_words(image: int, count: int) -> str:
    """Why the digit whose number was typed does not come."""
    return tr("Digit {image} is not among the {count} listed.", image=str(image), count=count)


def facts_in_words(view: JudgedSeen, said: AllSaid, image: int) -> str:
    """What is known of one digit, in a line for each design."""
    file, label = view.digits.file_of(image), view.named(int(said.labels[image]))
    if file:
        head = tr("digit {image}, {file}: label {label}", image=str(image), file=file, label=label)
    else:
        head = tr("digit {image}: label {label}", image=str(image), label=label)
    lines = [
        tr(
            "{design}: {answer}, {share}",
            design=view.labels[design],
            answer=view.named(int(each.answers[image])),
            share=percent(float(each.confidence[image]), 0),
        )
        for design, each in said.everyone.items()
    ]
    return "\n".join((head, *lines))


def place_in_words(digits: ShownDigits, image: int, found: NDArray[np.intp] | None) -> str:
    """Which test digit is on screen (-1: none), and its place in the list."""
    if image < 0:
        return ""
    name = digits.file_of(image) or tr("digit {image}", image=str(image))
    if found is None or not len(found):
        return name
    at = np.flatnonzero(found == image)
    if not len(at):
        return tr("{digit}, not among the {count} listed", digit=name, count=len(found))
    place = int(at[0]) + 1
    return tr("{digit}, {place} of {count} listed", digit=name, place=place, count=len(found))


def _disagreement(state: State) -> str:
    wanted, (first, second) = state.mistakes.disagreement, designs_compared(state)
    if wanted.missed is not None:
        return tr_n("missed by {count} design", "missed by {count} designs", wanted.missed)
    one, other = names_of_two((first, second), state.labels, state.own_names)
    names = {"first": one, "second": other}
    return {
        "both": tr("{first} right, {second} right", **names),
        "only-first": tr("{first} right, {second} wrong", **names),
        "only-second": tr("{first} wrong, {second} right", **names),
        "neither": tr("{first} wrong, {second} wrong", **names),
    }[wanted.cell]


def _trust(state: State) -> str:
    if state.mistakes.trust.by_yes:
        return YES_NAMES[state.mistakes.trust.by_yes]
    threshold = threshold_in_words(state.mistakes.trust.threshold)
    if state.mistakes.trust.listed == "kept":
        return tr("mistakes that stay at a threshold of {threshold}", threshold=threshold)
    return tr("refused at a threshold of {threshold}", threshold=threshold)


def _apart(state: State) -> str:
    wanted, two = state.mistakes.apart, apart_compared(state)
    design = two[wanted.row]
    return tr(
        "misread by {design}, {apart}",
        design=state.labels.get(design, ""),
        apart=apart_in_words(wanted.apart),
    )


def _bin(state: State) -> str:
    wanted = state.mistakes.trust.bin
    return "" if wanted is None else bin_in_words(wanted)


LIST_WORDS: Mapping[str, Callable[[State], str]] = {
    "disagree": _disagreement,
    "unsure": _trust,
    "bits": _apart,
    "confidence": _bin,
}
"""View -> what its list holds; that of the matrix says it by `count_in_words`."""


# ---- designs disagree ----------------------------------------------------------------

DISAGREE = (
    tr("Designs disagree"),
    tr("Which digits does one design get right and another wrong?"),
)
LONE = tr("There is only one network. Train another design, and the two are compared here.")
FIRST_DESIGN = tr("First design"), tr("The design in the rows of the table.")
SECOND_DESIGN = tr("Second design"), tr("The design in its columns.")
MCNEMAR_TIP = tr("McNemar's exact test on the digits that only one of the two gets right.")
OUTCOMES = tr("Both right, one, or neither")
OUTCOMES_TIP = tr(
    "How many test digits both designs get right, only one of them, or neither. Click a cell, or "
    "use the arrow keys, to list its digits."
)
MISSED = tr("How many designs miss a digit")
MISSED_TIP = tr(
    "Above each number of designs, how many test digits exactly so many of them miss. The hatched "
    "column of 0 is not to scale. Click a column, or use the left and right keys, to list its "
    "digits."
)
ALL_ANSWERS = tr("Below each: all answers")


def outcome_in_words(cell: str, first: str, second: str) -> str:
    """What a cell of McNemar's table counts."""
    return {
        "both": tr("both right"),
        "only-first": tr("only {design} right", design=first),
        "only-second": tr("only {design} right", design=second),
        "neither": tr("both wrong"),
    }[cell]


def outcome_listed(count: int, outcome: str) -> str:
    """How many digits of a cell are listed."""
    return tr_n("{count} digit: {outcome}.", "{count} digits: {outcome}.", count, outcome=outcome)


def answers_below(design: str) -> str:
    """Whose answer stands below each digit."""
    return tr("Below each: {design}", design=design)


def columns_title(designs: int, waiting: int, others: int, several: bool = False) -> str:
    """What the columns of digits missed count; `others`: learned from other digits; `several`: they
    are networks, some of one design."""
    if several:
        return _columns_of_networks(designs, waiting, others)
    if waiting:
        return tr_n(
            "digits missed by so many of {count} design ({waiting} still to come)",
            "digits missed by so many of {count} designs ({waiting} still to come)",
            designs,
            waiting=waiting,
        )
    if others:
        return tr_n(
            "digits missed by so many of {count} design ({others} of other digits left out)",
            "digits missed by so many of {count} designs ({others} of other digits left out)",
            designs,
            others=others,
        )
    return tr_n(
        "digits missed by so many of {count} design",
        "digits missed by so many of {count} designs",
        designs,
    )


def _columns_of_networks(networks: int, waiting: int, others: int) -> str:
    if waiting:
        return tr_n(
            "digits missed by so many of {count} network ({waiting} still to come)",
            "digits missed by so many of {count} networks ({waiting} still to come)",
            networks,
            waiting=waiting,
        )
    if others:
        return tr_n(
            "digits missed by so many of {count} network ({others} of other digits left out)",
            "digits missed by so many of {count} networks ({others} of other digits left out)",
            networks,
            others=others,
        )
    return tr_n(
        "digits missed by so many of {count} network",
        "digits missed by so many of {count} networks",
        networks,
    )


def epochs_told(own: Taught, other: Taught) -> str:
    """How long two designs learned, where that differs."""
    told = epochs_apart(own, other)
    return tr("They learned {epochs}.", epochs=told) if told else ""


def missed_listed(missed: int, designs: int, count: int, several: bool = False) -> str:
    """How many digits of a column are listed; `several`: by networks, some of one design."""
    if several and 0 < missed < designs:
        return tr_n(
            "{count} digit missed by {missed} of {networks} networks.",
            "{count} digits missed by {missed} of {networks} networks.",
            count,
            missed=missed,
            networks=designs,
        )
    if several:
        return _all_or_none(missed == 0, count)
    if missed == 0:
        return tr_n(
            "{count} digit that every design gets right.",
            "{count} digits that every design gets right.",
            count,
        )
    if missed == designs:
        return tr_n(
            "{count} digit that no design gets right.",
            "{count} digits that no design gets right.",
            count,
        )
    return tr_n(
        "{count} digit missed by {missed} of {designs} designs.",
        "{count} digits missed by {missed} of {designs} designs.",
        count,
        missed=missed,
        designs=designs,
    )


def _all_or_none(all_right: bool, count: int) -> str:
    if all_right:
        return tr_n(
            "{count} digit that every network gets right.",
            "{count} digits that every network gets right.",
            count,
        )
    return tr_n(
        "{count} digit that no network gets right.",
        "{count} digits that no network gets right.",
        count,
    )


def chance_in_words(p: float) -> str:
    """How often chance alone splits the digits so unevenly."""
    if p >= 0.995:
        return tr("chance alone always splits them at least as unevenly")
    if p >= 0.1:
        return tr("chance alone splits them so in {cases} of 100 cases", cases=number(100 * p))
    if p >= 0.001:
        return tr("chance alone splits them so in {cases} of 1,000 cases", cases=number(1000 * p))
    if p >= 1e-6:
        cases = round(1 / p)
        cases = round(cases, 2 - len(str(cases)))  # two leading figures say enough
        return tr("chance alone splits them so in 1 of {cases} cases", cases=cases)
    return tr("chance alone splits them so in less than 1 of a million cases")


def p_in_words(p: float) -> str:
    """The exact p as it is written; with spaces at which no line breaks."""
    if p < 1e-300:
        return tr("p\N{NO-BREAK SPACE}<\N{NO-BREAK SPACE}1e-300")
    written = number(p, 2 if p >= 0.1 else 3)
    if p < 0.001:
        digits, power = np.format_float_scientific(p, 1, unique=False).split("e")
        written = tr("{digits}e{power}", digits=number(float(digits), 1), power=int(power))
    return tr("p\N{NO-BREAK SPACE}=\N{NO-BREAK SPACE}{p}", p=written)


def verdict_in_words(found: Difference, first: str, second: str) -> str:
    """Whether one of them is better, as far as these digits tell."""
    names = {"first": first, "second": second}
    if not found.fixed and not found.broken:
        return tr("{first} and {second} get the same digits right.", **names)
    chance = chance_in_words(found.p)
    if found.fixed == found.broken:
        return tr("{first} and {second} are equally good here: {chance}.", chance=chance, **names)
    better, worse = (first, second) if found.fixed > found.broken else (second, first)
    fields: Fields = {
        "better": better,
        "more": abs(found.fixed - found.broken),
        "worse": worse,
        "chance": chance,
        "p": p_in_words(found.p),
    }
    if found.p < SIGNIFICANT:
        return tr(
            "{better} gets {more} more right than {worse}: {chance} ({p}), so that is significant.",
            **fields,
        )
    return tr(
        "{better} gets {more} more right than {worse}: {chance} ({p}), so that is not significant.",
        **fields,
    )
