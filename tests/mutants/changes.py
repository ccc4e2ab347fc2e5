"""Small changes to a module's text, each of which a good test would notice."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

COMPARISONS = {
    ast.Lt: ("<", "<="),
    ast.LtE: ("<=", "<"),
    ast.Gt: (">", ">="),
    ast.GtE: (">=", ">"),
    ast.Eq: ("==", "!="),
    ast.NotEq: ("!=", "=="),
    ast.In: ("in", "not in"),
    ast.NotIn: ("not in", "in"),
    ast.Is: ("is", "is not"),
    ast.IsNot: ("is not", "is"),
}
ARITHMETIC = {
    ast.Add: ("+", "-"),
    ast.Sub: ("-", "+"),
    ast.Mult: ("*", "/"),
    ast.Div: ("/", "*"),
    ast.FloorDiv: ("//", "/"),
    ast.Mod: ("%", "//"),
    ast.Pow: ("**", "*"),
}
SWAPS = {"any": "all", "min": "max", "argmin": "argmax", "floor": "ceil"}
SWAPS |= {other: one for one, other in SWAPS.items()}


@dataclass(frozen=True)
class Change:
    """A stretch of one line of a module, and what it becomes."""

    scope: str
    """Names of the classes and functions around it, with dots; "" at the top of the module"""
    row: int
    """Counted from 0"""
    start: int
    end: int
    new: str
    part: tuple[int, int]
    """Columns of the smallest expression or statement that gives the change its meaning"""
    kind: str


def changes(text: str) -> list[Change]:
    """All changes that this program knows to the text of a module."""
    tree = ast.parse(text)
    lines = text.splitlines()
    found = []
    for node, scope, around in _executed(tree, "", None):
        line = lines[node.lineno - 1]
        if not line.isascii():  # columns of ast count bytes
            continue
        conditions = _turned(node, line) if _is_condition(node, around) else ()
        for start, end, new, kind in (*_changed(node, line), *conditions):
            whole = around if isinstance(node, ast.Constant) and _on_a_line(around) else node
            part = (whole.col_offset, whole.end_col_offset)
            found.append(Change(scope, node.lineno - 1, start, end, new, part, kind))
    return found


def scopes(text: str) -> list[str]:
    """For each line of a module, the names of the innermost class or function around it."""
    names = [""] * len(text.splitlines())

    def name(node: ast.AST, scope: str) -> None:
        for child in ast.iter_child_nodes(node):
            inner = scope
            if isinstance(child, ast.ClassDef | ast.FunctionDef):
                inner = f"{scope}.{child.name}".lstrip(".")
                names[child.lineno - 1 : child.end_lineno] = [inner] * (
                    child.end_lineno - child.lineno + 1
                )
            name(child, inner)

    name(ast.parse(text), "")
    return names


def _executed(
    node: ast.AST, scope: str, around: ast.AST | None
) -> Iterator[tuple[ast.AST, str, ast.AST | None]]:
    """Nodes that are run, with their scope and the node around them: no annotations, no
    decorators, no words of a complaint."""
    if isinstance(node, ast.Raise | ast.Assert | ast.JoinedStr | ast.Import | ast.ImportFrom):
        return
    if _on_a_line(node):
        yield node, scope, around
    if isinstance(node, ast.ClassDef | ast.FunctionDef):
        inner = f"{scope}.{node.name}".lstrip(".")
        for child in node.body if isinstance(node, ast.ClassDef) else (node.args, *node.body):
            yield from _executed(child, inner, node)
        return
    for name, value in ast.iter_fields(node):
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and name != "annotation":
                yield from _executed(child, scope, node)


def _on_a_line(node: ast.AST | None) -> bool:
    return hasattr(node, "lineno") and node.lineno == node.end_lineno


def _changed(node: ast.AST, line: str) -> Iterator[tuple[int, int, str, str]]:
    """Start, end, new text and kind of each change of a node that lies on one line."""
    start, end = node.col_offset, node.end_col_offset
    match node:
        case ast.Compare() | ast.BinOp() | ast.BoolOp():
            yield from _other_operator(node, line)
        case ast.UnaryOp(op=ast.Not()):
            yield start, node.operand.col_offset, "", "not"
        case ast.Constant(value=bool()):
            yield start, end, str(not node.value), "constant"
        case ast.Constant(value=int() | float()):
            for by in (1, -1):
                yield start, end, repr(node.value + by), "constant"
        case ast.Return(value=ast.expr()):
            yield start, end, "return None", "return"
        case ast.Expr(value=ast.Call()):
            yield start, end, "pass", "call"
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)) if name in SWAPS:
            after = node.func.end_col_offset
            yield after - len(name), after, SWAPS[name], "other function"


def _other_operator(
    node: ast.Compare | ast.BinOp | ast.BoolOp, line: str
) -> Iterator[tuple[int, int, str, str]]:
    match node:
        case ast.Compare():
            for sides, operator in zip(
                pairwise([node.left, *node.comparators]), node.ops, strict=True
            ):
                yield from _between(line, *sides, *COMPARISONS[type(operator)], "comparison")
        case ast.BinOp() if type(node.op) in ARITHMETIC:
            words = ARITHMETIC[type(node.op)]
            yield from _between(line, node.left, node.right, *words, "arithmetic")
        case ast.BoolOp():
            words = ("and", "or") if isinstance(node.op, ast.And) else ("or", "and")
            for sides in pairwise(node.values):
                yield from _between(line, *sides, *words, "and, or")


def _between(
    line: str, left: ast.expr, right: ast.expr, old: str, new: str, kind: str
) -> Iterator[tuple[int, int, str, str]]:
    after = left.end_col_offset
    found = re.search(re.escape(old), line[after : right.col_offset])
    if left.end_lineno == right.lineno and found:
        yield after + found.start(), after + found.end(), new, kind


def _is_condition(node: ast.AST, around: ast.AST | None) -> bool:
    match around:
        case ast.If(test=test) | ast.IfExp(test=test):
            return node is test
        case ast.comprehension(ifs=tests):
            return node in tests
    return False


def _turned(test: ast.AST, line: str) -> Iterator[tuple[int, int, str, str]]:
    start, end = test.col_offset, test.end_col_offset
    yield start, end, f"not ({line[start:end]})", "condition"
