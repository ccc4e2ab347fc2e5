"""What the scenes of a lecture ask is asked while the one before stands, and never twice."""

from pathlib import Path

from nnviz.training.messages import Ask, NeverMind
from tests.ui.conftest import Opened, Show

LINES = (
    "page=train image=3",
    "page=elimination view=savings design=elimination",
    "page=votes design=all-pairs",
    "page=detectors view=neuron neuron=3",
    "page=detectors view=beside",
    "page=mistakes view=digit image=9",
    "page=designs view=bit-layer design=bit-layer",
)


def written(folder: Path) -> Path:
    path = folder / "many-questions.md"
    scenes = [f"## Scene {number}\n\n```nnviz\n{line}\n```\n" for number, line in enumerate(LINES)]
    path.write_text("\n".join(scenes), "utf-8")
    return path


def asked(opened: Opened, since: int = 0) -> list[Ask]:
    return [each for each in opened.engine.asked[since:] if isinstance(each, Ask)]


def prepare(opened: Opened) -> None:
    """Lets pass what passes while the speaker talks."""
    ahead, answers = opened.window.parts.player.ahead, opened.session.answers
    while ahead.timer.isActive() or answers.waiting:
        ahead.work()
        opened.window.parts.clock.tick()


def test_no_scene_asks_what_was_not_asked_before_it_came(show: Show, tmp_path: Path) -> None:
    opened = show(trained=True)
    session, player = opened.session, opened.window.parts.player
    before = session.state.answers
    assert player.open(written(tmp_path), full_screen=False)
    waited = []
    for _ in LINES[1:]:
        prepare(opened)
        since = len(opened.engine.asked)
        player.next()
        opened.bot.waitUntil(lambda: opened.window.page.isVisible())
        waited += [each for each in asked(opened, since) if not each.ahead]
    assert [type(each.question).__name__ for each in waited] == []
    questions = [each.question for each in asked(opened) if each.ahead]
    assert len(questions) == len(set(questions)) > 5
    player.leave()
    assert session.state.answers is before


def test_what_a_lecture_asks_ahead_is_not_wanted_once_it_is_left(
    show: Show, tmp_path: Path
) -> None:
    opened = show(trained=True)
    session, player = opened.session, opened.window.parts.player
    player.open(written(tmp_path), full_screen=False)
    while not (session.answers.waiting and asked(opened)[-1].ahead):
        player.ahead.work()
        opened.window.parts.clock.tick()
    last = asked(opened)[-1].question
    player.leave()
    assert [each.place for each in opened.engine.asked if isinstance(each, NeverMind)] == [
        last.place
    ]
    assert not player.ahead.timer.isActive()
    assert not any(
        each.ahead for each in asked(opened, opened.engine.asked.index(asked(opened)[-1]) + 1)
    )
