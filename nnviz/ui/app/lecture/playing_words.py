"""What is said about lectures as files, and about the way through one."""

from collections.abc import Sequence

from nnviz.lectures.faults import Fault
from nnviz.session.state import Notice
from nnviz.words import tr, tr_n

LECTURES_MENU = tr("&Lectures")
OPEN = (
    tr("Open lecture…"),
    tr("Play a lecture from a file; a file dropped on the window plays too."),
)
RESUME = tr("Go on with the lecture"), tr("Where it was left (F5).")
CLOSE = tr("Close the lecture"), tr("Leave it for good: F5 is lecture mode again.")
LEAVE = tr("Leave the lecture"), tr("Back to what was open before (Esc).")
NEXT = tr("Next in the lecture"), tr("The answer, the next step or the next scene.")
BACK = tr("Back in the lecture"), tr("What was before it.")
JUMP = tr("Go to scene…"), tr("Show a scene of the lecture by its number.")
NUMBERED = tr("Scene numbers"), tr("Show which scene of how many is on screen.")
APPEND = (
    tr("Append what is shown as a scene…"),
    tr("Write what is on screen into the file of a lecture, as its last scene."),
)
CHECK = (
    tr("Check a lecture…"),
    tr(
        "Name the line of everything that is wrong in a file; nnviz lecture FILE --check tries "
        "every scene, too."
    ),
)
SHIPPED, OWN = tr("Lectures that come with nnviz"), tr("Your lectures")
PLAY = tr("Play this lecture.")
LECTURE_FILES = tr("Lectures (*.md);;All files (*)")
OPEN_TITLE, CHECK_TITLE = tr("Open a lecture"), tr("Check a lecture")
APPEND_TITLE = tr("Append to a lecture")
HEADING, HEADING_TIP = tr("Heading"), tr("What stands above the scene.")
CAPTION, CAPTION_TIP = tr("Caption"), tr("One or two sentences for the room.")
APPEND_IT, CANCEL, CANCEL_TIP = tr("Append"), tr("Cancel"), tr("Nothing is written.")
NUMBER_OF_SCENE = tr("Number of the scene:")


def faults_notice(faults: Sequence[Fault]) -> Notice:
    """The first fault of a lecture, and how many more there are."""
    first, more = faults[0], len(faults) - 1
    said = tr(
        "{file}, line {line}: {sentence}",
        file=first.path.name,
        line=str(first.line),
        sentence=first.sentence,
    )
    if more:
        said = tr_n(
            "{file}, line {line}: {sentence} There is {count} more fault in this lecture.",
            "{file}, line {line}: {sentence} There are {count} more faults in this lecture.",
            more,
            file=first.path.name,
            line=str(first.line),
            sentence=first.sentence,
        )
    details = "\n".join(fault.placed for fault in faults) if more else ""
    return Notice("error", said, details=details)


def append_tip(file: str) -> str:
    """What appending does."""
    return tr("Write the scene at the end of {file}; all that is there stays.", file=file)


def faultless(file: str, scenes: int) -> str:
    """That nothing is wrong with a lecture."""
    return tr_n(
        "{file} has {count} scene and no fault.",
        "{file} has {count} scenes and no fault.",
        scenes,
        file=file,
    )


def appended(file: str, scenes: int) -> str:
    """That a scene was written into a file."""
    return tr_n(
        "{file} has {count} scene now.",
        "{file} has {count} scenes now.",
        scenes,
        file=file,
    )


def typed(number: str, scenes: int) -> str:
    """The number that is being typed."""
    return tr("Scene {number} of {count}: Return", number=number, count=scenes)
