"""What the view *Not a digit* concludes: who says its own number to everything, and who keeps
silent."""

from collections.abc import Mapping
from functools import partial

from nnviz.data.specimens import KINDS, kinds_for, material_of
from nnviz.networks.designs import DESIGNS, ONE_NETWORK, SEPARATE
from nnviz.networks.taught import alike
from nnviz.questions.readers import EVEN, NAIVE
from nnviz.questions.strangeness import JudgeSpecimens, Taken
from nnviz.session.asking import readers_of
from nnviz.session.session import Session
from nnviz.session.state import State
from nnviz.ui.draw.asked_words import HIDDEN
from nnviz.ui.pages.conclusion import Concluded, not_known
from nnviz.words import percent, sentences, tr

ALONE = next(iter(NAIVE))
"""A network of one digit that was shown nothing else."""
KIND = "ten"
"""What the claim was made of: a 1 and a 0 squeezed into one image."""
NOBODY = tr("Over all images: the networks that this is about do not read such digits.")
NO_NETWORKS = tr(
    "Over all images: no network of {design} is compared.", design=DESIGNS[SEPARATE].label
)


def conclude(session: Session, state: State) -> Concluded:
    """By what the table of the view says, which asks all readers."""
    if state.answer_hidden:
        return Concluded(HIDDEN)
    question = partial(JudgeSpecimens, seed=state.strange.seed)
    found = session.inquiries.answers(question, naive=True)
    taken = {name: known.result for name, known in found.items()}
    there = {reader.name for reader in readers_of(state, naive=True)}
    if ALONE not in there or KIND not in kinds_for(material_of(state.digits)):
        return Concluded(NOBODY)
    if SEPARATE not in there:
        return Concluded(NO_NETWORKS)
    if not all(KIND in taken.get(each, {}) for each in (ALONE, SEPARATE)):
        return Concluded(not_known(state))
    works, digits = state.representatives, state.digits
    one = None
    if KIND in taken.get(ONE_NETWORK, {}) and alike(
        works[ONE_NETWORK].taught(digits), works[SEPARATE].taught(digits)
    ):
        one = silent(taken[ONE_NETWORK][KIND])
    return Concluded(sentences(_claim(taken[ALONE]), _silent(silent(taken[SEPARATE][KIND]), one)))


def silent(taken: Taken) -> float:
    """Share of the images at which no output says yes."""
    return float((taken.strongest < EVEN).mean())


def says_it(taken: Mapping[str, Taken]) -> float:
    """Share of all images that are no digits at which some output says yes."""
    strange = [each for kind, each in taken.items() if not KINDS[kind].digit]
    images = sum(len(each.strongest) for each in strange)
    return sum(float((each.strongest > EVEN).sum()) for each in strange) / max(1, images)


def _claim(taken: Mapping[str, Taken]) -> str:
    return tr(
        "“Each says its own number” is true of a network shown one digit only ({share} sixes).",
        share=percent(says_it(taken), 0),
    )


def _silent(many: float, one: float | None) -> str:
    if one is None:
        return tr(
            "Ten that learned to say no are silent at {share} of “10”.", share=percent(many, 0)
        )
    return tr(
        "Ten that learned to say no are silent at {share} of “10”, one network at {one}.",
        share=percent(many, 0),
        one=percent(one, 0),
    )
