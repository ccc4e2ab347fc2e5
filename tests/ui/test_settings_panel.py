"""One control for every setting; live ones act at once, the others ask first."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QComboBox, QWidget

from nnviz.networks.settings import PRESETS, SETTINGS, Settings
from nnviz.training.messages import Change
from nnviz.ui.app.action_words import RUN_OR_PAUSE
from nnviz.ui.kit.number_field import NumberField
from nnviz.ui.pages.setting_controls import SpeedSlider, TextControl
from tests.ui.conftest import Opened, Show
from tests.ui.test_window import answer


def control(opened: Opened, name: str) -> QWidget:
    opened.window.show_settings(True)
    found = opened.window.findChild(QWidget, f"setting-{name}")
    assert found is not None
    return found


def choose(box: QWidget, value: str) -> None:
    assert isinstance(box, QComboBox)
    index = box.findData(value)
    box.setCurrentIndex(index)
    box.activated.emit(index)


def type_into(opened: Opened, field: QWidget, text: str) -> None:
    assert isinstance(field, NumberField)
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)


def test_every_setting_has_a_control_that_shows_its_value(show: Show) -> None:
    opened = show()
    opened.window.show_settings(True)
    for name, setting in SETTINGS.items():
        if setting.place == "switch":
            continue
        value, widget = getattr(opened.session.state.settings, name), control(opened, name)
        if isinstance(widget, TextControl):
            assert widget.currentText() == value
        elif isinstance(widget, QComboBox):
            assert widget.currentData() == value
        elif isinstance(widget, QCheckBox):
            assert widget.isChecked() == value
        elif isinstance(widget, NumberField):
            assert widget.value() == value
        else:
            assert isinstance(widget, SpeedSlider)
            assert widget.speed_at(widget.value()) == value


@pytest.mark.parametrize(("name", "text", "value"), [("rate", "0.5", 0.5), ("batch", "32", 32)])
def test_a_live_setting_is_in_force_while_it_runs(
    show: Show, name: str, text: str, value: float
) -> None:
    opened = show()
    opened.window.show_settings(True)
    opened.session.runs.run()
    opened.ticks_until(lambda: opened.session.state.work.position.steps > 2)
    run = opened.session.state.run
    type_into(opened, control(opened, name), text)
    assert opened.session.state.run == run
    changes = [asked for asked in opened.engine.asked if isinstance(asked, Change)]
    assert getattr(changes[-1].settings, name) == value


def half_typed(opened: Opened, field: QWidget, text: str) -> None:
    """A text that is not entered yet."""
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(field, text)
    assert opened.window.focusWidget() is field


@pytest.mark.parametrize("with_mouse", [False, True])
def test_what_is_typed_is_entered_before_anything_else_acts(show: Show, with_mouse: bool) -> None:
    opened = show()
    opened.window.show_settings(True)
    state, top_bar = opened.session.state, opened.window.parts.top_bar
    action = opened.window.actions_by_text[RUN_OR_PAUSE[0]]
    hidden = control(opened, "hidden")

    def run() -> None:
        if with_mouse:
            opened.click(top_bar.run)
        else:
            action.trigger()

    half_typed(opened, hidden, "12")
    run()
    opened.ticks_until(lambda: opened.session.state.work.position.steps > 2)
    assert opened.session.state.work.network.hidden == 12
    run()  # pauses
    opened.ticks_until(lambda: not opened.session.state.running)
    half_typed(opened, hidden, "1.2.3")
    run()
    assert "“1.2.3”" in opened.said  # though something else begins
    run()
    opened.ticks_until(lambda: not opened.session.state.running)
    half_typed(opened, hidden, "15")
    run()  # asks whether the run may be lost
    assert not opened.session.state.running
    answer(opened, "Cancel")
    assert opened.session.state.settings.hidden == 12 != state.settings.hidden
    top_bar.designs.choose("any-code")
    code = control(opened, "code")
    half_typed(opened, code, "0,1,2,3,4,5,6,7,8,15")
    run()
    assert code.currentText() == opened.session.state.settings.code  # type: ignore[attr-defined]


def test_a_fresh_setting_asks_and_cancel_changes_nothing(show: Show) -> None:
    opened = show()
    opened.window.show_settings(True)
    opened.learn(3)
    work = opened.session.state.work
    type_into(opened, control(opened, "hidden"), "15")
    answer(opened, "Cancel")
    assert opened.session.state.work is work
    field = control(opened, "hidden")
    assert isinstance(field, NumberField)
    assert field.value() == 30
    type_into(opened, field, "15")
    answer(opened, "Start a new run")
    assert opened.session.state.work.network.hidden == 15


def test_without_a_run_to_lose_nothing_is_asked(show: Show) -> None:
    opened = show(trained=True)
    choose(control(opened, "activation"), "tanh")
    assert opened.session.state.settings.activation == "tanh"
    control(opened, "nonnegative").click()  # type: ignore[attr-defined]
    assert opened.session.state.settings.nonnegative
    assert (opened.session.state.work.network.hidden_weights >= 0).all()


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_sets_all_that_belongs_together(show: Show, name: str) -> None:
    opened = show()
    presets = opened.window.parts.settings.presets
    choose(presets, name)
    for key, value in PRESETS[name].changes.items():
        assert getattr(opened.session.state.settings, key) == value
    assert presets.currentData() == name


def test_a_cost_brings_its_own_learning_rate(show: Show) -> None:
    opened = show()
    choose(control(opened, "cost"), "quadratic")
    assert opened.session.state.settings.rate == 1.0


def test_a_field_takes_nothing_that_the_settings_refuse(show: Show) -> None:
    opened = show()
    opened.window.show_settings(True)
    for name, text in (("hidden", "0"), ("hidden", "501"), ("rate", "-1"), ("batch", "2.5")):
        type_into(opened, control(opened, name), text)
        settings = opened.session.state.settings
        assert settings == Settings(epochs=0) or getattr(settings, name) != float(text)


def test_arrows_go_through_1_2_5_10(show: Show) -> None:
    opened = show()
    field = control(opened, "rate")
    assert isinstance(field, NumberField)
    seen = []
    for _ in range(4):
        field.stepBy(1)
        seen.append(field.value())
    assert seen == [0.2, 0.5, 1, 2]
    field.stepBy(-4)
    assert field.value() == pytest.approx(0.1)


def test_zero_reads_as_its_words_and_words_as_zero(show: Show) -> None:
    opened = show()
    opened.window.show_settings(True)
    field = control(opened, "decay")
    assert isinstance(field, NumberField)
    assert field.text() == "off"
    type_into(opened, field, "5")
    assert opened.session.state.settings.decay == 5
    type_into(opened, field, "off")
    assert opened.session.state.settings.decay == 0


def test_the_ends_of_the_speed_slider_are_one_batch_a_second_and_full(show: Show) -> None:
    opened = show()
    slider = control(opened, "speed")
    assert isinstance(slider, SpeedSlider)
    slider.setValue(0)
    assert opened.session.state.settings.speed == 1
    assert opened.window.parts.footer.speed_words.text() == "1 batch / s"
    slider.setValue(slider.NOTCHES)
    assert opened.session.state.settings.speed == 0
    assert opened.window.parts.footer.speed_words.text() == "full"
    speeds = [slider.speed_at(notch) for notch in range(slider.NOTCHES)]
    assert speeds == sorted(speeds)
    assert speeds[-1] == SETTINGS["speed"].high


def test_tooltips_of_the_panel_are_not_wider_than_one_can_read(show: Show) -> None:
    panel = show().window.parts.settings
    tips = [widget.toolTip() for widget in panel.findChildren(QWidget)]
    tips += [
        panel.presets.itemData(index, Qt.ItemDataRole.ToolTipRole)
        for index in range(panel.presets.count())
    ]
    assert max(len(tip) for tip in tips) > 100
    assert all(len(line) <= 60 for tip in tips for line in tip.splitlines())
