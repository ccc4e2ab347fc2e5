"""The picture of layers and processes shows what there is."""

import pytest
from PySide6.QtGui import QImage

from nnviz.ui.app.help import in_theme
from nnviz.ui.kit.theme import Theme
from tests.documents import HELP, ROOT
from tests.help_architecture import (
    PICTURES,
    SAYS,
    image,
    layers,
    nearest,
    shown_in,
    structure,
    unknown_messages,
)

PACKAGES = {
    path.stem for path in (ROOT / "nnviz").iterdir() if path.is_dir() or path.suffix == ".py"
} - {"__init__", "__main__", "__pycache__"}


@pytest.mark.parametrize("theme", PICTURES)
def test_the_picture_shows_layers_packages_and_arrows_as_they_are(theme: str) -> None:
    shown = shown_in(HELP / "pictures" / PICTURES[theme])
    assert shown == structure(), "run: uv run python -m tests.help --picture"
    assert {name for layer in shown["layers"] for name in layer} == PACKAGES == SAYS.keys()
    assert len(shown["layers"]) == 10


def test_the_files_are_what_is_drawn() -> None:
    drawn = image(Theme("dark"), structure())
    file = QImage(str(HELP / "pictures" / PICTURES["dark"]))
    assert (file.width(), file.height()) == (drawn.width(), drawn.height())


def test_what_flows_are_messages() -> None:
    assert not unknown_messages()


def test_what_the_processes_never_import_they_do_not() -> None:
    there = structure()
    assert not {"ui", "cli", "session", "lectures", "study"} & set(there["training"])
    assert "cli" not in there["window"]
    assert {name for name, used in there["libraries"].items() if "torch" in used} == {"training"}
    assert {name for name, used in there["libraries"].items() if "Qt" in used} == {"ui"}


def test_an_arrow_is_the_nearest_of_those_known() -> None:
    assert nearest({("a", "b"), ("b", "c"), ("a", "c")}) == {("a", "b"), ("b", "c")}
    assert nearest({("a", "b"), ("a", "c")}) == {("a", "b"), ("a", "c")}


def test_an_arrow_past_a_layer_or_to_nowhere_cannot_be_drawn() -> None:
    for wrong, said in ((["ui", "study"], "right below"), (["writing", "words"], "side by side")):
        there = structure()
        with pytest.raises(ValueError, match=said):
            image(Theme(), {**there, "arrows": [wrong]})
    there = structure()
    with pytest.raises(KeyError):
        image(Theme(), {**there, "arrows": [["ui", "gone"]]})


def test_other_layers_cannot_be_drawn_with_these_imports() -> None:
    rows = layers()
    with pytest.raises(KeyError, match="more"):
        structure([*rows, ["more"]])
    swapped = [*rows[:2], rows[3], rows[2], *rows[4:]]
    with pytest.raises(ValueError, match="right below"):
        image(Theme(), structure(swapped))


def test_the_help_shows_the_picture_of_its_theme() -> None:
    page = '<img src="pictures/architecture.png"/> <img src="pictures/nnviz.png"/>'
    assert in_theme(page, "light") == page
    assert in_theme(page, "dark") == page.replace("architecture", "architecture-dark")
