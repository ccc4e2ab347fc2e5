"""What of the help is made from what a study can be: keys, schemes, and those that come along."""

import ast
import inspect
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields

from nnviz.networks.designs import COSTS
from nnviz.networks.learned_by import DEVICES
from nnviz.study import plan
from nnviz.study.checking import KNOWN_SETS
from nnviz.study.files import find_study, presets
from nnviz.study.plan import Comparison, Learning, SchemeEntry, Study, StudyDigits
from nnviz.study.schemes import SCHEMES
from nnviz.words import plain
from tests.help_figures import table

KINDS = {
    Study: "At the top of the file:",
    StudyDigits: "Under `[digits]`:",
    Learning: "Under `[learning]`, and for one scheme alone under its `learning`:",
    SchemeEntry: "Under each `[[schemes]]`:",
    Comparison: "Under each `[[plan]]`:",
}
"""Class -> where its fields stand in a file"""
VALUES = {
    "data": tuple(KNOWN_SETS),
    "network": plan.NETWORKS,
    "optimiser": plan.OPTIMISERS,
    "matched": plan.MATCHES,
    "cost": tuple(COSTS),
    "scheme": tuple(SCHEMES),
    "trunk": plan.TRUNKS,
    "balance": plan.BALANCES[1:],
    "measure": plan.MEASURES,
    "device": tuple(DEVICES),
}
"""Key -> what it can be, where that is one of a few words"""


def told() -> dict[tuple[str, str], str]:
    """(class, field) -> what is written below it."""
    found = {}
    for node in ast.parse(inspect.getsource(plan)).body:
        if isinstance(node, ast.ClassDef):
            for field, below in zip(node.body, node.body[1:], strict=False):
                words = isinstance(below, ast.Expr) and isinstance(below.value, ast.Constant)
                if isinstance(field, ast.AnnAssign) and words:
                    said = " ".join(str(below.value.value).split())
                    found[node.name, ast.unparse(field.target)] = said
    return found


def keys() -> str:
    said = told()
    parts = []
    for kind, heading in KINDS.items():
        rows = [
            (
                f"`{field.name}`",
                _usual(field.default),
                said[kind.__name__, field.name] + _of(field.name),
            )
            for field in fields(kind)
        ]
        parts += [heading, table(("key", "usually", "what it says"), rows)]
    return "\n\n".join(parts)


def _usual(value: object) -> str:
    if value is MISSING:
        return "must be named"
    if value == () or isinstance(value, StudyDigits | Learning):
        return "–"
    if isinstance(value, bool):
        return "`true`" if value else "`false`"
    if isinstance(value, tuple):
        return f"`[{', '.join(map(plain, value))}]`"
    return f"`{value}`" if value != "" else '`""`'


def _of(key: str) -> str:
    words = VALUES.get(key, ())
    return f": {', '.join(f'`{word}`' for word in words)}" if words else ""


def schemes() -> str:
    rows = [
        (f"`{word}`", each.label, each.help, ", ".join(f"`{trunk}`" for trunk in each.trunks))
        for word, each in SCHEMES.items()
    ]
    return table(("scheme", "name", "what it is", "trunk"), rows)


def studies() -> str:
    rows = []
    for word in presets():
        study = find_study(word)
        rows.append((f"`{word}`", study.name, study.question))
    return table(("word", "study", "what it asks"), rows)


PLANS: Mapping[str, Callable[[], str]] = {
    "study_keys": keys,
    "schemes": schemes,
    "studies_along": studies,
}
"""Name -> the made part, in Markdown."""
