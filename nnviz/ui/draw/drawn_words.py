"""What is written of a drawing: who agrees, what was done to it, and the large answer."""

from collections.abc import Mapping

from nnviz.data.digits import GREY
from nnviz.networks.designs import DESIGNS
from nnviz.ui.draw.big_answer import AnswerView
from nnviz.ui.draw.drawn_answers import Answered, PadSeen
from nnviz.ui.draw.seen_digit import SeenView
from nnviz.ui.pages.agreement import who_agrees


def summary(view: PadSeen, answered: Mapping[str, Answered]) -> str:
    """Who agrees, as a sentence."""
    return who_agrees(view, {name: one.verdict.answer for name, one in answered.items()})


def seen_view(view: PadSeen) -> SeenView:
    """What the networks see of the drawing."""
    pixels, drawing = view.drawn, view.pad.drawing
    if pixels is None:
        return SeenView(None, None, ())
    done = drawing.normalised if view.pad.normalising else None
    if done is None:
        return SeenView(pixels, None, ("the whole pad,", "made smaller"))
    before, after = done.ink, done.placed
    pixel = len(drawing.ink) / GREY[0]
    right = (after.left + after.right) / 2 - (before.left + before.right) / 2 / pixel
    down = (after.top + after.bottom) / 2 - (before.top + before.bottom) / 2 / pixel
    if (before, 1) == (after, pixel):
        return SeenView(pixels, after, ("as it was: no pixel", "has changed"))
    return SeenView(
        pixels,
        after,
        (
            f"{before.width}×{before.height} → {after.width}×{after.height}",
            _moved(right, down),
        ),
    )


def _moved(right: float, down: float) -> str:
    """How far the middle of the ink was moved, in pixels of what the networks see."""
    across, along = round(abs(right)), round(abs(down))
    parts = [
        f"{far} {arrow}"
        for far, arrow in ((across, "→" if right > 0 else "←"), (along, "↓" if down > 0 else "↑"))
        if far
    ]
    return f"moved {' '.join(parts)}" if parts else "not moved"


def answer_view(view: PadSeen, answered: Mapping[str, Answered]) -> AnswerView:
    """What the design on screen says of the drawing."""
    who = DESIGNS[view.design].label
    if view.design not in answered:
        return AnswerView(who)
    verdict = answered[view.design].verdict
    return AnswerView(
        who,
        view.named(verdict.answer),
        verdict.confidence,
        max(0, verdict.answer),
        f"then {view.named(verdict.runner_up)}",
    )
