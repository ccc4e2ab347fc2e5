"""The words of the page for newcomers."""

from nnviz.words import sentences, tr

HEADING = tr("Start here")
HEADING_TIP = tr("Esc, or any page of the list, puts this away; Help > Start here brings it back.")
ABOUT = tr("The three questions are lectures: PageDown goes on, Esc comes back.")
QUESTIONS = {
    "why-ten-outputs": (
        tr("Why ten outputs and not four?"),
        tr("One output for each digit, or four bits that write a binary number."),
    ),
    "one-network-or-ten": (
        tr("One network or ten?"),
        tr("One network for all ten digits, or one network for each digit."),
    ),
    "votes-and-elimination": (
        tr("Do votes and elimination help?"),
        tr("Each two digits are compared, or the least likely digit leaves."),
    ),
}
"""Name of a lecture that comes along -> its title, and what it is about."""
WATCH = tr("Watch it learn"), tr("A network that knows nothing learns to read in seconds.")
DRAW = tr("Draw a digit"), tr("Does it read your handwriting?")
LEAVE = tr("Look around"), tr("Put this away, and see all pages (Esc).")


def tip_of(about: str, number: int) -> str:
    """The tooltip of a choice."""
    return sentences(about, tr("Key {number}.", number=str(number)))
