"""What the speaker's window says."""

from nnviz.session.slices import LectureShown
from nnviz.ui.app.lecture.words import choice
from nnviz.words import number, sentences, tr, tr_n

TITLE = tr("Speaker's window")
BACK = tr("‹ Back"), tr("What was before it (PageUp)")
NEXT = tr("Next ›"), tr("The answer, the next step, or the next scene (PageDown)")
SHOW_ANSWER = tr("Show the answer")
HIDE_ANSWER = tr("Hide the answer")
ANSWER_TIP = tr("Hide what any network says, or show it again (A)")
BLACK = tr("Black"), tr("A dark room, or the picture again (B)")
WHITE = tr("White"), tr("A bright room, or the picture again (W)")
SPOTLIGHT = (
    tr("Spotlight"),
    tr("All dark but for a circle under the mouse, also of the mouse over the copy here (L)"),
)
ZOOM = tr("Picture alone"), tr("The picture under the mouse, as large as it goes (Z)")
SWAP = tr("Swap screens"), tr("The room gets this screen, and this window the other one.")
JUMP, JUMP_TIP = tr("Scene on screen"), tr("Go to another scene.")
LARGER, LARGER_TIP = tr("A+"), tr("Larger notes")
SMALLER, SMALLER_TIP = tr("A−"), tr("Smaller notes")
AGAIN, AGAIN_TIP = tr("Start the time again"), tr("Count from 0:00.")
COPY, COPY_TIP = tr("What the room sees"), tr("What the room sees, at most half a second ago.")
NOTES, NOTES_TIP = tr("Notes"), tr("The notes of this scene; only you see them.")
NO_NOTES = tr("No notes for this scene.")
NO_LECTURE = tr("No lecture runs. Next and back step as the page on screen does.")
LAST_SCENE = tr("This is the last scene.")
HANDS = tr("Hands counted")
HANDS_TIP = tr("How many hands this choice got; Tab or Return leads to the next one.")
CLOCK_TIP = tr("The time of day, how long the lecture has run, and how long it was planned.")
PACE_TIP = tr("By the scenes that are still to come, each as long as the others.")


def time(seconds: float) -> str:
    """Minutes and seconds."""
    minutes, rest = divmod(int(seconds), 60)
    return tr("{minutes}:{seconds}", minutes=str(minutes), seconds=str(rest).zfill(2))


def elapsed(seconds: float, minutes: float | None) -> str:
    """How long it has run, and was planned."""
    if minutes is None:
        return time(seconds)
    planned = number(minutes, 0 if minutes == int(minutes) else 1)
    return tr("{elapsed} of {minutes} min", elapsed=time(seconds), minutes=planned)


def pace(behind: float) -> str:
    """How many seconds the speaker is behind the plan; less than 0 is ahead of it."""
    if abs(behind) < 1:
        return tr("on time")
    if behind > 0:
        return tr("{time} behind", time=time(behind))
    return tr("{time} ahead", time=time(-behind))


def scene(lecture: LectureShown) -> str:
    """Which scene of which lecture."""
    return tr(
        "{lecture}, scene {scene} of {scenes}",
        lecture=lecture.title,
        scene=lecture.scene + 1,
        scenes=lecture.scenes,
    )


def listed_scene(place: int, heading: str) -> str:
    """A scene in the list of all."""
    return tr("{scene}  {heading}", scene=place + 1, heading=heading)


def upcoming(lecture: LectureShown) -> str:
    """What the next scene says."""
    words = lecture.upcoming
    if words is None:
        return LAST_SCENE
    said = sentences(words.caption, words.question)
    return tr("Next: {heading}. {words}", heading=words.heading, words=said)


def hands_of(place: int, words: str) -> str:
    """What a field for hands is about."""
    return tr("Hands for {choice}", choice=choice(place, words))


def all_hands(hands: tuple[int | None, ...]) -> str:
    """How many were counted for all choices together."""
    return tr_n("{count} hand", "{count} hands", sum(each or 0 for each in hands))
