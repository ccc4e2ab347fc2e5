"""What the windows of the tests remember of each other is what each would have been told."""

from dataclasses import replace

import numpy as np

from nnviz.data.digits import Source, bundled_digits
from nnviz.networks.files import load
from nnviz.networks.network import Network
from nnviz.paths import TRAINED
from nnviz.questions.judged import Judge, Judged
from nnviz.questions.question import Subject
from nnviz.training.messages import Answered, Ask, OpenDigits
from tests.in_process import InProcess
from tests.remembering import Remembering, key_of

SHIPPED = load(TRAINED / "four-bits.safetensors")


def asked_of(network: Network, **more: object) -> Judge:
    return Judge(Subject(network, SHIPPED.settings, **more))


def test_only_equal_questions_have_one_answer() -> None:
    digits, network = bundled_digits(), SHIPPED.network
    key = key_of(asked_of(network), digits)
    assert network.finite()  # what is worked out of a network is no part of it
    again = load(TRAINED / "four-bits.safetensors").network
    assert key_of(asked_of(again), digits) == key
    moved = replace(network, output_biases=np.nextafter(network.output_biases, np.float32(9)))
    others = {
        key_of(asked_of(moved), digits),
        key_of(asked_of(network, reading="literal-bits"), digits),
        key_of(asked_of(network), replace(digits)),
    }
    assert len(others - {key}) == 3


def answered(engine: InProcess, *questions: Judge) -> list[Judged]:
    """What an engine tells when it is asked several questions."""
    engine.ask(OpenDigits(Source()))
    told = []
    for number, question in enumerate(questions):
        engine.ask(Ask(number, question))
        while not told or not isinstance(told[-1], Answered) or told[-1].number != number:
            told += engine.heard()
    return [each.result for each in told if isinstance(each, Answered)]


def test_an_answer_is_that_of_the_loop_in_pieces() -> None:
    question = asked_of(SHIPPED.network)
    (plain,) = answered(InProcess(), question)
    first, again = answered(Remembering(), question, question)
    assert first is again
    assert first is answered(Remembering(), question)[0]
    for name, value in vars(plain).items():
        np.testing.assert_array_equal(getattr(first, name), value)
