"""What stands in the menus and what it does: the name of each action, and its tip."""

from nnviz.words import tr

OPEN = tr("Open network…"), tr("Show a saved network.")
OPEN_PICTURE = (
    tr("Open picture…"),
    tr("Read a picture of a digit, on the page Draw."),
)
HOW_READ = (
    tr("How its file is read…"),
    tr("Say which activation and which pixels a network had that others trained."),
)
SAVE = tr("Save network as…"), tr("Save the network on screen with its settings and curves.")
LEFT_RUNS = (
    tr("Interrupted runs…"),
    tr("Continue runs that an earlier nnviz left in no file, or let them go."),
)
SHOW_TRAINED = tr("Show the trained network"), tr("The network that comes with the program.")
PICTURE = tr("Save picture…"), tr("Save the page on screen as PNG, SVG or PDF.")
COPY_PICTURE = tr("Copy picture"), tr("Put the page on screen on the clipboard as a picture.")
TABLE = (
    tr("Show table"),
    tr("What the picture with the focus shows as a table, for screen readers too."),
)
COPY_TABLE = (
    tr("Copy table"),
    tr("Put what the picture with the focus shows on the clipboard as a table."),
)
CSV = tr("Save table as CSV…"), tr("Save what the picture with the focus shows as a table.")
GIF = (
    tr("Save film…"),
    tr(
        "Save how the weight images became what they are as an animated picture, or as a page "
        "for a browser."
    ),
)
DIGITS_SAVED = (
    tr("Save digits…"),
    tr("Save the digits of the Mistakes page, ticked or all listed, as a table or contact sheet."),
)
COPY = (
    tr("Copy what is shown as a line"),
    tr(
        "Page, view, design, digit, step, settings and seed as one line of text, for another "
        "window, nnviz --show, a lecture, or nnviz train --line."
    ),
)
PASTE = (
    tr("Show what a line says"),
    tr("Show what the line on the clipboard says; one of settings alone starts a new run."),
)
QUIT = tr("Quit"), tr("Close nnviz.")
RUN_OR_PAUSE = tr("Run / pause"), tr("Learn, or pause.")
ONE_BATCH = tr("One batch"), tr("Learn one batch and pause; while it runs, just pause.")
HUNDRED = tr("100 batches"), tr("Learn 100 batches and pause.")
ONE_EPOCH = tr("One epoch"), tr("Learn to the end of the epoch and pause.")
START_AGAIN = tr("Reset"), tr("Back to the random start of the same seed.")
TAKE_BACK = (
    tr("Undo"),
    tr("Take back the last operation on a neuron, else bring back what the last reset took away."),
)
OTHER_SEED = tr("New seed"), tr("Another random start.")
FURTHER = tr("Train this network further"), tr("Go on training the network file on screen.")
KEEP_DRAWING = (
    tr("Keep drawing"),
    tr("Keep what is on the pad of the Draw page, also after nnviz is closed."),
)
NEXT_STEP = tr("Next step"), tr("The next test digit.")
STEP_BACK = tr("Step back"), tr("The previous test digit.")
RANDOM = tr("Random digit"), tr("Any test digit.")
MISTAKE = tr("Random mistake"), tr("A test digit that the network misreads now.")
SHOW_SETTINGS = tr("Settings"), tr("Show or hide the settings.")
ALL_IMAGES = tr("All weight images"), tr("Show every hidden neuron, without the lines.")
FILM = (
    tr("Film"),
    tr("Show or hide the timeline: look back at how the weights became what they are."),
)
PLAY_FILM = tr("Play the film"), tr("Watch detectors appear out of noise; again to stop.")
THEME = tr("Dark or light"), tr("The other theme.")
LARGER = tr("Larger text"), tr("Up to 200 %.")
SMALLER = tr("Smaller text"), tr("Down to 80 %.")
USUAL_TEXT = tr("Text at 100 %"), tr("The usual size.")
ANSWER = (
    tr("Hide the answer"),
    tr("Ask the room first: nothing tells what the network says, until it is shown again (A)."),
)
LECTURE = (
    tr("Lecture mode"),
    tr(
        "Full screen, larger type, only the picture; Esc comes back, and after a lecture F5 goes "
        "on with it."
    ),
)
SPEAKER = (
    tr("Speaker's window"),
    tr("Scene, notes, time and all controls; on a second screen it opens by itself."),
)
START_HERE = (
    tr("Start here"),
    tr("The page for newcomers: three questions, watching it learn, drawing a digit."),
)
WHAT_IS_THIS = (
    tr("What is this?"),
    tr("Click anything to read what it is; Shift+F1 tells of what has the focus."),
)
THIS_PAGE = tr("This page"), tr("What the page on screen shows, and what can be done there.")
