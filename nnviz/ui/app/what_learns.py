"""What learns here, as the help about the program says it.

The window imports neither of what learns: versions are read beside the packages.
"""

from nnviz.networks.learned_by import BRINGS, in_words, of_this_machine
from nnviz.session.session import Session
from nnviz.training.table import would_learn
from nnviz.words import commas, tr


def what_learns(session: Session) -> str:
    """Sentences in Markdown: what would learn a run now, what learned the network on screen, and
    which versions are installed."""
    state = session.state
    digits, reason = state.digits, state.no_kernels
    now = would_learn(state.own_settings, digits.classes, digits.ink, kernels=not reason)
    told = [_of_network(in_words(state.work.learned_by))]
    if now.version:  # where it is not installed nothing learns
        begins = tr("A run that begins here now learns with **{engine}**.", engine=now.words)
        told.insert(0, begins)
    if reason:
        told.append(tr("The compiled engine is not used here: {reason}.", reason=reason))
    told.append(_installed())
    return "\n\n".join(told)


def _of_network(learned_by: str) -> str:
    if not learned_by:
        return tr("The network on screen has learned nothing yet.")
    return tr("The network on screen was learned by **{engine}**.", engine=learned_by)


def _installed() -> str:
    """The packages that learn, and which of them is missing."""
    here = [of_this_machine(engine) for engine in BRINGS]
    installed = commas(each.words for each in here if each.version)
    missing = commas(BRINGS[each.engine] for each in here if not each.version)
    if not missing:
        return tr("Installed: {packages}.", packages=installed)
    if not installed:
        return tr("Neither numba nor torch is installed, so nothing can learn.")
    return tr("Installed: {packages}; not {missing}.", packages=installed, missing=missing)
