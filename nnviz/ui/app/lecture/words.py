"""What lecture mode says: the strip above every page, and the speaker's window."""

from nnviz.session.slices import LectureShown
from nnviz.words import clauses, commas, sentences, tr, tr_later, tr_n

LETTERS = "abcdefghijklmnopqrstuvwxyz"
STILL_HIDDEN = "?"
"""In the place of an answer that the room is asked for."""
RIGHT, WRONG = tr("right"), tr("wrong")
SAID_TITLE = tr("The digit and the design on screen")
SAID_TIP = tr("The digit, the design, what it says, and how many test digits it answers right.")
SCENE_TITLE = tr("What the scene says")
SCENE_TIP = tr("Caption, question and answer of this scene of the lecture.")
SAID = {
    None: tr_later("{digit}, read as {answer} ({design})"),
    True: tr_later("{digit}, read as {answer}, right ({design})"),
    False: tr_later("{digit}, read as {answer}, wrong ({design})"),
}


def says(answer: str) -> str:
    """What the network says, as large as it goes."""
    return tr("says {answer}", answer=answer or STILL_HIDDEN)


def said(digit: str, design: str, answer: str, right: bool | None) -> str:
    """The same aloud."""
    if not answer:
        return tr("{digit}; what it says is still to come ({design})", digit=digit, design=design)
    return SAID[right].format(digit=digit, design=design, answer=answer)


def accuracy(which: str, share: str) -> str:
    """On which digits, and how many of them are answered right, aloud."""
    return tr("{digits}: {accuracy}", digits=which, accuracy=share)


def scene_number(lecture: LectureShown) -> str:
    """Which scene of how many."""
    return tr("{scene} / {scenes}", scene=lecture.scene + 1, scenes=lecture.scenes)


def choice(number: int, words: str) -> str:
    """One of the answers to choose from."""
    return tr("{letter}) {choice}", letter=LETTERS[number % len(LETTERS)], choice=words)


def choice_aloud(number: int, words: str, hands: int | None, right: bool) -> str:
    """The same with the hands that it got, and whether it is the right one."""
    counted = "" if hands is None else tr_n("{count} hand", "{count} hands", hands)
    parts = (choice(number, words), counted, RIGHT if right else "")
    return commas(part for part in parts if part)


def scene_aloud(lecture: LectureShown) -> str:
    """All that stands in the strip, in its order."""
    words = lecture.words
    hands = lecture.hands or (None,) * len(words.choices)
    choices = [
        choice_aloud(number, text, hands[number], lecture.revealed and number == words.right)
        for number, text in enumerate(words.choices)
    ]
    end = words.answer if lecture.revealed else ""
    return sentences(
        tr("Scene {scene} of {scenes}.", scene=lecture.scene + 1, scenes=lecture.scenes),
        tr("{heading}.", heading=words.heading),
        *(words.caption, words.question, clauses(choices), end),
    )
