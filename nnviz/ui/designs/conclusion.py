"""What the Designs page concludes: what ten outputs gain over bits and where, and whether many
networks are better than one as large."""

from nnviz.networks.designs import BITS, DESIGNS, ONE_NETWORK
from nnviz.networks.taught import alike
from nnviz.questions.comparison import Difference, mcnemar
from nnviz.questions.lessons import read_out, sizes
from nnviz.session.session import Session
from nnviz.session.state import State, Work
from nnviz.ui.pages.conclusion import RANDOM_START, Concluded, not_known
from nnviz.verdicts.work_per_answer import usual_passes
from nnviz.words import number, percent, sentences, signed, tr


def conclude(_: Session, state: State) -> Concluded:
    """Where the design on screen is of many networks or heads, about these; else about bits."""
    works = state.representatives
    own = works[state.design]
    many = usual_passes(own.network, own.judged_by, own.layout(state.digits.classes)).heads > 1
    first, second = (
        (own, works.get(ONE_NETWORK)) if many else (works.get(ONE_NETWORK), _of_bits(state))
    )
    if first is None or second is None:
        return Concluded(not_known(state))
    if not (first.learned and second.learned):
        return Concluded(RANDOM_START)
    known = _larger_networks() if many else _read_out()
    if not alike(first.taught(state.digits), second.taught(state.digits)):
        return Concluded(sentences(_unlike(first, second), known))
    found = _difference(state, first, second)
    if found is None:
        return Concluded(not_known(state))
    own_words = _gain_of_many if many else _gain
    return Concluded(sentences(own_words(first, second, found), known))


def _of_bits(state: State) -> Work | None:
    shown = state.representatives[state.design]
    has_bits = shown.layout(state.digits.classes).has_bits
    return shown if has_bits else state.representatives.get(BITS)


def _difference(state: State, first: Work, second: Work) -> Difference | None:
    if first.measured is None or second.measured is None:
        return None
    answers = first.measured.answers, second.measured.answers
    labels = state.digits.labels
    if any(len(each) != len(labels) for each in answers):
        return None
    return mcnemar(*answers, labels)


# ---- in words ------------------------------------------------------------------------


def _chance(p: float) -> str:
    return tr("p < 0.001") if p < 0.001 else tr("p {p}", p=number(p, 3 if p < 0.1 else 2))


def _unlike(first: Work, second: Work) -> str:
    return tr(
        "{first} and {second} learned from other digits: no difference is told.",
        first=DESIGNS[first.design].label,
        second=DESIGNS[second.design].label,
    )


def _gain(one: Work, bits: Work, found: Difference) -> str:
    return tr(
        "{one} against {bits}: {points} points on {images} test digits ({p}).",
        one=DESIGNS[one.design].label,
        bits=DESIGNS[bits.design].label,
        points=signed(100 * found.accuracy),
        images=found.images,
        p=_chance(found.p),
    )


def _gain_of_many(many: Work, one: Work, found: Difference) -> str:
    return tr(
        "{many} against one network, with {times} times its parameters: {points} points ({p}).",
        many=DESIGNS[many.design].label,
        times=number(many.network.parameters / one.network.parameters, 1),
        points=signed(100 * found.accuracy),
        p=_chance(found.p),
    )


def _read_out() -> str:
    """Where the gain comes from; several seeds."""
    found = read_out()
    return tr(
        "On {data} {share} of {gap} points lie in the read-out: {one} on the hidden layer of "
        "{bits} reach {swapped}.",
        data=found.data,
        share=percent(found.share, 0),
        gap=number(100 * found.gap, 1),
        one=DESIGNS[ONE_NETWORK].label,
        bits=DESIGNS[BITS].label,
        swapped=percent(found.swapped),
    )


def _larger_networks() -> str:
    """That ten networks win because they are larger."""
    found = sizes()
    return tr(
        "On {data} ten full networks reach {many}, one as large {large}; ten small ones {small}, "
        "one as large {one}.",
        data=found.data,
        many=percent(found.many),
        large=percent(found.as_large),
        small=percent(found.small),
        one=percent(found.one),
    )
