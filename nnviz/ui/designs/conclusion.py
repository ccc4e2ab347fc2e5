"""What the Designs page concludes: what ten outputs gain over bits and where, and whether many
networks are better than one as large."""

from nnviz.data.digits import ShownDigits
from nnviz.networks.designs import BITS, DESIGNS, ONE_NETWORK
from nnviz.questions.comparison import Difference, Said, difference
from nnviz.questions.detectors.templates import MeasureTemplates, TemplateShapes
from nnviz.questions.lessons import read_out, sizes
from nnviz.session.session import Session
from nnviz.session.state import State, Work
from nnviz.ui.pages.against_one import no_base
from nnviz.ui.pages.agreement import p_in_short
from nnviz.ui.pages.conclusion import RANDOM_START, Concluded, answer_to, not_known
from nnviz.verdicts.work_per_answer import usual_passes
from nnviz.words import number, percent, sentences, signed, tr

WITH_THE_ANSWER = tr("Over all test digits: told with the answer.")


def conclude(session: Session, state: State) -> Concluded:
    """Where the design on screen is of many networks or heads, about these; else about bits, and
    where these are on screen about what the most significant one looks for."""
    if state.answer_hidden:
        return Concluded(WITH_THE_ANSWER)
    works = state.representatives
    own, one = works[state.design], works.get(ONE_NETWORK)
    many = usual_passes(own.network, own.judged_by, own.layout(state.digits.classes)).heads > 1
    first, second = (own, one) if many else (one, _of_bits(state))
    if not own.learned:
        return Concluded(RANDOM_START)
    if first is None or second is None:
        missing = ONE_NETWORK if many or first is None else BITS
        awaited = session.designs.may_come(missing)
        return Concluded(not_known(state) if awaited else no_base(missing))
    if not (first.learned and second.learned):
        return Concluded(RANDOM_START)
    wanted = (MeasureTemplates(own.asked()),) if own.design == BITS else ()
    shapes = answer_to(session, wanted[0]) if wanted else None
    known = _larger_networks() if many else _read_out()
    if shapes is not None:
        known = _most_significant(shapes)
    answers = _said(first, state.digits), _said(second, state.digits)
    if answers[0] is None or answers[1] is None:
        return Concluded(not_known(state), wanted)
    found = difference(answers[0], answers[1], state.digits.labels)
    if found is None:
        return Concluded(sentences(_unlike(first, second), known), wanted)
    own_words = _gain_of_many if many else _gain
    return Concluded(sentences(own_words(first, second, found), known), wanted)


def _of_bits(state: State) -> Work | None:
    shown = state.representatives[state.design]
    has_bits = shown.layout(state.digits.classes).has_bits
    return shown if has_bits else state.representatives.get(BITS)


def _said(work: Work, digits: ShownDigits) -> Said | None:
    measured = work.measured
    if measured is None or measured.answers is None:
        return None
    if len(measured.answers) != len(digits.labels):
        return None
    return Said(measured.answers, work.taught(digits))


# ---- in words ------------------------------------------------------------------------


def _unlike(first: Work, second: Work) -> str:
    return tr(
        "{first} and {second} learned from different digits: no difference is told.",
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
        p=p_in_short(found.p),
    )


def _gain_of_many(many: Work, one: Work, found: Difference) -> str:
    return tr(
        "{many} against one network, with {times} times its parameters: {points} points ({p}).",
        many=DESIGNS[many.design].label,
        times=number(many.network.parameters / one.network.parameters, 1),
        points=signed(100 * found.accuracy),
        p=p_in_short(found.p),
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


def _most_significant(found: TemplateShapes) -> str:
    """Whether the first bit looks for a shape."""
    fields = {"own": percent(found.fit[0], 0), "chance": percent(found.null[0], 0)}
    if found.has_shape(0):
        return tr(
            "Its most significant bit has a shape: a bar explains {own} of what it looks for, "
            "{chance} by chance.",
            **fields,
        )
    return tr(
        "Its most significant bit has no shape: a bar explains {own} of what it looks for, "
        "{chance} by chance.",
        **fields,
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
