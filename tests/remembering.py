"""The training loop of many windows in one process: what one has answered, the next only repeats.

Most windows of the tests show the same shipped networks and ask the same of them. An answer takes
two looks at the engine, whether it is remembered or worked out: no test can tell which of two
windows was the first, and none draws a window for every piece of an answer.
"""

import pickle
from collections import OrderedDict
from collections.abc import Generator
from dataclasses import fields
from hashlib import blake2b
from io import BytesIO
from typing import Any
from weakref import WeakKeyDictionary

from nnviz.data.digits import DigitSet
from nnviz.networks.network import Network
from nnviz.questions.piecemeal import at_once
from nnviz.training.loop import TrainingLoop
from nnviz.training.messages import Answered, Ask
from tests.in_process import InProcess

MOST = 400
"""Answers that are remembered."""

ANSWERS: OrderedDict[tuple[bytes, int], tuple[DigitSet, Any]] = OrderedDict()
"""With the digits: as long as they live, no others have their address"""
DIGESTS: WeakKeyDictionary[Network, bytes] = WeakKeyDictionary()


class ByContent(pickle.Pickler):
    """Writes a question down; a network by what is in it, worked out once."""

    def persistent_id(self, obj: Any) -> bytes | None:
        if not isinstance(obj, Network):
            return None
        if obj not in DIGESTS:
            parts = [getattr(obj, field.name) for field in fields(obj)]
            DIGESTS[obj] = blake2b(pickle.dumps(parts)).digest()
        return DIGESTS[obj]


def key_of(question: Any, digits: DigitSet) -> tuple[bytes, int]:
    """Equal for equal questions about the same digits."""
    written = BytesIO()
    ByContent(written).dump(question)
    return blake2b(written.getbuffer()).digest(), id(digits)


class RememberingLoop(TrainingLoop):
    """Works nothing out twice, and nothing in pieces but for one."""

    def _answer(self, asked: Ask, digits: DigitSet) -> Generator[None]:
        yield  # whoever asks waits for a while, as for a process
        key = key_of(asked.question, digits)
        if key not in ANSWERS:
            ANSWERS[key] = digits, at_once(asked.question.work(digits, self._to_do.kept))
        ANSWERS.move_to_end(key)
        if len(ANSWERS) > MOST:
            ANSWERS.popitem(last=False)
        self._tell(Answered(asked.number, ANSWERS[key][1]))


class Remembering(InProcess):
    """An engine that has such a loop."""

    loop = RememberingLoop
