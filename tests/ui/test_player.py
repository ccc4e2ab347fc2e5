"""The player asks for one step after the other."""

from nnviz.ui.pages.player import SPEEDS, Player


def test_play_shows_one_step_after_the_other_and_stops(application, qtbot, monkeypatch):
    asked = []
    monkeypatch.setitem(SPEEDS, "fast", 1)
    player = Player(lambda step: (asked.append(step), player.show_steps(step, 3)))
    qtbot.addWidget(player)
    player.speed.setCurrentIndex(list(SPEEDS).index("fast"))
    player.show_steps(3, 3)
    player.play.click()
    assert player.play.text() == "Stop"
    qtbot.waitUntil(lambda: not player.playing)
    assert asked == [0, 1, 2, 3]
    assert player.play.text() == "Play"
    player.back.click()
    player.on.click()
    assert asked[4:] == [2, 3]
