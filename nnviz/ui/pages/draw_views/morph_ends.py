"""The morph that the state asks for: its ends and its blend."""

from nnviz.questions.morphs import BLENDS, usual_ends
from nnviz.session.state import State

Ends = tuple[int, int]


def ends_of(state: State) -> Ends:
    """Numbers of the test digits at both ends of the morph."""
    usual = usual_ends(state.digits.labels)
    chosen = state.morph.first, state.morph.second
    first, second = (u if c is None else c for u, c in zip(usual, chosen, strict=True))
    return first, second


def blend_of(state: State) -> str:
    """The blend in use: the chosen one where these digits allow it."""
    grey = state.digits.shape[2] == 1
    blend = state.morph.blend
    return blend if grey or not BLENDS[blend].grey else next(iter(BLENDS))
