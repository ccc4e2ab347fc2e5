"""Finds texts in the code that no translator would see, or could not translate.

Everything is read off the syntax trees of the modules, so nothing is imported. Known are the
parameters that texts are given to: those of Qt and of the command line by name (`SINKS`,
`KEYWORDS`), those of the program's own functions and classes by what they call them (`SHOWN`).
"""

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from string import Formatter

TEMPLATES = {"tr": 1, "tr_n": 2, "tr_later": 1}
"""What takes templates, and how many; the last one takes no fields."""
SINKS = frozenset(
    {
        *("setText", "setToolTip", "setStatusTip", "setWhatsThis", "setPlaceholderText"),
        *("setAccessibleName", "setAccessibleDescription", "setWindowTitle", "setTitle"),
        *("setLabel", "setLabelText", "setInformativeText", "setDetailedText", "setPrefix"),
        *("setSuffix", "setSpecialValueText", "setHtml", "setPlainText", "setMarkdown"),
        *("addAction", "addMenu", "addItem", "addItems", "addTab", "addRow", "addButton"),
        *("setHorizontalHeaderLabels", "setVerticalHeaderLabels", "showMessage", "showText"),
        *("QLabel", "QPushButton", "QToolButton", "QCheckBox", "QRadioButton", "QGroupBox"),
        *("QAction", "QMenu", "QTableWidgetItem", "QListWidgetItem", "QMessageBox"),
        *("print", "echo", "secho", "add_column", "add_row", "drawText"),
    }
)
"""Functions that show what they are given, whatever the argument."""
KEYWORDS = frozenset({"help", "short_help", "epilog", "title", "description", "caption"})
"""Arguments that are shown, of functions that are not the program's own."""
SHOWN = frozenset(
    {
        *("label", "help", "title", "caption", "heading", "headings", "words", "sentence"),
        *("sentences", "says", "said", "in_words", "tooltip", "tip", "hint", "note", "reason"),
        *("explanation", "question", "advice", "placeholder", "accessible", "accessible_name"),
        *("accessible_description", "description", "text", "message", "question", "remark"),
        *("singular", "plural", "unit", "subtitle", "legend", "lines", "meaning", "zero"),
    }
)
"""Parameters and fields of the program's own functions and classes that are shown."""
TYPES = frozenset({"TypeVar", "ParamSpec", "NewType", "cast"})
"""What takes the names of types."""
PROGRAMMERS = frozenset(
    {
        *("AssertionError", "AttributeError", "IndexError", "KeyError", "LookupError"),
        *("NotImplementedError", "RuntimeError", "TypeError", "ValueError"),
    }
)
"""Exceptions that only a programmer meets."""
WORD = re.compile(r"(?<![\w.#-])(?![A-Z]+_)[^\W\d_]{2,}(?![\w-]*[_-])|^[A-Z][a-z]+-[a-z]+")
"""A word that is no part of an identifier."""
STYLE = re.compile(r"\{\s*[\w-]+\s*:")
"""A style sheet."""
TAG = re.compile(r"</?[a-z][^<>]*(>|$)|&\w+;")
PROSE = re.compile(
    r"[^\W\d_]{2,}[,.;:!?)]?\s+[(“]?[^\W_]|[^\W_]\s+[(“]?[^\W\d_]{2,}|^[A-Z][a-z]+(-[a-z]+)*[…?]?$"
)
"""Two words or a word and a number, one of them of two letters or more, or a capital word."""
BESIDE = re.compile(r"^[,;:.)]?\s+\(?[^\W\d_]{2,}|[^\W\d_]{2,}[,;:.]?\s+\(?$")
"""Words beside a field: " digits" after it, "digit " before it."""
GROUPED = re.compile(r"[,%]|\.\d*[fge]$")
"""Formats of numbers that have signs of a language in them."""
LISTS = re.compile(r"^\s*[,;]\s*$|[^\W\d_]{2,}")
"""What stands between the items of a list in a text."""


@dataclass(frozen=True, order=True)
class Found:
    """One text that bypasses the catalogue."""

    file: str
    line: int
    fault: str
    text: str = ""

    def __str__(self) -> str:
        shown = f": {self.text!r}" if self.text else ""
        return f"{self.file}:{self.line}: {self.fault}{shown}"


@dataclass(frozen=True)
class Own:
    """What the program calls its parameters and its errors."""

    parameters: Mapping[str, tuple[tuple[str, ...], ...]]
    """Of each function or class: the names of its parameters, one tuple for each definition"""
    refusals: frozenset[str] = frozenset({"Refusal"})
    templates: frozenset[str] = frozenset({"Refusal"})
    """The refusals that take a template and its fields"""

    def shown(self, name: str) -> set[int]:
        """Places of the arguments that are shown, where all definitions agree."""
        known = self.parameters.get(name, ())
        places = [{at for at, each in enumerate(names) if each in SHOWN} for names in known]
        return set.intersection(*places) if places else set()


def definitions(tree: ast.Module) -> list[ast.FunctionDef | ast.ClassDef]:
    """All functions and classes of a module. Only blocks are entered, which are a small part."""
    found: list[ast.AST] = [tree]
    for node in found:
        for block in ("body", "orelse", "finalbody", "handlers", "cases"):
            found += getattr(node, block, ())
    return [node for node in found if isinstance(node, ast.FunctionDef | ast.ClassDef)]


def own(trees: Iterator[ast.Module] | list[ast.Module]) -> Own:
    """Reads off the definitions of a program."""
    parameters: dict[str, list[tuple[str, ...]]] = {}
    bases: dict[str, set[str]] = {}
    made_by_itself: set[str] = set()
    for node in (node for tree in trees for node in definitions(tree)):
        if isinstance(node, ast.FunctionDef):
            names = [each.arg for each in (*node.args.posonlyargs, *node.args.args)]
            if names[:1] in (["self"], ["cls"]):
                del names[0]
            parameters.setdefault(node.name, []).append(tuple(names))
        else:
            bases[node.name] = {_name(base) for base in node.bases}
            fields = tuple(
                item.target.id
                for item in node.body
                if isinstance(item, ast.AnnAssign) and isinstance(item.target, ast.Name)
            )
            made = next((item for item in node.body if _defines(item, "__init__")), None)
            if isinstance(made, ast.FunctionDef):
                made_by_itself.add(node.name)
                fields = tuple(each.arg for each in made.args.args[1:])
            parameters.setdefault(node.name, []).append(fields)
    refusals = {"Refusal"}
    while more := {name for name, above in bases.items() if above & refusals} - refusals:
        refusals |= more
    return Own(
        {name: tuple(known) for name, known in parameters.items()},
        frozenset(refusals),
        frozenset(refusals - made_by_itself | {"Refusal"}),
    )


def found_in(file: str, tree: ast.Module, known: Own) -> list[Found]:
    """All texts of a module that bypass the catalogue."""
    watch = _Watch(file, known, own([tree]), tree)
    watch.visit(tree)
    return sorted(set(watch.found))


def refusals_below(folder: Path) -> frozenset[str]:
    """The exceptions of the modules in a folder that take a template and its fields."""
    return _all_read(folder)[0].templates


def found_below(folder: Path) -> list[Found]:
    """All texts of the modules in a folder that bypass the catalogue; files by their path in
    the folder that it lies in."""
    return _all_read(folder)[1]


@cache
def _all_read(folder: Path) -> tuple[Own, list[Found]]:
    """Both, in one go: the trees of a program need much memory."""
    files = sorted(folder.rglob("*.py"))
    trees = [ast.parse(file.read_text("utf-8")) for file in files]
    known = own(trees)
    return known, [
        each
        for file, tree in zip(files, trees, strict=True)
        for each in found_in(file.relative_to(folder.parent).as_posix(), tree, known)
    ]


def _name(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _defines(node: ast.AST, name: str) -> bool:
    return isinstance(node, ast.FunctionDef) and node.name == name


def _read(text: str) -> str:
    """What a user reads of a text: no marks of HTML, and nothing of a style sheet."""
    return "" if STYLE.search(text) else TAG.sub("", text)


def _literal(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _is_plural(one: str | None, other: str | None) -> bool:
    """Whether these can be two forms of a word, or its end and nothing."""
    if one is None or other is None or not re.fullmatch(r"[^\W\d_]+", (one + other).strip()):
        return False
    return not (one and other) or one[0] == other[0]


def _shown(node: ast.JoinedStr) -> str:
    """An f-string with {} for its fields."""
    return "".join(_literal(part) or "{}" for part in node.values)


def _literals(node: ast.expr) -> Iterator[ast.Constant]:
    """The texts that a value may be, or consists of."""
    if isinstance(node, ast.Constant):
        if isinstance(node.value, str):
            yield node
    elif isinstance(node, ast.IfExp):
        yield from (*_literals(node.body), *_literals(node.orelse))
    elif isinstance(node, ast.BoolOp | ast.Tuple | ast.List):
        parts = node.values if isinstance(node, ast.BoolOp) else node.elts
        yield from (each for part in parts for each in _literals(part))
    elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        yield from (*_literals(node.left), *_literals(node.right))


@dataclass
class _Watch(ast.NodeVisitor):
    """Walks through a module and notes what is wrong."""

    file: str
    known: Own
    own_here: Own
    """What the module itself defines, which counts before all others of that name."""
    inside: ast.AST
    """The module, or the function that is walked through."""
    found: list[Found] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.module = self.inside

    def note(self, node: ast.AST, fault: str, text: str = "") -> None:
        self.found.append(Found(self.file, getattr(node, "lineno", 0), fault, text))

    # ---- what is no text -------------------------------------------------------------

    def visit_Expr(self, node: ast.Expr) -> None:
        if _literal(node.value) is None:  # else a docstring
            self.visit(node.value)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        if node.value is not None:
            self.visit(node.value)

    def visit_arg(self, node: ast.arg) -> None:
        pass  # an annotation

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        self.visit(node.args)
        around, self.inside = self.inside, node
        for each in (*node.decorator_list, *node.body):
            self.visit(each)
        self.inside = around
        # a typer option stands in an annotation
        for argument in (*node.args.args, *node.args.kwonlyargs):
            if isinstance(argument.annotation, ast.Subscript):
                self._annotated(argument.annotation)

    def visit_Subscript(self, node: ast.Subscript) -> None:
        if _name(node.value) == "Annotated":
            self._annotated(node)
        else:
            self.generic_visit(node)

    def _annotated(self, node: ast.Subscript) -> None:
        if _name(node.value) == "Annotated" and isinstance(node.slice, ast.Tuple):
            for each in node.slice.elts[1:]:
                self.visit(each)

    # ---- texts -----------------------------------------------------------------------

    def visit_Constant(self, node: ast.Constant) -> None:
        if isinstance(node.value, str) and PROSE.search(_read(node.value)):
            self.note(node, "a text outside tr", node.value)

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        shown = _shown(node)
        if any(BESIDE.search(text) or PROSE.search(text) for text in _read(shown).split("{}")):
            self.note(node, "a sentence glued in an f-string", shown)
        for part in node.values:
            if isinstance(part, ast.FormattedValue):
                self.visit(part)

    def visit_FormattedValue(self, node: ast.FormattedValue) -> None:
        if isinstance(node.format_spec, ast.JoinedStr):
            spec = "".join(_literal(part) or "" for part in node.format_spec.values)
            if GROUPED.search(spec):
                self.note(node, "a number with its own signs", spec)
        if any(
            isinstance(each, ast.Call) and _name(each.func) in TEMPLATES
            for each in ast.walk(node.value)
        ):
            # from Python 3.12 on extraction sees no templates there, before it does
            self.note(node, "a template inside an f-string")
        self.visit(node.value)

    def visit_BinOp(self, node: ast.BinOp) -> None:
        sides = [_literal(side) or "" for side in (node.left, node.right)]
        glued = [side for side in sides if BESIDE.search(side)]
        if isinstance(node.op, ast.Add) and glued:
            self.note(node, "a sentence glued with +", glued[0])
        if isinstance(node.op, ast.Mod) and WORD.search(sides[0]):
            self.note(node, "a sentence filled with %", sides[0])
        self.generic_visit(node)

    def visit_IfExp(self, node: ast.IfExp) -> None:
        ones = [part for part in ast.walk(node.test) if isinstance(part, ast.Constant)]
        texts = [_literal(node.body), _literal(node.orelse)]
        if (
            any(one.value == 1 and one.value is not True for one in ones)
            and isinstance(node.test, ast.Compare)
            and _is_plural(*texts)
        ):
            self.note(node, "a plural by hand", " / ".join(text or "" for text in texts))
        self.generic_visit(node)

    # ---- calls -----------------------------------------------------------------------

    def visit_Raise(self, node: ast.Raise) -> None:
        if isinstance(node.exc, ast.Call) and _name(node.exc.func) in PROGRAMMERS:
            return
        self.generic_visit(node)

    def visit_Assert(self, node: ast.Assert) -> None:
        self.visit(node.test)

    def visit_Call(self, node: ast.Call) -> None:
        name = _name(node.func)
        if name in TYPES:
            return
        ready = not node.args or not any(_literals(node.args[0]))
        if name in TEMPLATES or (name in self.known.templates and not ready):
            self._template(node, TEMPLATES.get(name, 1))
            return
        if isinstance(node.func, ast.Attribute):
            self._method(node, node.func)
        for argument in self._shown(node, name):
            for part in _literals(argument):
                text = _read(str(part.value))
                if WORD.search(text) and not PROSE.search(text):
                    self.note(part, "a text outside tr", str(part.value))
            if isinstance(argument, ast.JoinedStr) and WORD.search(_read(_shown(argument))):
                self.note(argument, "a text outside tr", _shown(argument))
        self.generic_visit(node)

    def _shown(self, node: ast.Call, name: str) -> Iterator[ast.expr]:
        """The arguments of a call that a user reads."""
        places = self.own_here.shown(name) or self.known.shown(name)
        if isinstance(node.func, ast.Attribute) and hasattr(dict, name):
            places = set()  # whatever the program calls so, too
        every = name in SINKS or name in self.known.refusals
        for place, argument in enumerate(node.args):
            if every or place in places:
                yield argument
        own_name = name in self.known.parameters
        for keyword in node.keywords:
            if keyword.arg in (SHOWN if own_name else KEYWORDS):
                yield keyword.value

    def _method(self, node: ast.Call, called: ast.Attribute) -> None:
        """Methods of a text: join, format, replace."""
        text = _literal(called.value)
        if text is not None and called.attr == "join" and LISTS.search(text):
            self.note(node, "a list by hand", text)
        if text is not None and called.attr == "format" and WORD.search(text):
            self.note(node, "a text outside tr", text)
        given = [_literal(argument) for argument in node.args]
        if called.attr == "replace" and given == ["%", " %"]:
            self.note(node, "a share by hand")

    def _template(self, node: ast.Call, count: int) -> None:
        """A call of tr or tr_n: whole literal templates, and a value for each field."""
        texts = [_literal(argument) for argument in node.args[:count]]
        given = {keyword.arg for keyword in node.keywords}
        if count == 2:
            given.add("count")
        if len(texts) < count or None in texts:
            self.note(node, "a template that is not one literal")
        else:
            wanted: set[str | None] = set()
            for text in texts:
                wanted |= self._fields(node, text or "")
            handed = [self._keys(each.value) for each in node.keywords if each.arg is None]
            if None in handed:
                self.note(node, "fields whose names cannot be read")
            known = set().union(*(keys or () for keys in handed))
            given -= {None}
            later = _name(node.func) == "tr_later"
            if (
                not later
                and None not in handed
                and (wanted - given - known or given - wanted - {"count"})
            ):
                names = ", ".join(sorted(map(str, (wanted - known) ^ given)))
                self.note(node, "fields of the template and of the call differ", names)
        for keyword in node.keywords:
            self._whole(keyword.value)
            self.visit(keyword.value)
        for argument in node.args[count:]:
            self.visit(argument)

    def _keys(self, node: ast.expr) -> set[str] | None:
        """The names in a mapping that is written down nearby: in a dict, in a variable of the
        function, or by a function of the module."""
        if isinstance(node, ast.Dict):
            for value in node.values:
                self._whole(value)
            found = [
                self._keys(value) if key is None else {_literal(key) or ""}
                for key, value in zip(node.keys, node.values, strict=True)
            ]
        elif isinstance(node, ast.Call) and _name(node.func) == "dict" and not node.args:
            found = [
                self._keys(each.value) if each.arg is None else {each.arg} for each in node.keywords
            ]
        elif isinstance(node, ast.BinOp):
            found = [self._keys(node.left), self._keys(node.right)]
        elif isinstance(node, ast.Call | ast.Name):
            found = self._keys_of(node)
        else:
            found = [None]
        return None if None in found else set().union(*(each or () for each in found))

    def _keys_of(self, node: ast.Call | ast.Name) -> list[set[str] | None]:
        """What a variable was set to, and got besides; what a function returns."""
        if isinstance(node, ast.Call):
            name = _name(node.func)
            made = [each for each in ast.walk(self.module) if _defines(each, name)]
            ends = [part for each in made for part in ast.walk(each)]
            values = [part.value for part in ends if isinstance(part, ast.Return)]
            return [self._keys(each) if each is not None else None for each in values] or [None]
        found: list[set[str] | None] = []
        for part in (*ast.walk(self.inside), *(ast.iter_child_nodes(self.module))):
            targets = part.targets if isinstance(part, ast.Assign) else []
            if isinstance(part, ast.AnnAssign | ast.AugAssign):
                targets = [part.target]
            for target in targets:
                value = part.value  # type: ignore[attr-defined]
                if isinstance(target, ast.Name) and target.id == node.id and value is not None:
                    found.append(self._keys(value))
                if isinstance(target, ast.Subscript) and _name(target.value) == node.id:
                    found.append({_literal(target.slice) or ""})
        return found or [None]

    def _whole(self, value: ast.expr) -> None:
        """Nothing in a field may be a fragment."""
        for part in _literals(value):
            if WORD.search(str(part.value)):
                self.note(part, "a fragment in a field", str(part.value))

    def _fields(self, node: ast.Call, text: str) -> set[str | None]:
        if not text or text != text.strip() or text[0] in ",;.:":
            self.note(node, "a template that is no whole text", text)
        if re.search(r"\w\(s\)", text):
            self.note(node, "a plural by hand", text)
        try:
            fields = [part for part in Formatter().parse(text) if part[1] is not None]
        except ValueError:
            self.note(node, "a template with a broken field", text)
            return set()
        for _, name, spec, conversion in fields:
            if spec or conversion or not str(name).isidentifier():
                self.note(node, "a field that is no plain name", text)
        return {name for _, name, _, _ in fields}
