"""What the frame of the window says: bars, menus, files, exports."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from nnviz.data.catalogue import DATA_SETS, DataSet, label_of, megabytes, test_of
from nnviz.data.digits import ShownDigits
from nnviz.data.download import host_of
from nnviz.networks.curves import LIVE_TESTED
from nnviz.networks.designs import DESIGNS
from nnviz.networks.film import kept
from nnviz.networks.operations import Operation
from nnviz.session.state import State, Transfer
from nnviz.session.work import Work
from nnviz.ui.pages.estimate_words import part_of
from nnviz.ui.pages.output_words import named_network
from nnviz.verdicts.readings import READINGS
from nnviz.words import clauses, commas, number, percent, sentences, signed, tr, tr_n
from nnviz.writing import folder_in_words

# ---- the bar above -------------------------------------------------------------------

RUN, PAUSE = tr("Run"), tr("Pause")
RUN_SIGN, PAUSE_SIGN = tr("▶  Run"), tr("Ⅱ  Pause")
RUN_TIP = tr("Learn, or pause (Ctrl+R or space)")
STEP, STEP_TIP = tr("Step ▾"), tr("Learn one batch, 100 batches or one epoch")
STEPS = {
    "batch": (tr("One batch"), tr("Learn one batch and pause.")),
    "hundred": (tr("100 batches"), tr("Learn 100 batches and pause.")),
    "epoch": (tr("One epoch"), tr("Learn one epoch and pause.")),
}
IN_A_RACE = tr("All networks take in the same digits, as many as the largest batch asks for.")
RESET = tr("Reset")
RESET_TIP = tr("Back to the random start of the same seed; Undo brings the run back.")
PROGRESS_TIP = tr("Complete epochs and training digits seen so far.")
ACCURACY_TIP = tr("Test digits answered right, of all test digits.")


def step_tip(size: str, several: bool) -> str:
    """What a step does, alone and in a race."""
    return sentences(STEPS[size][1], IN_A_RACE if several and size != "epoch" else "")


def progress(state: State) -> tuple[str, str]:
    """Two lines: what is on screen, and how far it has learned."""
    work = state.seen
    epochs = work.epochs(state.digits)
    if state.running and state.resting:
        name = tr("trained network") if work.shipped else work.title
        return name, tr("others learn beside it")
    if work.opened is not None and state.past is None:
        if work.file:
            return work.name or tr("trained network"), work.file
        # kept with operations on its neurons
        return work.title, tr("from epoch {epoch}", epoch=number(epochs, 2 if epochs < 2 else 1))
    seen = tr_n("{count} digit seen", "{count} digits seen", work.position.examples)
    if state.past is not None:
        epoch = number(epochs, 2 if epochs < 2 else 1)
        return tr("film, epoch {epoch}", epoch=epoch), seen
    if state.shelf or work.name:
        epoch = number(epochs, 1)
        return tr("{network}, epoch {epoch}", network=work.title, epoch=epoch), seen
    return tr("epoch {epoch}", epoch=number(epochs, 1)), seen


def measured(state: State) -> tuple[str, str]:
    """On which digits the network on screen was measured, and its accuracy there."""
    past, work = state.past, state.work
    if state.operations:
        known = state.known_operated
        altered = tr("{digits}, altered", digits=state.digits.test_named)
        return altered, _accuracy(None if known is None else known.result.accuracy)
    if past is None:
        told = work.measured
        counted = told.point.tested if told is not None and told.point is not None else 0
        own = told.accuracy if told is not None else None
        return part_of(counted, state.digits.test_named), _accuracy(own)
    if not past.points:
        return tested_on(state), _accuracy(None)
    then = past.points[-1]
    return part_of(then.tested, tested_on(state)), _accuracy(then.test_accuracy)


def widest_measured(state: State) -> tuple[tuple[str, str], ...]:
    """What `measured` says at its longest of the networks that are open as they are, but for one
    without a mistake; which of them it is depends on the language."""
    named = [state.digits.test_named]
    named += [test_of(work.opened.digits) for work in state.works if work.opened is not None]
    if len(state.digits.labels) > LIVE_TESTED:
        named += [part_of(LIVE_TESTED, name) for name in named]
    return tuple((name, percent(0.999)) for name in dict.fromkeys(named))


def _accuracy(share: float | None) -> str:
    return tr("– %") if share is None else percent(share)


def tested_on(state: State) -> str:
    """Which digits the points of the curves of the network on screen were measured on."""
    opened = state.work.opened
    return state.digits.test_named if opened is None else test_of(opened.digits)


def design_tip(designs: Sequence[str], key: int) -> str:
    """What the button of a group of designs does."""
    if len(designs) == 1:
        return tr("{help} (Alt+{key})", help=DESIGNS[designs[0]].help, key=key)
    return sentences(
        tr("{designs}.", designs=commas(DESIGNS[name].label for name in designs)),
        tr("Alt+{key} shows the group, and again the next of it.", key=key),
    )


# ---- the bar below -------------------------------------------------------------------

SETTINGS, SETTINGS_TIP = tr("Settings"), tr("Show or hide the settings (Ctrl+,)")
DIGITS, DIGITS_TIP = tr("Digits"), tr("The data set; open another one")
SEED, SPEED = tr("Seed"), tr("Speed")
NEW_SEED, NEW_SEED_TIP = tr("New seed"), tr("Another random start; Undo brings the run back.")
HINTS, HINTS_TIP = tr("F5 lecture    F1 keys"), tr("All keys: F1")


def data_set(digits: ShownDigits) -> str:
    """Which digits are open, and how many."""
    if digits.source.tests is not None:
        return tr("own tests {count}", count=len(digits.labels))
    count = digits.train_count + len(digits.labels)
    name = label_of(digits.name)
    if digits.source != digits.source.whole:
        return tr("part of {digits} {count}", digits=name, count=count)
    return tr("{digits} {count}", digits=name, count=count)


def speed(batches: int) -> str:
    """Batches per second; 0 is as fast as it goes."""
    if not batches:
        return tr("full")
    return tr_n("{count} batch / s", "{count} batches / s", batches)


def per_second() -> str:
    """What stands behind a number of moments per second."""
    return tr("{count} moments / s", count="")


# ---- the list of pages, the settings -------------------------------------------------

PRESET = tr("Preset")
PRESET_TIP = tr("Settings that belong together; starts a new run.")
OWN_SETTINGS = tr("own settings")
PICTURES = tr("Pictures")
LOOKS = {
    "dense": (tr("All weight images"), tr("Show every hidden neuron, without the lines.")),
    "own_scales": (
        tr("Own colour scale each"),
        tr("Each weight image uses its own strongest weight as the end of the scale."),
    ),
}


def page_name(key: int, title: str) -> str:
    """A page in the list."""
    return tr("{key}  {page}", key=key, page=title)


def page_tip(key: int, question: str) -> str:
    return tr("{question} (Ctrl+{key})", question=question, key=key)


# ---- the banner ----------------------------------------------------------------------

DETAILS, DETAILS_TIP = tr("Details"), tr("What exactly happened")
COPY_DETAILS, COPY_DETAILS_TIP = tr("Copy"), tr("Puts all of it on the clipboard")
CLOSE_TIP = tr("Put this message away (Esc)")
OFFER, OFFER_TIP = tr("What the message offers"), tr("Do what the message offers (Ctrl+Return)")
CANCEL = tr("Cancel")


def downloading(transfer: Transfer) -> str:
    """How far a download is."""
    wanted = DATA_SETS[transfer.name]
    if not transfer.received:
        return tr(
            "Downloading {digits}: asking for {size}.", digits=wanted.label, size=wanted.megabytes
        )
    return tr(
        "Downloading {digits}: {done} of {size}.",
        digits=wanted.label,
        done=megabytes(transfer.received),
        size=wanted.megabytes,
    )


def inner_error(kind: str) -> str:
    """Of the program itself."""
    return tr("Something went wrong inside nnviz ({kind}); learning is paused.", kind=kind)


# ---- neurons operated on -------------------------------------------------------------

ALTERED_TIP = tr("Test digits answered right with the operations, and without.")
UNDO, UNDO_TIP = tr("Undo"), tr("Take back the last operation (Ctrl+Z)")
AS_IT_WAS = tr("As it was")
AS_IT_WAS_TIP = tr("The network without any operation; Undo brings them back")
KEEP = tr("Keep as new")
KEEP_TIP = tr("Open the altered network beside the one on screen, which stays as it is")


def altered(done: Sequence[str], named: int) -> str:
    """What is done to the network on screen, of which so many operations are named."""
    if not done:
        return tr("As it was.")
    first, more = commas(done[:named]), len(done) - named
    if more <= 0:
        return tr("Altered: {operations}.", operations=first)
    return tr("Altered: {operations} and {more} more.", operations=first, more=more)


def altered_tip(done: Sequence[str]) -> str:
    return clauses(done) or tr("No operation is in force.")


def operation(state: State, place: tuple[int, int], what: Operation) -> str:
    """One neuron, and what is done to it."""
    member, neuron = place
    done = []
    if what.off:
        done.append(tr("off"))
    else:
        if what.held:
            done.append(tr("at its mean"))
        if what.scale != 1:
            done.append(tr("× {factor}", factor=_minus(number(what.scale, 1))))
        if what.shift:
            done.append(tr("bias {shift}", shift=_minus(signed(what.shift))))
    fields = {
        "neuron": str(neuron),
        "network": named_network(state.layout, state.digits.class_names, member),
        "operations": commas(done),
    }
    if fields["network"]:
        return tr("neuron {neuron} of {network} {operations}", **fields)
    return tr("neuron {neuron} {operations}", **fields)


def _minus(text: str) -> str:
    return text.replace("-", "−")


def altered_accuracy(state: State) -> str:
    """With the operations and without, at which epoch if that has passed, how the outputs are
    read if not as usual."""
    if not state.operations:
        return ""
    known, seen = state.known_operated, state.seen
    if known is None:
        return tr("… % right")
    after, before = percent(known.result.accuracy), percent(known.result.before)
    epoch = number(known.examples / max(1, seen.epoch_length(state.digits)), 1)
    reading = READINGS[state.shown_reading].label.lower()
    passed = known.examples != seen.position.examples
    if state.shown_reading == seen.readings[0]:
        if not passed:
            return tr("{after} right instead of {before}", after=after, before=before)
        return tr(
            "{after} right instead of {before} at epoch {epoch}",
            after=after,
            before=before,
            epoch=epoch,
        )
    if not passed:
        return tr(
            "{after} right instead of {before}, read by {reading}",
            after=after,
            before=before,
            reading=reading,
        )
    return tr(
        "{after} right instead of {before} at epoch {epoch}, read by {reading}",
        after=after,
        before=before,
        epoch=epoch,
        reading=reading,
    )


# ---- the film ------------------------------------------------------------------------

PLAY, STOP = tr("▶  Film"), tr("Ⅱ  Film")
PLAY_NAME, STOP_NAME = tr("Play the film"), tr("Stop the film")
PLAY_TIP = tr("Play the film of this run (Ctrl+Shift+F)")
TRACK, TRACK_TIP = (
    tr("Moment of the film"),
    tr("Drag, or use the arrow keys, to look back at the run."),
)
MOMENT_TIP = tr(
    "The moment on screen: epoch, and accuracy then, on the test digits of the run itself."
)
FILM_SPEED = tr("Moments per second")
FILM_SPEED_TIP = tr("How many moments of the film are shown per second.")
NOW, NOW_TIP = tr("Now"), tr("Back to the present")
START_OF_FILM = tr("start")
NO_FILM_YET = tr("There is no film yet: Run records one.")
SAVE_FILM = tr("Save film")
FILM_FILES = tr("Animated pictures (*.gif);;Pages for a browser, without a network (*.html)")
SIZE_OF_PICTURES = tr("Size of the pictures in pixels:")
FILM_BEING_SAVED = tr("A film is being saved already.")


def epoch_mark(epoch: int, first: bool) -> str:
    """A number below the track; the first says what it counts."""
    return tr("epoch {epoch}", epoch=epoch) if first else number(epoch)


def no_film(state: State) -> str:
    """Why there is nothing to look back at."""
    if not kept(0, 1, state.work.network.parameters):
        return tr("This network is too large for a film.")
    if state.work.opened is not None:
        return tr("This network file carries no film.")
    return tr("No film yet: Run records one.")


def moment(state: State) -> str:
    """Epoch and accuracy then; the present one stands in the bar above."""
    seen = state.seen
    epochs = seen.epochs(state.digits)
    epoch = number(epochs, 2 if epochs < 2 else 1)
    if state.past is None:
        return tr("epoch {epoch}, now", epoch=epoch)
    points = seen.points
    if not points or points[-1].examples != seen.position.examples:
        return tr("epoch {epoch}", epoch=epoch)
    return tr(
        "epoch {epoch}\n{digits} {accuracy}",
        epoch=epoch,
        digits=part_of(points[-1].tested, tested_on(state)),
        accuracy=percent(points[-1].test_accuracy),
    )


def film_title(design: str, epochs: float, examples: int) -> str:
    """Above each picture of a film."""
    return tr(
        "{design}: epoch {epoch}, {count} digits",
        design=design,
        epoch=number(epochs, 2 if epochs < 2 else 0),
        count=examples,
    )


def film_accuracy(digits: str, accuracy: float) -> str:
    """`digits`: the data set whose test digits they are."""
    return tr("{digits} {accuracy}", digits=test_of(digits), accuracy=percent(accuracy))


# ---- files ---------------------------------------------------------------------------

NETWORKS = tr("Networks (*.safetensors)")
NETWORKS_TO_OPEN = tr("Networks (*.safetensors *.npz *.json);;All files (*)")
READ_AS_SAVED = tr("The network on screen was saved by nnviz, which says how it is read.")
OPEN_NETWORK, SAVE_NETWORK = tr("Open network"), tr("Save network")
IDX_FOLDER, PICTURE_FOLDER = tr("Folder with a data set"), tr("Folder with pictures of digits")
IDX_FILE, DATA_FILE = tr("File of test digits"), tr("File of a data set")


def data_files(endings: Iterable[str]) -> str:
    """Which files a dialog shows."""
    found = " ".join(f"*{ending}*" for ending in endings)  # also gzipped and the like
    return tr("Data sets ({endings});;All files (*)", endings=found)


NEW_RUN = tr("Start a new run")


def saving(name: str) -> str:
    return tr("Saving {file}", file=name)


def not_saved(name: str, error: Exception) -> str:
    return tr("{file} cannot be saved: {error}.", file=name, error=repr(error))


def copied(line: str, frozen: bool) -> str:
    """The settings are on the clipboard; a frozen trunk is not in them."""
    if not frozen:
        return tr("Copied: {line}", line=line)
    return tr(
        "Copied (without the frozen trunk: save its network for --trunk-file): {line}", line=line
    )


def other_digits(wanted: str, here: str) -> str:
    return tr(
        "The line is about the digits {wanted}; these are the {here} digits.",
        wanted=wanted,
        here=here,
    )


def lost(work: Work) -> str:
    """Which network a new run would drop, and how many batches it has learned."""
    return tr_n(
        "{network} is in no file, and is about to be dropped ({count} batch).",
        "{network} is in no file, and is about to be dropped ({count} batches).",
        work.position.steps,
        network=work.full_title,
    )


# ---- menus of networks and digits ----------------------------------------------------

NETWORK_MENU = tr("&Network")
RECENT_FILES = tr("Recent files")
IN_NO_FILE, SHOW_NETWORK = tr("Not saved in a file."), tr("Show this network.")
SHOW_SHIPPED = tr("Show the network that comes with nnviz; what is on screen stays open.")
NETWORK_COMMANDS = {
    "new": (tr("New network beside this one"), tr("Another run; this one stays open.")),
    "next": (tr("Next network"), tr("Show the next one of the open networks.")),
    "back": (
        tr("Back to the network before"),
        tr("Show the network that was on screen before this one; from an experiment, your own."),
    ),
    "rename": (tr("Rename…"), tr("Call the network on screen something else.")),
    "compare": (
        tr("Keep it compared"),
        tr(
            "Compare the network on screen also once another one of its design is there; again: no "
            "longer."
        ),
    ),
    "close": (tr("Close network"), tr("Take the network on screen away.")),
}
RENAME, NAME_OF_NETWORK = tr("Rename"), tr("Name of the network on screen:")
BUNDLED = tr("Bundled: 5,000 MNIST digits")
FOLDER = (
    tr("Open a folder…"),
    tr("A folder with the files of a data set, or with folders of pictures: 7/a.png."),
)
DATA_FILE_ENTRY = (
    tr("Open a file…"),
    tr("A data set as .npz, .csv, Parquet, IDX or in another form; dropping it does the same."),
)
TURN = tr("Turn these digits"), tr("A trained network reads them better so.")
TURN_BACK = tr("These digits as they are stored"), tr("Not turned any more.")
LONGEST_FOLDER = 40
"""Letters of the name of a folder in the menu."""


def folder_entry(folder: Path) -> str:
    """A data set of one's own in the menu: its name, and that of the folder around it."""
    parent = folder.parent.name
    name = f"{parent}/{folder.name}" if parent else folder.name
    name = name if len(name) <= LONGEST_FOLDER else f"…{name[-LONGEST_FOLDER:]}"
    return name.replace("&", "&&")


PART = (
    tr("Part of these digits…"),
    tr("Some classes only, or fewer training digits. What is open makes way for a new run."),
)
WHOLE = tr("All of these digits"), tr("All classes and all training digits of the data set again.")
OWN_PICTURES = (
    tr("Test on your own pictures…"),
    tr(
        "A folder of pictures, in one folder per class (7/a.png) or with names that begin "
        "with the class (7-a.png). What is open stays open."
    ),
)
OWN_IDX = (
    tr("Test on your own file…"),
    tr("Digits with their labels in any form of a data set: IDX, .npz, .csv, Parquet and more."),
)
OWN_BACK = tr("Back to the data set's test digits"), tr("What is open stays open.")
DOWNLOAD = tr("Download")


def compared(state: State) -> str:
    """Whether the network on screen stays compared."""
    title = state.work.full_title
    if state.work.key in state.besides.keys:
        return tr("{network} is compared from now on, whichever is on screen.", network=title)
    return tr("{network} is compared only while it stands for its design.", network=title)


def bundled_tip(mnist: DataSet) -> str:
    return tr(
        "They come with the program. By {credit}; {licence}.",
        credit=mnist.credit,
        licence=mnist.licence,
    )


def data_set_entry(one: DataSet, here: bool, loading: bool) -> str:
    """A data set in the menu."""
    if loading:
        return tr("{digits}: cancel its download", digits=one.label)
    if here:
        return tr("{digits}: {images}", digits=one.label, images=one.images)
    return tr(
        "{digits}: {images} (download {size})…",
        digits=one.label,
        images=one.images,
        size=one.megabytes,
    )


def data_set_tip(one: DataSet, here: bool) -> str:
    if here:
        return tr("Downloaded. By {credit}; {licence}.", credit=one.credit, licence=one.licence)
    return tr(
        "A download of {size}. By {credit}; {licence}.",
        size=one.megabytes,
        credit=one.credit,
        licence=one.licence,
    )


def ask_download(name: str) -> str:
    one = DATA_SETS[name]
    return tr(
        "Download {size} of {digits} from {host}?\n\n{images} by {credit}; {licence}.",
        size=one.megabytes,
        digits=one.label,
        host=host_of(name),
        images=one.images[0].upper() + one.images[1:],
        credit=one.credit,
        licence=one.licence,
    )


# ---- digits saved --------------------------------------------------------------------

DIGITS_BEING_SAVED = tr("Digits are being saved already.")
NOT_JUDGED = tr("The test digits are not judged yet; try again in a moment.")
NONE_LISTED = tr("No digit is listed, so there is nothing to save.")
DIGIT_FILES = tr("Table of every design's answers (*.csv);;Contact sheet (*.png)")


def which_digits(ticked: int, unseen: int, shown: int) -> str:
    """A question: some digits that are ticked are not listed."""
    if unseen == ticked:
        return tr_n(
            "{count} digit is ticked, not among the {shown} listed. Which are to be saved?",
            "{count} digits are ticked, not among the {shown} listed. Which are to be saved?",
            ticked,
            shown=shown,
        )
    return tr_n(
        "{count} digit is ticked, {unseen} of them not among the {shown} listed. Which are to be "
        "saved?",
        "{count} digits are ticked, {unseen} of them not among the {shown} listed. Which are to "
        "be saved?",
        ticked,
        unseen=unseen,
        shown=shown,
    )


def save_these(digits: str) -> str:
    return tr("Save {digits}", digits=digits)


def saved_these(digits: str, path: Path) -> str:
    folder = folder_in_words(path.parent)
    return tr("Saved {digits} as {file} in {folder}.", digits=digits, file=path.name, folder=folder)


def wrong_ending(name: str) -> str:
    return tr("{file} must end in .csv or .png.", file=name)


def too_many(most: int, count: int) -> str:
    return tr(
        "A contact sheet holds {most} digits at most, and these are {count}: list or tick fewer "
        "of them, or save them as .csv.",
        most=most,
        count=count,
    )


def sheet_title(digits: str, why: str) -> str:
    return tr("{digits}: {why}", digits=digits, why=why)
