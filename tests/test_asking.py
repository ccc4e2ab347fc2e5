"""Questions as the session asks them: once, one at a time, and without the training process."""

from collections.abc import Generator
from dataclasses import replace
from functools import partial

import numpy as np
import pytest

from nnviz.data.digits import bundled_digits
from nnviz.questions.accuracy import Measure, judge
from nnviz.questions.comparison import mcnemar
from nnviz.questions.elimination import SurveyDepartures
from nnviz.questions.judged import Judge, Judged
from nnviz.questions.kept_activity import Operate
from nnviz.questions.morphs import FindTurns
from nnviz.questions.neighbours import FindNeighbours
from nnviz.questions.piecemeal import Errands, at_once
from nnviz.questions.question import Question
from nnviz.questions.readers import NAIVE
from nnviz.questions.reliability import SurveyOutputs
from nnviz.questions.strangeness import JudgeSpecimens
from nnviz.session.answers import PAUSE
from nnviz.session.asking import readers_of
from nnviz.session.known import Known
from nnviz.session.session import Session
from nnviz.session.state import State
from nnviz.ui.app.first_session import make_session
from nnviz.verdicts.answers import Options
from tests.in_process import InProcess
from tests.sessions import begun, learned, questions, settled, shown, steps, until

FADE = partial(FindTurns, first=4, second=9, blend="fade")


@pytest.fixture
def session() -> Session:
    """With a trained network on screen and the training process ready."""
    made = make_session(InProcess(), shown())
    made.controls.set(epochs=0)
    made.process.start()
    made.refresh()
    return made


@pytest.fixture
def whole() -> Session:
    """With the networks of all designs."""
    made = begun()
    while made.designs.load_next():
        pass
    return made


def answered(session: Session, *asked: Question) -> None:
    for question in asked:
        until(session, lambda _, question=question: session.answers.get(question) is not None)


def test_a_moment_of_the_film_leaves_what_is_known_of_the_present(session: Session) -> None:
    """Else two who ask about both would ask in turns for ever."""
    session.change(moment=session.state.work.film.moments[0].number)
    assert session.state.past is not None
    now, then = (SurveyOutputs(work.asked()) for work in (session.state.work, session.state.past))
    answered(session, now, then)
    assert session.answers.known(now) is not None


def near(session: Session) -> FindNeighbours:
    return FindNeighbours(session.state.asked(), session.state.pixels.tobytes())


# ---- once, one at a time -------------------------------------------------------------


def test_an_answer_is_known_once_it_has_come(session: Session) -> None:
    question = Judge(session.state.asked())
    assert session.answers.get(question) is None
    until(session, lambda _: session.answers.known(question) is not None)
    known = session.answers.get(question)
    expected = at_once(question.work(session.state.digits, {}))
    np.testing.assert_array_equal(known.result.answers, expected.answers)
    assert (len(questions(session, Judge)), known.run) == (1, session.state.run)


def test_the_same_weights_are_asked_once_whatever_their_run(session: Session) -> None:
    session.designs.load("elimination")
    before = SurveyDepartures(session.state.representatives["elimination"].asked())
    session.designs.choose("elimination")
    shown = SurveyDepartures(session.state.asked())
    assert before.subject.run != shown.subject.run
    answered(session, before)
    assert session.answers.get(shown) is session.answers.known(before)
    assert len(questions(session, SurveyDepartures)) == 1


def test_what_made_way_for_another_run_is_asked_again(session: Session) -> None:
    session.designs.load("one-vs-rest")
    first = SurveyOutputs(session.state.representatives["one-vs-rest"].asked())
    second = SurveyOutputs(session.state.asked())
    session.answers.get(first)
    answered(session, second)
    assert session.answers.known(first) is None
    answered(session, first)
    assert len(questions(session, SurveyOutputs)) == 3


def test_a_run_is_asked_about_once_a_second_and_never_before_the_answer(session: Session) -> None:
    now = [0.0]
    session.answers.clock = lambda: now[0]

    def goes_on() -> None:
        stood = session.state.work.position.steps
        until(session, lambda state: state.work.position.steps > stood)

    def asked() -> int:
        session.neighbours.ask()
        return len(questions(session, FindNeighbours))

    session.runs.run()
    until(session, lambda state: state.running and state.work.position.steps > 0)
    assert asked() == 1
    until(session, lambda _: session.neighbours.found is not None)
    goes_on()
    assert asked() == 1
    now[0] += PAUSE
    assert asked() == 2
    now[0] += PAUSE
    session.process._engine._loop._to_do.clear()  # the answer never comes
    goes_on()
    assert asked() == 2
    session.change(image=3)
    assert asked() == 3


def test_a_run_that_pauses_is_asked_about_at_once() -> None:
    session = begun()
    session.answers.clock = lambda: 0.0
    session.runs.run()
    until(session, lambda state: state.work.position.steps > 3)
    session.judgements.ask()
    until(session, lambda _: session.judgements.of("ten-outputs") is not None)
    session.judgements.ask()
    assert len(questions(session, Judge)) == 1
    session.runs.pause()

    def judged_at_rest(state: State) -> bool:
        session.judgements.ask()
        return settled(state) and judged_on_screen(session).examples == state.work.position.examples

    until(session, judged_at_rest)


def test_two_readings_asked_about_again_and_again_are_both_answered_while_a_run_comes_to_rest(
    session: Session,
) -> None:
    session.runs.run()
    until(session, steps(20))
    session.runs.pause()
    for _ in range(200):  # as a page does that needs both, whenever it draws
        for reading in ("best-match", "summed"):
            session.answers.get(Judge(session.state.work.asked(reading)))
        session.refresh()
    assert settled(session.state)
    for reading in ("best-match", "summed"):
        known = session.answers.known(Judge(session.state.work.asked(reading)))
        assert known is not None
        assert known.about.used_reading == reading
    assert len(questions(session, Judge)) < 10


def test_what_is_looked_at_is_answered_before_the_accuracies_of_all_networks(
    session: Session,
) -> None:
    subject, errands, worked = session.state.asked(), Errands(), []

    def work(name: str) -> Generator[None]:
        for piece in range(2):
            worked.append((name, piece))
            yield

    errands.put_question(Measure(subject), work("measure"))
    errands.work()
    errands.put_question(Judge(subject), work("judge"))
    while errands:
        errands.work()
    assert worked == [("measure", 0), ("judge", 0), ("judge", 1), ("measure", 1)]


def test_what_is_asked_ahead_comes_after_all_that_somebody_waits_for(session: Session) -> None:
    subject, errands, worked = session.state.asked(), Errands(), []

    def work(name: str) -> Generator[None]:
        for piece in range(2):
            worked.append(f"{name} {piece}")
            yield

    errands.put_question(Operate(subject), work("ahead"), ahead=True)
    errands.work()
    assert errands.nobody_waits
    errands.put_question(Measure(subject), work("patient"))
    errands.put_question(Operate(replace(subject, reading="votes")), work("urgent"))
    assert not errands.nobody_waits
    while errands:
        errands.work()
    assert worked == ["ahead 0", "urgent 0", "urgent 1", "patient 0", "patient 1"]


def test_what_was_asked_ahead_is_not_asked_again_by_another_run(session: Session) -> None:
    until(session, lambda _: not session.answers.waiting)
    question = Judge(session.state.asked())
    assert session.answers.ask_ahead(question)
    assert not session.answers.ask_ahead(question)  # one at a time
    same = Judge(replace(session.state.asked(), run=99))
    assert session.answers.get(same) is None
    session.answers.never_mind()  # somebody waits for it by now
    answered(session, same)
    assert len(questions(session, Judge)) == 1
    assert not session.answers.ask_ahead(question)


def test_before_the_training_process_is_there_nobody_is_asked() -> None:
    session = make_session(InProcess(), shown())
    assert session.answers.get(Judge(session.state.asked())) is None
    assert not questions(session, Judge)


def test_a_dead_training_process_is_not_needed(session: Session) -> None:
    session.process._engine.die()
    session.refresh()
    assert session.state.engine == "dead"
    asked = Judge(session.state.asked()), near(session)
    answered(session, *asked)
    digits = bundled_digits()
    judged, found = (session.answers.known(each).result for each in asked)
    expected = at_once(asked[1].work(digits, {}))
    np.testing.assert_array_equal(found.by_pixels.numbers, expected.by_pixels.numbers)
    assert len(judged.answers) == len(digits.test_labels)
    assert not questions(session, (Judge, FindNeighbours))


def test_what_was_on_its_way_when_the_process_died_is_answered_all_the_same(
    session: Session,
) -> None:
    question = Judge(session.state.asked())
    session.answers.get(question)
    session.process._engine.die()
    session.refresh()
    answered(session, question)


def test_a_window_answers_piece_by_piece(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nnviz.session.answers.SLICE", 0.0)
    session.process._engine.die()
    session.refresh()
    asked = near(session)
    session.answers.get(asked)
    frames = 0
    while session.answers.known(asked) is None:
        session.refresh()
        frames += 1
    assert frames > 1


def test_after_a_restart_all_is_asked_again(session: Session) -> None:
    question = Judge(session.state.asked())
    answered(session, question)
    session.process.start()
    until(session, lambda state: state.engine == "ready")
    assert session.answers.known(question) is not None  # it stays on screen meanwhile
    session.answers.get(question)
    assert len(questions(session, Judge)) == 2


# ---- all designs ---------------------------------------------------------------------


def all_judged(session: Session) -> None:
    session.judgements.ask()
    until(session, lambda _: not session.judgements.missing)


def judged_on_screen(session: Session) -> Known[Judged]:
    """The last answer of the network on screen."""
    known = session.state.answers.by_question.values()
    run = session.state.run
    return [each for each in known if isinstance(each.question, Judge) and each.run == run][-1]


def test_all_trained_networks_are_measured_and_compared_with_the_baseline(whole: Session) -> None:
    whole.comparisons.compare()
    assert whole.state.comparison is None
    state = until(whole, lambda state: all(work.measured for work in state.trained.values()))
    assert len(state.trained) == 8
    for work in state.trained.values():
        assert work.measured.accuracy > 0.9
        assert work.judging_seconds > 0
    whole.comparisons.choose_baseline("four-bits")
    told = until(whole, lambda state: state.comparison is not None).comparison
    labels = whole.state.digits.labels
    for name, difference in told.differences.items():
        one, other = (state.trained[each].measured.answers for each in (name, "four-bits"))
        assert difference == mcnemar(one, other, labels)
        low, high = told.intervals[name]
        assert low < np.mean(one == labels) < high


def test_every_representative_is_judged_the_one_on_screen_first(whole: Session) -> None:
    whole.designs.choose("four-bits")
    whole.judgements.ask()
    assert len(whole.judgements.missing) == len(whole.state.representatives) == 8
    assert questions(whole, Judge)[0].subject.run == whole.state.run
    all_judged(whole)
    state = whole.state
    for design, work in state.representatives.items():
        told = whole.judgements.of(design)
        layout = work.layout(10)
        expected = judge(work.network, layout, state.digits.images, work.readings[0])
        np.testing.assert_array_equal(told.answers, expected.classes)


def test_the_same_weights_as_another_run_are_not_judged_again(whole: Session) -> None:
    whole.designs.choose("four-bits")
    all_judged(whole)
    asked = len(questions(whole, Judge))
    whole.designs.choose("one-vs-rest")
    for changes in ({"image": 3}, {"page": "votes"}):
        whole.change(**changes)
        whole.judgements.ask()
        assert whole.judgements.of("one-vs-rest") is not None
    assert len(questions(whole, Judge)) == asked


def test_the_chosen_reading_counts_on_screen_only(whole: Session) -> None:
    whole.designs.choose("four-bits")
    all_judged(whole)
    whole.change(reading="literal-bits")
    assert whole.judgements.of("four-bits") is None
    assert whole.judgements.missing == ("four-bits",)
    all_judged(whole)
    assert judged_on_screen(whole).about.reading == "literal-bits"
    assert (whole.judgements.of("four-bits").answers == -1).any()
    bit_layer = whole.state.representatives["bit-layer"]
    assert whole.answers.known(Judge(bit_layer.asked("literal-bits")))  # its usual one
    asked = len(questions(whole, Judge))
    for reading in ("", "literal-bits"):
        whole.change(reading=reading)
        whole.judgements.ask()
    assert len(questions(whole, Judge)) == asked


def test_a_walk_is_judged_with_its_options(whole: Session) -> None:
    whole.designs.choose("elimination")
    all_judged(whole)
    whole.change(options=Options(drop=5))
    assert whole.judgements.missing == ("elimination",)
    all_judged(whole)
    assert judged_on_screen(whole).about.options == Options(drop=5)


def test_neurons_switched_off_change_what_is_said(whole: Session) -> None:
    whole.designs.choose("four-bits")
    all_judged(whole)
    before = whole.judgements.of("four-bits")
    for neuron in range(5):
        whole.operations.change(0, neuron, off=True)
    all_judged(whole)
    until(whole, lambda _: whole.judgements.of("four-bits") is not before)
    state = whole.state
    expected = judge(state.operated_network, state.layout, state.digits.images, "nearest-code")
    np.testing.assert_array_equal(whole.judgements.of("four-bits").answers, expected.classes)


def test_only_so_many_answers_are_kept(whole: Session) -> None:
    all_judged(whole)
    for drop in range(1, 10):
        for reading in ("walk", "votes"):
            whole.designs.choose("elimination")
            whole.change(reading=reading, options=Options(drop=drop))
            all_judged(whole)
    known = whole.state.answers.by_question
    assert sum(isinstance(each, Judge) for each in known) == Judge.kept


def test_what_is_known_of_a_run_that_is_gone_makes_way_first() -> None:
    session = begun()
    session.controls.new_seed()
    learned(session, "batch")
    gone = Judge(session.state.asked())
    answered(session, gone)
    session.controls.new_seed()
    learned(session, "batch")
    ways = [Options(drop=drop) for drop in range(1, Judge.kept + 1)]
    rest = [Judge(session.state.asked("walk", options)) for options in ways]
    answered(session, *rest[:-1])
    assert session.answers.known(gone) is not None
    answered(session, rest[-1])
    assert session.answers.known(gone) is None
    assert all(map(session.answers.known, rest))


def test_what_untrained_networks_say_is_not_asked() -> None:
    session = begun()
    session.judgements.ask()
    assert not questions(session, Judge)
    assert not session.judgements.missing


# ---- neighbours ----------------------------------------------------------------------


def test_neighbours_belong_to_the_digit_on_screen_and_are_kept(session: Session) -> None:
    for image in (0, 35):
        session.change(image=image)
        assert session.neighbours.found is None
        session.neighbours.ask()
        until(session, lambda _: session.neighbours.found is not None)
    told = session.neighbours.found
    expected = at_once(questions(session, FindNeighbours)[-1].work(bundled_digits(), {}))
    for space in ("by_pixels", "by_activity"):
        found, wanted = getattr(told, space), getattr(expected, space)
        np.testing.assert_array_equal(found.numbers, wanted.numbers)
    session.change(image=0)
    session.change(image=35)
    session.neighbours.ask()
    assert session.neighbours.found is told
    assert len(questions(session, FindNeighbours)) == 2


def test_neurons_that_are_shifted_make_other_neighbours(session: Session) -> None:
    session.neighbours.ask()
    until(session, lambda _: session.neighbours.found is not None)
    first = session.neighbours.found.by_pixels.numbers
    for neuron in range(10):
        session.operations.change(0, neuron, shift=10.0)
    session.neighbours.ask()
    _, asked = questions(session, FindNeighbours)
    until(session, lambda _: session.answers.known(asked) is not None)
    biases = session.state.operated_network.hidden_biases
    np.testing.assert_array_equal(asked.subject.altered.hidden_biases, biases)
    np.testing.assert_array_equal(session.neighbours.found.by_pixels.numbers, first)


# ---- all readers ---------------------------------------------------------------------


@pytest.fixture
def reading() -> Session:
    """With two networks that come with the program; the first of ten outputs is random."""
    made = begun()
    for _ in range(2):
        made.designs.load_next()
    return made


def readers_asked(session: Session) -> list[str]:
    """Names of the readers that have been asked, in their order."""
    return [each.subject.name for each in questions(session, (FindTurns, JudgeSpecimens))]


def settle(session: Session) -> None:
    for _ in range(2000):
        session.refresh()


def test_each_reader_is_asked_once_and_the_naive_when_they_are_wanted(reading: Session) -> None:
    for _ in range(3):
        reading.inquiries.ask(FADE)
    assert readers_asked(reading) == ["four-bits"]
    assert not reading.inquiries.answers(FADE)
    settle(reading)
    assert list(reading.inquiries.answers(FADE)) == ["four-bits"]
    for _ in range(2):
        reading.inquiries.ask(FADE, naive=True)
        settle(reading)
    names = [reader.name for reader in readers_of(reading.state, naive=True)]
    assert readers_asked(reading) == ["four-bits", *NAIVE] == names
    assert list(reading.inquiries.answers(FADE, naive=True)) == names
    assert [reader.name for reader in readers_of(reading.state)] == ["four-bits"]


def test_another_question_is_asked_and_the_old_answer_stays_known(reading: Session) -> None:
    other = partial(FindTurns, first=3, second=5, blend="fade")
    for question, first in ((FADE, 4), (other, 3)):
        reading.inquiries.ask(question)
        settle(reading)
        pairs = reading.inquiries.answers(question)["four-bits"].result.pairs
        assert set(reading.state.digits.labels[pairs[:, 0]]) == {first}
    reading.inquiries.ask(FADE)
    assert len(readers_asked(reading)) == 2


def test_another_reading_is_another_reader(reading: Session) -> None:
    reading.designs.choose("four-bits")
    for chosen in ("", "literal-bits"):
        reading.change(reading=chosen)
        reading.inquiries.ask(FADE)
    asked = [each.subject for each in questions(reading, FindTurns)]
    used = [each.used_reading for each in asked if each.name == "four-bits"]
    assert used == ["nearest-code", "literal-bits"]


def test_who_learns_is_asked_again_when_it_pauses(reading: Session) -> None:
    learned(reading, "batch")
    reading.inquiries.ask(FADE)
    settle(reading)
    before = readers_asked(reading)
    reading.runs.run()
    for _ in range(200):
        reading.refresh()
        reading.inquiries.ask(FADE)
    assert reading.state.running
    assert readers_asked(reading) == before
    assert "ten-outputs" in reading.inquiries.answers(FADE)  # what it said before still stands
    reading.runs.pause()
    until(reading, settled)
    reading.inquiries.ask(FADE)
    assert readers_asked(reading) == [*before, "ten-outputs"]
