"""The film in the window: the timeline, what it shows, and the animated picture."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QProgressDialog

from nnviz.data.digits import ShownDigits
from nnviz.networks.files import load
from nnviz.networks.film import Film
from nnviz.paths import TRAINED
from nnviz.ui.app.film_gif import Cancelled, GifError, Look, save_gif
from nnviz.ui.app.film_html import save_film
from nnviz.ui.app.timeline import SPEEDS
from nnviz.ui.kit.colours import THEMES
from nnviz.ui.train.page import TrainPage
from tests.ui.conftest import Opened, Show

TEN = load(TRAINED / "ten-outputs.safetensors")
MOMENTS = len(TEN.film)
SHORT = replace(TEN, film=Film((*TEN.film.moments[:-1:10], TEN.film.moments[-1])))
"""With few of its moments, the first and the last among them"""


def opened_film(show: Show, **more: object) -> Opened:
    opened = show(trained=True, **more)
    opened.window.show_film(True)
    return opened


def weights_shown(opened: Opened) -> np.ndarray:
    page = opened.window.parts.pages["train"]
    assert isinstance(page, TrainPage)
    return page.picture.view.weights


# ---- scrubbing -----------------------------------------------------------------------


def test_scrubbing_shows_the_weights_outputs_and_accuracy_of_that_moment(show: Show) -> None:
    opened = opened_film(show)
    for number in (0, 1, 30, MOMENTS - 2):
        opened.window.parts.timeline.track.chosen.emit(number)
        state, window = opened.session.state, opened.window
        moment = TEN.film.moments[number]
        expected = moment.network(TEN.network)
        np.testing.assert_array_equal(weights_shown(opened), expected.hidden_weights[0])
        page = window.page
        assert isinstance(page, TrainPage)
        np.testing.assert_array_equal(page.picture.view.outputs, state.sure_verdict.outputs)
        accuracy = f"{100 * TEN.points[number].test_accuracy:.1f} %"
        assert accuracy in window.parts.timeline.words.text()
        assert accuracy in window.parts.top_bar.accuracy.text()
        assert f"{moment.position.examples:,} digits seen" in window.parts.top_bar.progress.text()
        assert window.parts.timeline.track.view.place == number


def test_the_end_of_the_track_is_the_present_with_its_exact_weights(show: Show) -> None:
    opened = opened_film(show)
    track = opened.window.parts.timeline.track
    assert len(track.view.epochs) == MOMENTS
    opened.bot.keyClick(track, Qt.Key.Key_Home)
    assert opened.session.state.moment == 0
    opened.bot.keyClick(track, Qt.Key.Key_Right)
    assert opened.session.state.moment == 1
    opened.bot.keyClick(track, Qt.Key.Key_Left)
    assert opened.session.state.moment == 0
    opened.bot.keyClick(track, Qt.Key.Key_End)
    assert opened.session.state.moment is None
    np.testing.assert_array_equal(weights_shown(opened), TEN.network.hidden_weights[0])


def test_the_mouse_chooses_the_moment_under_it(show: Show) -> None:
    opened = opened_film(show)
    track = opened.window.parts.timeline.track
    for place in (40, 7):
        where = QPoint(round(track.x_of(place)), track.height() // 3)
        opened.bot.mouseClick(track, Qt.MouseButton.LeftButton, pos=where)
        assert opened.session.state.moment == TEN.film.moments[place].number
    assert track.hasFocus()
    opened.bot.keyClick(track, Qt.Key.Key_Right)
    assert opened.session.state.moment == TEN.film.moments[8].number
    opened.click(opened.window.parts.timeline.now)
    assert opened.session.state.moment is None
    assert opened.window.parts.timeline.words.text() == "epoch 30.0, now"


def test_every_page_follows_the_film(show: Show) -> None:
    opened = opened_film(show)
    for page in ("train", "designs", "votes", "elimination"):
        opened.session.change(page=page)
        opened.session.change(moment=0)
        noise = opened.window.page.grab().toImage()
        opened.session.change(moment=None)
        assert opened.window.page.grab().toImage() != noise, page


def test_what_is_shown_is_said(show: Show) -> None:
    opened = opened_film(show)
    opened.session.change(moment=0)
    track = opened.window.parts.timeline.track
    words = opened.window.parts.timeline.words
    opened.bot.waitUntil(lambda: track.accessibleDescription() == words.text())
    assert "epoch 0.00" in track.accessibleDescription()


# ---- playing -------------------------------------------------------------------------


def test_playing_shows_every_moment_in_order_and_ends_at_the_present(show: Show) -> None:
    opened = opened_film(show)
    seen: list[int | None] = []
    opened.session.watch(
        lambda state, fields: seen.append(state.moment) if "moment" in fields else None
    )
    timeline = opened.window.parts.timeline
    timeline.play.click()
    timeline._timer.setInterval(0)
    opened.bot.waitUntil(lambda: not timeline.playing)
    assert seen == [*(each.number for each in TEN.film.moments[:-1]), None]
    assert timeline.play.accessibleName() == "Play the film"


def test_playing_stops_by_hand_and_goes_on_from_there(show: Show) -> None:
    opened = opened_film(show)
    timeline = opened.window.parts.timeline
    opened.window.play_film()
    timeline._timer.setInterval(0)
    opened.bot.waitUntil(lambda: (opened.session.state.moment or 0) > 3)
    opened.window.play_film()
    assert not timeline.playing
    stopped = opened.session.state.moment
    assert stopped is not None
    opened.window.play_film()
    assert opened.session.state.moment == stopped
    assert timeline.playing


def test_the_speed_is_in_force_while_it_plays(show: Show) -> None:
    opened = opened_film(show)
    timeline = opened.window.parts.timeline
    for speed in (SPEEDS[0], 7, SPEEDS[-1]):
        timeline.toggle()
        timeline.speed.setValue(speed)
        assert timeline._timer.interval() == 1000 // speed
        timeline.stop()


def test_hiding_the_timeline_stops_the_film_at_the_present(show: Show) -> None:
    opened = opened_film(show)
    opened.window.parts.timeline.toggle()
    opened.window.show_film(False)
    assert not opened.window.parts.timeline.playing
    assert opened.session.state.moment is None


def test_the_film_plays_on_in_lecture_mode(show: Show) -> None:
    opened = opened_film(show)
    timeline = opened.window.parts.timeline
    timeline.toggle()
    opened.window.parts.lecture.enter(full_screen=False)
    assert not timeline.isVisible()
    assert timeline.playing
    assert opened.window.film_shown
    opened.window.parts.lecture.leave()
    assert timeline.isVisible()


# ---- runs ----------------------------------------------------------------------------


def test_a_run_grows_its_film_while_it_learns(show: Show) -> None:
    opened = show()
    opened.window.show_film(True)
    timeline = opened.window.parts.timeline
    assert timeline.words.text() == "No film yet: Run records one."
    assert not timeline.play.isEnabled()
    opened.learn(30)
    assert len(timeline.track.view.epochs) >= len(opened.session.state.work.film) > 5
    assert timeline.play.isEnabled()
    opened.session.change(moment=0)
    assert timeline.track.view.place == 0


def test_a_file_without_a_film_says_so(show: Show) -> None:
    opened = show()
    opened.window.show_film(True)
    opened.session.files.open(TRAINED / "any-code.safetensors")
    assert opened.window.parts.timeline.words.text() == "This network file carries no film."


@pytest.mark.parametrize("scale", [0.8, 1.0, 2.0])
def test_nothing_in_the_strip_is_cut_off(show: Show, scale: float) -> None:
    opened = opened_film(show, scale=scale)
    opened.session.change(moment=30)
    timeline = opened.window.parts.timeline
    for size in ((1280, 720), (1024, 768), (1920, 1080)):
        opened.window.resize(*size)
        opened.bot.waitUntil(lambda size=size: opened.window.width() >= size[0])
        QApplication.processEvents()
        for widget in (timeline.play, timeline.words, timeline.speed, timeline.now):
            assert widget.width() >= widget.sizeHint().width(), size
            assert timeline.rect().contains(widget.geometry()), size
        assert timeline.track.width() >= timeline.track.minimumSizeHint().width(), size


# ---- the animated picture ------------------------------------------------------------


def gif(path: Path, digits: ShownDigits, **look: object) -> Image.Image:
    save_gif(SHORT, path, digits.inked, digits.shape, Look(**{"width": 480, "height": 270} | look))
    return Image.open(path)


@pytest.mark.parametrize("theme", THEMES)
def test_the_gif_has_one_picture_per_moment_in_the_colours_of_the_theme(
    tmp_path: Path, digits: ShownDigits, theme: str
) -> None:
    colours = THEMES[theme]
    wanted = {colours.background, colours.text, colours.zero, *colours.weight_ends}
    moments = len(SHORT.film)
    with gif(tmp_path / "film.gif", digits, theme=theme, fps=20) as picture:
        assert (picture.size, picture.n_frames) == ((480, 270), moments)
        durations = []
        for number in range(moments):
            picture.seek(number)
            durations.append(picture.info["duration"])
            if number in (0, moments - 1):
                pixels = np.asarray(picture.convert("RGB")).astype(int) @ (1 << 16, 1 << 8, 1)
                assert wanted <= {f"#{colour:06X}" for colour in np.unique(pixels)}
    assert durations == [50] * (moments - 1) + [2500]


def test_the_window_saves_the_film_on_screen(show: Show, tmp_path: Path) -> None:
    opened = opened_film(show)
    opened.session.change(moment=0)
    export = opened.window.parts.film_export
    export.save(tmp_path / "film.gif", "640x360")
    assert export.running
    opened.bot.waitUntil(lambda: not export.running)
    assert opened.said == f"Saved film.gif in {tmp_path}."
    with Image.open(tmp_path / "film.gif") as picture:
        assert (picture.size, picture.n_frames) == ((640, 360), MOMENTS)


def test_a_cancelled_film_leaves_nothing(show: Show, tmp_path: Path) -> None:
    opened = opened_film(show)
    export = opened.window.parts.film_export
    export.save(tmp_path / "film.gif", "1280x720")
    progress = opened.window.findChild(QProgressDialog, "film-progress")
    progress.canceled.emit()
    opened.bot.waitUntil(lambda: not export.running)
    assert opened.session.state.notice is None
    assert not list(tmp_path.iterdir())


def test_closing_the_window_ends_the_saving(show: Show, tmp_path: Path) -> None:
    opened = opened_film(show)
    opened.window.parts.film_export.save(tmp_path / "film.gif", "1920x1080")
    opened.window.leave()
    assert not opened.window.parts.film_export.running
    assert not list(tmp_path.iterdir())


def test_what_cannot_be_saved_is_said(show: Show, tmp_path: Path) -> None:
    opened = opened_film(show)
    opened.window.parts.film_export.save(tmp_path / "none" / "film.gif", "640x360")
    opened.bot.waitUntil(lambda: opened.session.state.notice is not None)
    assert "cannot be saved: there is no folder" in opened.said


def test_no_film_no_gif(show: Show, tmp_path: Path, digits: ShownDigits) -> None:
    opened = show()
    opened.window.parts.film_export.choose()
    assert opened.said == "There is no film yet: Run records one."
    plain = load(TRAINED / "any-code.safetensors")
    with pytest.raises(GifError, match="carries no film"):
        save_gif(plain, tmp_path / "film.gif", digits.inked, digits.shape)
    with pytest.raises(GifError, match=r"must end in \.gif or \.html"):
        save_film(TEN, tmp_path / "film.png", digits.inked, digits.shape, Look(), lambda *_: True)


def test_saving_stops_when_nobody_wants_it(tmp_path: Path, digits: ShownDigits) -> None:
    with pytest.raises(Cancelled):
        save_gif(
            SHORT,
            tmp_path / "film.gif",
            digits.inked,
            digits.shape,
            told=lambda done, wanted: done < wanted // 2,
        )
    assert not list(tmp_path.iterdir())
