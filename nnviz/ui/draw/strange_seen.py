"""The rows of the table of strange images, worked out from the state."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from nnviz.data.arrays import Bytes
from nnviz.data.digits import ShownDigits
from nnviz.data.specimens import KINDS, SpecimenChoice, kinds_for, material_of
from nnviz.questions.readers import NAIVE, SURE, Reader, Said, said_by
from nnviz.questions.strangeness import MEASURES, Taken
from nnviz.session.known import Known
from nnviz.session.state import State
from nnviz.ui.draw.strange_table import StrangeCell, StrangeRow
from nnviz.ui.draw.strange_words import DIGITS
from nnviz.ui.pages.page import MOVING


@dataclass(frozen=True)
class StrangeSeen:
    """All that the view shows of a state."""

    running: bool
    engine: str
    design: str
    digits: ShownDigits
    strange: SpecimenChoice
    kind: str
    drawing: Bytes | None
    """Pixels (inputs,) of what is on the pad."""
    found: Mapping[str, Known[Mapping[str, Taken]]]
    """Reader -> how it takes a thousand images of each kind, as far as known."""
    readers: tuple[Reader, ...] = field(metadata=MOVING)

    @property
    def drawn(self) -> bool:
        """Whether the drawing is on screen."""
        return self.strange.drawn and self.drawing is not None


@dataclass(frozen=True, eq=False)
class Answer:
    """What a reader says of one image."""

    image: Bytes
    reader: Reader
    said: Said


def answers_to(
    image: Bytes, readers: Sequence[Reader], known: Mapping[str, Answer]
) -> dict[str, Answer]:
    """Reader -> what it says of an image (inputs,); what is still true of `known` is kept."""
    found = {}
    for reader in readers:
        before = known.get(reader.name)
        if before is None or before.reader != reader or not np.array_equal(before.image, image):
            before = Answer(image, reader, said_by(reader, image[None]))
        found[reader.name] = before
    return found


def strange_rows(
    view: StrangeSeen,
    said: Mapping[str, Said],
    taken: Mapping[str, Mapping[str, Taken]],
) -> list[StrangeRow]:
    """A row for each reader: what it says of the image on screen, and how it takes all kinds."""
    kinds, measure = kinds_for(material_of(view.digits)), view.strange.measure
    first_naive = next((reader.name for reader in view.readers if reader.name in NAIVE), "")
    a_digit = KINDS[view.kind].digit or view.drawn
    rows = []
    for reader in view.readers:
        one, all_kinds = said[reader.name], taken.get(reader.name)
        strongest = float(one.strongest[0])
        knows_all = reader.only is None and reader.class_names == view.digits.class_names
        rows.append(
            StrangeRow(
                reader.name,
                reader.label,
                reader.named(int(one.answers[0])),
                f"{strongest:.2f}",
                strongest > SURE and not a_digit,
                tuple(_cell(measure, name, all_kinds, knows_all) for name in kinds),
                reader.name == view.design,
                reader.name == first_naive,
            )
        )
    return rows


def kind_of(state: State) -> str:
    """The kind on screen: the chosen one, if it can be made beside these digits."""
    kinds = kinds_for(material_of(state.digits))
    return state.strange.kind if state.strange.kind in kinds else next(iter(kinds))


def _cell(
    measure: str, kind: str, taken: Mapping[str, Taken] | None, knows_all: bool
) -> StrangeCell | None:
    """`knows_all`: to who knows some classes only, most digits are as strange as the rest."""
    if taken is None or kind not in taken:
        return None
    if measure == "auroc" and kind == DIGITS:
        return StrangeCell("–", 0, True)
    value = MEASURES[measure].of(taken[kind], taken[DIGITS])
    words, amount = f"{100 * value:.0f}", value
    if measure == "auroc":
        amount = 2 * value - 1
    elif KINDS[kind].count == 1:
        words = "yes" if value else "no"
    return StrangeCell(words, amount, MEASURES[measure].bad == (KINDS[kind].digit and knows_all))
