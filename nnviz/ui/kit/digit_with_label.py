"""The digit on screen with its label and what is said of it, small, beside a sentence."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF

from nnviz.data.arrays import Bytes
from nnviz.data.digits import Shape, ShownDigits
from nnviz.ui.kit.canvas import LEFT, Canvas
from nnviz.ui.kit.picture import Picture, Policy
from nnviz.ui.kit.theme import TEXT, Theme
from nnviz.ui.kit.weight_images import digit_image
from nnviz.verdicts.answers import answer_in_words
from nnviz.words import tr

SIDE, WORDS = 64, 118
"""Of the image, and of the words beside it, on the design grid."""
STILL_TO_COME = "?"
"""In the place of an answer that the steps shown do not lead to yet."""


def still_to_come(digit: str) -> str:
    """That of a digit."""
    return tr("{digit}; what the network says comes with the last step.", digit=digit)


@dataclass(frozen=True)
class LabelledDigit:
    """A digit and what is said of it."""

    pixels: Bytes
    """(inputs,)"""
    shape: Shape
    label: str | None
    """None: a drawing."""
    says: str
    """Nothing while the answer is still to come."""
    right: bool | None
    """None where nobody knows."""


class DigitWithLabel(Picture[LabelledDigit]):
    """For where the column with the digit is hidden; hidden at first."""

    id = "digit-with-label"
    title = tr("The digit on screen")
    tip = tr("The digit on screen, its label, and what the network says.")
    least = (SIDE + WORDS, SIDE)
    policy = (Policy.Fixed, Policy.Fixed)
    keys = False

    def __init__(self, theme: Theme, view: LabelledDigit | None = None, **names: str) -> None:
        super().__init__(theme, view, **names)
        self.hide()

    def show_digit(
        self, pixels: Bytes, digits: ShownDigits, label: int | None, answer: int | None
    ) -> None:
        """Shows pixels (inputs,) with their label (None: a drawing) and what is said of them
        (None: that is still to come)."""
        names = digits.class_names
        known = answer is not None
        says = "" if answer is None else answer_in_words(answer, names)
        self.show_view(
            LabelledDigit(
                pixels,
                digits.shape,
                None if label is None else names[label],
                says,
                answer == label if known and label is not None else None,
            )
        )

    def words(self, view: LabelledDigit) -> str:
        if not view.says:
            what = tr("Your drawing")
            if view.label is not None:
                what = tr("Label {label}", label=view.label)
            return still_to_come(what)
        if view.label is None:
            return tr("Your drawing, says {answer}.", answer=view.says)
        return tr("Label {label}, says {answer}.", label=view.label, answer=view.says)

    def paint(self, canvas: Canvas, view: LabelledDigit) -> None:
        px = self.px
        image = QRectF(1, 1, px(SIDE) - 2, px(SIDE) - 2)
        canvas.image(image, digit_image(view.pixels, self.theme.grey_colours, view.shape))
        drawn, label = tr("your drawing"), view.label
        upper = QRectF(image.right() + px(8), 0, px(WORDS - 8), px(SIDE / 2))
        is_a = drawn if label is None else tr("label {label}", label=label)
        canvas.text(upper, is_a, LEFT, size=TEXT + 2)
        lower = upper.translated(0, upper.height())
        lower.setWidth(lower.width() - px(28))
        canvas.text(
            lower,
            tr("says {answer}", answer=view.says or STILL_TO_COME),
            LEFT,
            size=TEXT + 2,
            bold=True,
        )
        if view.right is not None:
            canvas.mark(QRectF(lower.right(), lower.y(), px(26), lower.height()), view.right)
