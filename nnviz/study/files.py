"""A study as a file: TOML, every key a field of the dataclasses of `plan`.

Read by Python's own parser, which knows TOML 1.0 alone; written by tomlkit, which Python has none
for.
"""

import dataclasses
import json
import re
import tomllib
import types
from collections.abc import Mapping
from functools import cache, lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

from nnviz.errors import reason_in_words
from nnviz.paths import RESOURCES
from nnviz.study.checking import StudyError, check, class_names_of, nearest
from nnviz.study.plan import Comparison, Learning, SchemeEntry, Study
from nnviz.study.schemes import code_of, members_of, reading_of, scheme_of
from nnviz.words import commas, sentences, tr

FOLDER = RESOURCES / "studies"
LONGEST = 1_000_000
"""Bytes of a file of a study; a real one has some thousand."""
SHOWN = 40
"""Letters of a wrong value that a sentence shows"""
WHOLE = 2**63
"""TOML's whole numbers are smaller."""
CONDITIONS = frozenset({"share", "shares", "count", "counts", "condition", "fraction"})
"""Keys with which somebody may want to compare shares"""
FIGURES = re.compile(r"[0-9]+")
ORDER = (
    *("the-blog", "the-blog-matched", "transfer-or-scratch", "imbalance", "heads"),
    *("few-examples", "ten-or-four", "equal-parameters", "one-or-ten", "hidden-neurons"),
    "naive-child",
)
"""Of the studies that come along; any others follow"""


# ---- reading -------------------------------------------------------------------------


def study_from(text: str | bytes, name: str = "") -> Study:
    """The study that a file holds, checked; `name` is that of the file, for its mistakes.

    Raises StudyError.
    """
    try:
        return _checked(text)
    except StudyError as error:
        if not name:
            raise
        raise StudyError("{file}: {sentence}", file=name, sentence=str(error)) from error


@lru_cache(maxsize=32)
def _checked(text: str | bytes) -> Study:
    """Kept, since those that come along are asked for again and again. Raises StudyError."""
    study = _Reader().study(_parsed(text))
    check(study)
    return study


def load_study(path: Path) -> Study:
    """The study of a file. Raises StudyError."""
    try:
        with path.open("rb") as file:
            content = file.read(LONGEST + 1)
    except OSError as error:
        reason = reason_in_words(error)
        raise StudyError("{path} cannot be read: {reason}.", path=path, reason=reason) from error
    if len(content) > LONGEST:
        raise StudyError("{path} is too large for the file of a study.", path=path)
    return study_from(content, path.name)


@cache
def presets() -> Mapping[str, Path]:
    """The studies that come along: word -> file."""
    found = {path.stem: path for path in sorted(FOLDER.glob("*.toml"))}
    first = {word: found[word] for word in ORDER if word in found}
    return types.MappingProxyType(first | found)


def find_study(word: str) -> Study:
    """The preset of a word, or the study of the file that it names. Raises StudyError."""
    if word in presets():
        return load_study(presets()[word])
    if not Path(word).exists():
        raise StudyError(
            sentences(
                tr(
                    "{word} is no file and none of the studies that come along: {presets}.",
                    word=word,
                    presets=commas(presets()),
                ),
                nearest(word, presets()),
            )
        )
    return load_study(Path(word))


def _parsed(text: str | bytes) -> Mapping[str, Any]:
    try:
        decoded = text if isinstance(text, str) else text.decode()
        return tomllib.loads(decoded)
    except UnicodeDecodeError as error:
        raise StudyError("This is no text in UTF-8.") from error
    except RecursionError as error:
        raise StudyError("This is no TOML: too many brackets inside one another.") from error
    except tomllib.TOMLDecodeError as error:
        reason, _, place = str(error).rpartition(" (")  # Line 3, column 5, or the end
        line = FIGURES.search(place)
        raise StudyError(
            "Line {line} is no TOML: {reason}.",
            line=line[0] if line else str(1 + decoded.count("\n")),
            reason=reason,
        ) from error
    except ValueError as error:  # of numbers of thousands of figures
        raise StudyError("This is no TOML: {reason}.", reason=_cut(str(error))) from error


class _Reader:
    """From tables and values to dataclasses; `where` is a key with dots, "" for the whole."""

    def study(self, table: Mapping[str, Any]) -> Study:
        found: Study = self.record(Study, table, "")
        return found

    def record(self, kind: type[Any], table: object, where: str) -> Any:
        if not isinstance(table, dict):
            raise StudyError("{key} must be a table.", key=where)
        known = get_type_hints(kind)
        given = {}
        for key, value in table.items():
            if key not in known:
                raise StudyError(_unknown(_inside(where, key), key, known))
            given[key] = self.found(known[key], value, _inside(where, key), kind)
        for field in dataclasses.fields(kind):
            bare = field.default is field.default_factory is dataclasses.MISSING
            if bare and field.name not in given:
                raise StudyError("{key} is missing.", key=_inside(where, field.name))
        return kind(**given)

    def found(self, wanted: Any, value: object, where: str, kind: type[Any]) -> Any:
        if kind is SchemeEntry and wanted == tuple[tuple[str, Any], ...]:
            return self.changes(value, where)
        if get_origin(wanted) is tuple:
            return self.several(get_args(wanted)[0], value, where, kind)
        if isinstance(wanted, type) and dataclasses.is_dataclass(wanted):
            return self.record(wanted, value, where)
        return _single(wanted, value, where)

    def several(self, wanted: Any, values: object, where: str, kind: type[Any]) -> tuple[Any, ...]:
        if not isinstance(values, list):
            raise StudyError("{key} must be a list.", key=where)
        found = enumerate(values, 1)
        return tuple(self.found(wanted, each, f"{where}.{place}", kind) for place, each in found)

    def changes(self, table: object, where: str) -> tuple[tuple[str, Any], ...]:
        """What a scheme learns otherwise: (field of Learning, value), sorted."""
        learning = self.record(Learning, table, where)
        assert isinstance(table, dict)
        return tuple((name, getattr(learning, name)) for name in sorted(table))


def _inside(where: str, key: str) -> str:
    return f"{where}.{key}" if where else key


def _unknown(where: str, key: str, known: Mapping[str, Any]) -> str:
    if known.keys() == get_type_hints(Comparison).keys() and key in CONDITIONS:
        return tr(
            "{key} is no key: two schemes are compared under each condition of the study, never "
            "two shares with each other.",
            key=where,
        )
    said = tr("{key} is no key; there are {known}.", key=where, known=commas(known))
    return sentences(said, nearest(key, known))


def _single(wanted: type, value: object, where: str) -> Any:
    if wanted is float and type(value) is int and abs(value) < WHOLE:
        return float(value)
    whole = not isinstance(value, int) or abs(value) < WHOLE
    if type(value) is wanted and whole and (not isinstance(value, float) or abs(value) < WHOLE):
        return value
    fields = {"key": where, "value": _shown(value)}
    if wanted is bool:
        raise StudyError("{key} must be true or false, not {value}.", **fields)
    if wanted is int:
        raise StudyError("{key} must be a whole number, not {value}.", **fields)
    if wanted is float:
        raise StudyError("{key} must be a number, not {value}.", **fields)
    raise StudyError("{key} must be a text in quotation marks, not {value}.", **fields)


def _shown(value: object) -> str:
    """A wrong value, as far as there is room for it."""
    if isinstance(value, int) and abs(value) >= WHOLE:
        return tr("so large a number")  # Python writes no number of thousands of figures
    if isinstance(value, str):
        return _cut(repr(value))  # in quotation marks: 30 is no '30'
    return _cut(str(value).lower() if isinstance(value, bool) else str(value))


def _cut(said: str) -> str:
    return said if len(said) <= SHOWN else f"{said[:SHOWN]}…"


# ---- writing -------------------------------------------------------------------------


def toml_of(study: Study) -> str:
    """The file of a study: what differs from the usual; read back it is equal."""
    # takes long to import, and only who saves a study needs it
    import tomlkit

    document = tomlkit.document()
    for key, value in _table_of(study).items():
        document.add(key, tomlkit.item(value))
    return tomlkit.dumps(document)


def _table_of(record: Any) -> dict[str, Any]:
    """The fields of a dataclass that differ from the usual, plain values before tables."""
    kept = {}
    for field in dataclasses.fields(record):
        value = getattr(record, field.name)
        if field.default is dataclasses.MISSING or value != field.default:
            kept[field.name] = _written(field.name, value)
    tables = {key for key, value in kept.items() if _is_table(value)}
    plain = {key: value for key, value in kept.items() if key not in tables}
    return plain | {key: kept[key] for key in kept if key in tables}


def _written(name: str, value: Any) -> Any:
    if dataclasses.is_dataclass(value):
        return _table_of(value)
    if name == "learning":
        return dict(value)
    if isinstance(value, tuple):
        return [_written("", each) for each in value]
    return value


def _is_table(value: Any) -> bool:
    rows = isinstance(value, list) and any(isinstance(each, dict) for each in value)
    return rows or isinstance(value, dict)


# ---- what decides the numbers --------------------------------------------------------


def digest_of_study(study: Study) -> str:
    """16 hexadecimal digits of SHA-256 over all that decides the numbers of a study: not what it
    is called and asks, how many trials it has and what is compared."""
    decided = {
        "digits": _deciding_digits(study),
        "network": study.network,
        "schemes": sorted((_deciding(study, each) for each in study.schemes), key=str),
        "seed": study.seed,
        "measure": study.measure,
        "called": sorted(study.called),
        "device": study.device,
    }
    if any(entry.trunk != "scratch" for entry in study.schemes):
        decided["base"] = [study.hidden, dataclasses.asdict(study.learning)]
    if any(entry.equal_parameters for entry in study.schemes):
        decided["first"] = study.schemes[0].name
    return sha256(json.dumps(decided, sort_keys=True).encode()).hexdigest()[:16]


def _deciding_digits(study: Study) -> dict[str, Any]:
    """A known data set is the same wherever it lies."""
    digits = study.digits
    found = dataclasses.asdict(digits)
    found["folder"] = "" if digits.data else digits.folder
    found["classes"] = sorted(class_names_of(digits))
    found["shares"] = [] if digits.counts else sorted(digits.shares)
    found["counts"] = sorted(digits.counts)
    return found


def _deciding(study: Study, entry: SchemeEntry) -> dict[str, Any]:
    found = dataclasses.asdict(entry)
    options = scheme_of(entry).options
    lenet = study.network == "lenet"
    learning = dataclasses.asdict(study.learning_of(entry))
    if learning["matched"] != "as-published":
        del learning["sub_epochs"], learning["sub_batch"]
    return found | {
        "hidden": 0 if lenet or entry.equal_parameters else entry.hidden or study.hidden,
        "reading": reading_of(entry),
        "members": members_of(entry) if "members" in options else 0,
        "code": code_of(entry) if "code" in options else "",
        "taught": sorted(entry.taught),
        "learning": learning,
    }
