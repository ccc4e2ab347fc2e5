"""What several pages say of the networks of all designs: who agrees, how sure their difference is,
and where each comes from."""

from collections import Counter
from collections.abc import Mapping
from typing import Protocol

from nnviz.data.catalogue import label_of
from nnviz.data.digits import ShownDigits
from nnviz.session.state import Work
from nnviz.words import clauses, number, tr, tr_n

OTHER_DIGITS = tr("Learned from other digits than the design on screen, and is not counted.")


class Names(Protocol):
    """Who knows the classes."""

    def named(self, answer: int) -> str: ...


def who_agrees(names: Names, answers: Mapping[str, int], several: bool = False) -> str:
    """What designs or their networks are called -> the answer, of one at least, as a sentence about
    a digit without a label; `several`: there are several networks of one design."""
    (answer, agreeing), *others = Counter(answers.values()).most_common()
    said = names.named(answer)
    if len(answers) == 1:
        (name,) = answers
        return tr(
            "{design} says {answer}; no other design has a network yet.",
            design=name,
            answer=said,
        )
    if several and not others:
        return tr("All {count} networks say {answer}.", count=agreeing, answer=said)
    if several:
        return tr_n(
            "{count} of {everyone} networks says {answer}; {others}.",
            "{count} of {everyone} networks say {answer}; {others}.",
            agreeing,
            everyone=len(answers),
            answer=said,
            others=clauses(_others(names, answers, *each) for each in others),
        )
    if not others:
        return tr("All {count} designs say {answer}.", count=agreeing, answer=said)
    return tr_n(
        "{count} of {everyone} designs says {answer}; {others}.",
        "{count} of {everyone} designs say {answer}; {others}.",
        agreeing,
        everyone=len(answers),
        answer=said,
        others=clauses(_others(names, answers, *each) for each in others),
    )


def not_counted(grey: int) -> str:
    """How many designs are left out where others are compared."""
    if not grey:
        return ""
    return tr_n(
        "{count} more learned from other digits.",
        "{count} more learned from other digits.",
        grey,
    )


def p_in_short(p: float) -> str:
    """The p of a difference between networks, beside it: p < 0.001, p 0.012, p 0.34."""
    if p < 0.001:
        return tr("p < 0.001")
    return tr("p {p}", p=number(p, 3 if p < 0.1 else 2))


def _others(names: Names, answers: Mapping[str, int], answer: int, count: int) -> str:
    said = names.named(answer)
    if count > 1:
        return tr("{number} say {answer}", number=count, answer=said)
    who = next(name for name, other in answers.items() if other == answer)
    return tr("{design} says {answer}", design=who, answer=said)


def origin_of(work: Work, digits: ShownDigits, film: bool, altered: bool) -> str:
    """Where a network comes from, in a few words; `film`, `altered`: it is shown as it was at
    a moment of its film, with operations on its neurons."""
    epochs = work.epochs(digits)
    if film:
        count = number(epochs, 2 if epochs < 2 else 1)
        if altered:
            return tr("film, epoch {count}, altered", count=count)
        return tr("film, epoch {count}", count=count)
    if altered:
        return tr("altered")
    if not work.learned:
        return tr("random start")
    if work.opened is None:
        return tr("{title}, epoch {count}", title=work.title, count=number(epochs, 1))
    title = tr("shipped") if work.shipped else work.title
    if work.opened.digits == digits.name:
        return title
    return tr("{title}, {data}", title=title, data=label_of(work.opened.digits))
