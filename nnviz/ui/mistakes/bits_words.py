"""The sentences of the Mistakes page about bits apart."""

from collections.abc import Sequence

from nnviz.words import listed, number, percent, tr, tr_later, tr_n

BITS_APART = (
    tr("Bits apart"),
    tr("How many bits lie between what a digit is and what it is read as?"),
)
UPPER = tr("Upper design"), tr("The design whose mistakes the upper bars count.")
LOWER = tr("Lower design"), tr("The design whose mistakes the lower bars count.")
BARS = tr("Mistakes by bits apart")
BARS_TIP = tr(
    "How many mistakes are one, two, ... bits apart: digits are written as binary numbers, 3 as "
    "0011 and 1 as 0001, which is one bit apart. The dashed line is where a bar would end if all "
    "mistakes were spread evenly over all pairs of digits. Click a bar to list its digits."
)
BAGS = tr("Which digits have each bit")
BAGS_TIP = tr("The digits whose binary number has the bit: what its output must say yes to.")
BIT, BIT_BY_PLACE = tr_later("bit {bit}"), tr_later("bit {bit} of the code")
HAVE_BIT = tr_later("{bit}: {digits}")
SENTENCE_TIP = tr("Mistakes that one wrong bit makes, of all mistakes.")
LEGEND = tr("as evenly spread mistakes would be")
HIDDEN_COUNTS = tr("The counts are hidden until the answer is shown.")
NO_SECOND = tr("There is only one network that learned from these digits.")


def row_title(design: str, mistakes: int) -> str:
    """Whose mistakes a row of bars counts, and how many they are."""
    return tr_n("{design}: {count} mistake", "{design}: {count} mistakes", mistakes, design=design)


def apart_in_words(bits: int) -> str:
    """Below a bar."""
    return tr_n("{count} bit apart", "{count} bits apart", bits)


def bar_told(design: str, bits: int, count: int) -> str:
    """A bar as it is read out."""
    return tr_n(
        "{design}: {count} mistake, {apart}.",
        "{design}: {count} mistakes, {apart}.",
        count,
        design=design,
        apart=apart_in_words(bits),
    )


def one_bit_of(design: str, one: int, mistakes: int) -> str:
    """Which part of its mistakes one bit makes."""
    if not mistakes:
        return tr("{design} makes no mistake.", design=design)
    return tr(
        "{design}: {one} of {mistakes} mistakes are one bit apart ({share}).",
        design=design,
        one=one,
        mistakes=mistakes,
        share=percent(one / mistakes, 0),
    )


def chance_told(share: float) -> str:
    """How many pairs of digits are one bit apart."""
    return tr("Of all pairs of digits {share} are.", share=percent(share, 0))


def rejected_told(design: str, count: int) -> str:
    """That answers which are no digit are not counted."""
    if not count:
        return ""
    return tr_n(
        "{count} answer of {design} is no digit and not counted.",
        "{count} answers of {design} are no digit and not counted.",
        count,
        design=design,
    )


def listed_in_words(design: str, bits: int, count: int) -> str:
    """How many digits a bar lists."""
    return tr_n(
        "{design}: {count} digit {apart}",
        "{design}: {count} digits {apart}",
        count,
        design=design,
        apart=apart_in_words(bits),
    )


def bag_told(bit: str, names: Sequence[str]) -> str:
    """Which digits have a bit, as it is read out."""
    return HAVE_BIT.format(bit=bit, digits=listed(names) or number(0))
