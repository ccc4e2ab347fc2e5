"""Where the help tells of what is on screen: of parts of the window, of pages and views, of kinds
of pictures."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from nnviz.session.state import State
from nnviz.ui.app.help_excerpts import Place
from nnviz.ui.app.help_pages import PAGES, anchor_of
from nnviz.ui.app.page_stack import KINDS
from nnviz.ui.pages.page import Page, PageKind
from nnviz.words import tr

GLOSSARY, STATISTICS = "glossary.md", "statistics.md"
EVERYWHERE = Place(PAGES, "always-in-sight")
"""Of what stands round every page."""
OF_PARTS: Mapping[str, Place] = {
    "run": Place("start.md", "the-first-run"),
    "step": Place("start.md", "the-first-run"),
    "reset": Place("start.md", "the-first-run"),
    "designs-outputs": Place("designs.md", "designs"),
    "designs-bits": Place("designs.md", "designs"),
    "designs-ensemble": Place("designs.md", "designs"),
    "accuracy": Place(STATISTICS, "accuracy"),
    "digits": Place("data.md", "other-digits"),
    "new-seed": Place(GLOSSARY, "glossary", tr("seed")),
    "seed": Place(GLOSSARY, "glossary", tr("seed")),
    "settings": Place("settings.md", "settings"),
    "settings-panel": Place("settings.md", "settings-and-presets"),
    "timeline": Place("runs.md", "the-film-of-a-run"),
    "start-here": Place("start.md", "the-first-start"),
    "altered-strip": Place(GLOSSARY, "glossary", tr("operation")),
    "lecture-strip": Place("start.md", "in-a-lecture-hall"),
    "lecture-trouble": Place("start.md", "in-a-lecture-hall"),
}
"""Name of a part of the window, or of one in it -> what the help says of that."""
OF_PICTURES: Mapping[str, Place] = {
    "big-answer": Place(GLOSSARY, "glossary", tr("verdict")),
    "code-table": Place(GLOSSARY, "glossary", tr("code table")),
    "confusion-matrix": Place(GLOSSARY, "glossary", tr("confusion matrix")),
    "mosaic": Place(GLOSSARY, "glossary", tr("weight image")),
    "push-rows": Place(GLOSSARY, "glossary", tr("lead")),
    "reliability-grid": Place(GLOSSARY, "glossary", tr("reliability")),
    "reliability-plot": Place(GLOSSARY, "glossary", tr("reliability")),
    "template-images": Place(GLOSSARY, "glossary", tr("template")),
    "vote-matrix": Place(GLOSSARY, "glossary", tr("vote")),
    "way-list": Place(GLOSSARY, "glossary", tr("way")),
}
"""Kind of a picture, by its id -> what it is, as the glossary words it."""
DETAILS: Mapping[str, str] = {
    "train": "contributions-and-leads",
    "detectors": "hidden-neurons-as-detectors",
    "detectors/sum": "the-network",
    "designs": "differences-between-networks",
    "designs/templates": "templates",
    "votes": "from-outputs-to-an-answer",
    "elimination": "what-elimination-takes",
    "mistakes": "accuracy",
    "mistakes/digit": "contributions-and-leads",
    "mistakes/confidence": "confidence-and-calibration",
    "mistakes/unsure": "confidence-and-calibration",
    "draw": "from-outputs-to-an-answer",
    "draw/morph": "rows-and-morphs",
    "draw/rows": "rows-and-morphs",
    "study": "studies",
}
"""A page, or a page and a view -> the statistics of it."""


@dataclass(frozen=True)
class Topic:
    """What the help has to say of a thing on screen."""

    places: tuple[Place, ...]
    """The first one is where to read on."""
    details: Place | None = None
    """Formulas and tests, for who wants to know."""


def topic_of(thing: QWidget, state: State) -> Topic:
    """What the help says of a control, a picture or a part of the window."""
    above = list(_upwards(thing))
    picture = OF_PICTURES.get(getattr(thing, "id", ""))
    if any(isinstance(each, Page) for each in above):
        kind = KINDS[state.page]
        found = topic_of_view(kind, state.views.get(kind.id, next(iter(kind.views), "")))
        return Topic((*found.places, picture), found.details) if picture else found
    named = (OF_PARTS[name] for each in above if (name := each.objectName()) in OF_PARTS)
    return Topic((next(named, EVERYWHERE),))


def topic_of_view(kind: PageKind, view: str) -> Topic:
    """What the help says of a view of a page; without one, of the page."""
    details = DETAILS.get(f"{kind.id}/{view}", DETAILS[kind.id])
    place = Place(PAGES, anchor_of(kind.title), kind.views.get(view, ""))
    return Topic((place,), Place(STATISTICS, details))


def _upwards(thing: QWidget) -> Iterator[QWidget]:
    above: QWidget | None = thing
    while above is not None:
        yield above
        above = above.parentWidget()
