"""The training process as the window starts it."""

from nnviz.training.engine import TrainingProcess


def test_a_prepared_process_is_the_one_that_is_started_and_the_next_start_makes_another() -> None:
    engine = TrainingProcess()
    try:
        engine.prepare()
        prepared = engine.pid
        assert prepared is not None
        engine.start()
        assert engine.pid == prepared
        engine.start()
        assert engine.pid not in (None, prepared)
    finally:
        engine.stop()
    assert engine.pid is None


def test_a_prepared_process_can_be_stopped_without_having_been_started() -> None:
    engine = TrainingProcess()
    engine.prepare()
    engine.stop()
    assert engine.pid is None
    engine.start()
    assert engine.pid is not None
    engine.stop()
