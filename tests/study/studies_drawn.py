"""Studies for hypothesis: every key can have another value, and each study makes sense."""

from typing import Any

from hypothesis import strategies as st

from nnviz.networks.codes import CODE_PRESETS
from nnviz.networks.designs import DESIGNS
from nnviz.study.checking import KNOWN_SETS, LENET_INITIAL
from nnviz.study.plan import (
    BALANCES,
    MATCHES,
    Comparison,
    Learning,
    SchemeEntry,
    Study,
    StudyDigits,
)
from nnviz.study.schemes import SCHEMES

names = st.text(min_size=1, max_size=20).filter(lambda text: text.isprintable() and text.strip())
shares = st.integers(10, 1000).map(lambda part: part / 1000)


def taking(*choices: Any) -> st.SearchStrategy[Any]:
    return st.sampled_from(choices)


@st.composite
def digits(draw: st.DrawFn) -> StudyDigits:
    """Of data sets that the program knows, so that all classes have enough images."""
    data = draw(taking(*KNOWN_SETS))
    known = KNOWN_SETS[data][0]
    classes = draw(st.lists(taking(*known), unique=True, min_size=3) | st.just([]))
    by_counts = draw(st.booleans())
    return StudyDigits(
        data,
        draw(st.text(max_size=9)) if data != "bundled" else "",
        tuple(classes),
        draw(st.integers(100, 300) | st.just(0)),
        (1.0,) if by_counts else tuple(draw(st.lists(shares, unique=True, min_size=1))),
        tuple(draw(st.lists(st.integers(1, 100), unique=True, min_size=1))) if by_counts else (),
        draw(st.integers(0, 50)),
    )


@st.composite
def learning(draw: st.DrawFn, lenet: bool) -> Learning:
    matched = draw(taking(*MATCHES))
    least = 0 if matched == "as-published" else draw(st.integers(0, 3000))
    return Learning(
        draw(taking("sgd", "adadelta")) if lenet else "sgd",
        draw(st.just(0.0) | st.floats(0.001, 10)),
        draw(st.integers(1, 200)),
        draw(st.integers(1, 50)),
        least,
        matched,
        draw(st.integers(1, 50)),
        draw(st.integers(1, 200)),
        draw(taking("", *LENET_INITIAL) if lenet else taking("", "faint", "scaled")),
        "",
        0.0 if lenet else draw(st.just(0.0) | st.floats(0.01, 10)),
        lenet and draw(st.booleans()),
    )


@st.composite
def schemes(draw: st.DrawFn, name: str, lenet: bool, matched: str) -> SchemeEntry:
    word = draw(taking(*SCHEMES))
    scheme = SCHEMES[word]
    trunk = draw(taking(*scheme.trunks))
    options: dict[str, Any] = {
        "drop": draw(st.integers(1, 5)),
        "code": draw(taking(*CODE_PRESETS)),
        "members": draw(st.integers(2, 20)),
        "balance": draw(taking(*BALANCES)),
    }
    own = {"epochs": draw(st.integers(1, 9)), "batch": draw(st.integers(1, 99))}
    if matched != "as-published":
        own["least_updates"] = draw(st.integers(0, 99))
    return SchemeEntry(
        name,
        word,
        trunk,
        0 if lenet or trunk != "scratch" else draw(st.integers(0, 90)),
        reading=draw(taking("", *DESIGNS[scheme.design].readings)),
        learning=tuple(sorted(own.items())) if draw(st.booleans()) else (),
        **{key: value for key, value in options.items() if key in scheme.options},
    )


@st.composite
def studies(draw: st.DrawFn) -> Study:
    lenet = draw(st.booleans())
    taught = draw(learning(lenet))
    rows = draw(st.lists(names, min_size=1, max_size=4, unique=True))
    entries = tuple(draw(schemes(name, lenet, taught.matched)) for name in rows)
    plan = (Comparison(rows[-1], rows[0]),) if len(rows) > 1 and draw(st.booleans()) else ()
    return Study(
        draw(names),
        draw(st.text(max_size=30)),
        entries,
        draw(digits()),
        "lenet" if lenet else "three-layer",
        draw(st.integers(1, 500)),
        taught,
        draw(st.integers(1, 1000)),
        draw(st.integers(0, 999_999_999)),
        plan=plan,
        device=draw(taking("cpu", "cuda")),
    )
