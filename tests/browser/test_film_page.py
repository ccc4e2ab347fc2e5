"""The film as a page of a browser: it plays from a file, offline and without a word of complaint.

A step of CI of its own: `uv run --isolated --with playwright pytest -n 0 tests/browser`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from nnviz.networks.files import load
from nnviz.paths import TRAINED
from nnviz.ui.kit.colours import THEMES
from nnviz.ui.kit.weight_colours import weight_colours
from tests.browser.conftest import BROWSER
from tests.patience import until
from tests.program import ran_here

SHIPPED = TRAINED / "four-bits.safetensors"
MOST = 1_000_000
PIXELS = """() => {
    const canvas = document.getElementById("weights");
    const image = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    const pixels = new Uint32Array(image.data.buffer);
    const hash = pixels.reduce((so_far, pixel) => Math.imul(so_far ^ pixel, 16777619), 1);
    return [hash, [...new Set(pixels)]];
}"""
"""A number that changes with every pixel, and the colours as 0xaabbggrr"""


@dataclass
class Opened:
    """A page, and what it did besides."""

    page: Page
    file: Path
    said: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    @property
    def picture(self) -> int:
        """Changes with every pixel."""
        return int(self.page.evaluate(PIXELS)[0])

    @property
    def colours(self) -> list[int]:
        """Of all that is painted."""
        return [each for each in self.page.evaluate(PIXELS)[1] if each >> 24]

    @property
    def moment(self) -> int:
        return int(self.page.input_value("#moment"))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("film") / "film.html"
    done = ran_here("film", str(SHIPPED), "--out", str(made))
    assert done.status == 0, done.err
    return made


@pytest.fixture(scope="module")
def opened(browser: Browser, file: Path) -> Iterator[Opened]:
    page = browser.new_page(viewport={"width": 1280, "height": 720}, color_scheme="dark")
    found = Opened(page, file)
    page.on("console", lambda message: found.said.append(message.text))
    page.on("pageerror", lambda error: found.said.append(str(error)))
    page.on("request", lambda request: found.asked.append(request.url))
    page.goto(file.as_uri())
    page.wait_for_selector("body[data-ready]")
    yield found
    page.close()


def test_it_is_small_and_asks_nobody_for_anything(opened: Opened) -> None:
    assert opened.file.stat().st_size < MOST
    assert opened.page.title() == "4 bits learns MNIST"
    for key in ("End", " ", "ArrowLeft"):
        opened.page.keyboard.press(key)
    assert opened.asked == [opened.file.as_uri()]
    assert opened.said == []


def test_it_plays_to_the_end_and_says_where_it_is(opened: Opened) -> None:
    page = opened.page
    page.keyboard.press("Home")
    first = opened.picture
    page.click("#play")
    until(lambda: opened.moment >= 2)
    page.keyboard.press("ArrowRight")
    stopped, later = opened.moment, opened.picture
    assert later != first
    assert page.inner_text("#play") == "Play"
    page.keyboard.press("ArrowLeft")
    assert opened.moment == stopped - 1
    page.keyboard.press("End")
    trained = load(SHIPPED)
    assert opened.moment == len(trained.film) - 1
    assert f"{100 * trained.points[-1].test_accuracy:.1f} %" in page.inner_text("#right")
    assert f"{trained.position.examples:,} digits seen" in page.inner_text("#when")
    page.keyboard.press("Home")
    assert opened.picture == first
    page.click("#play")
    until(lambda: opened.moment >= 1)


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_it_has_the_colours_of_the_program(opened: Opened, theme: str) -> None:
    page, colours = opened.page, THEMES[theme]
    page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
    ours = weight_colours(colours)
    swapped = (ours & 0xFF) << 16 | ours & 0xFF00 | ours >> 16 & 0xFF | 0xFF000000
    until(lambda: bool(np.isin(opened.colours, swapped).all()))
    assert len(opened.colours) > 20
    red, green, blue = (int(colours.background[at : at + 2], 16) for at in (1, 3, 5))
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert ground == f"rgb({red}, {green}, {blue})"
