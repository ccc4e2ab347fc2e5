"""Everything that the frame of the window says: its bars, menus of data sets and networks, files.

What the menus offer stands in `actions`, and what is asked of a picture in `still`.
"""

from collections.abc import Mapping, Sequence

from nnviz.words import listed, number, percent, signed, tr, tr_n

# ---- the bar above -------------------------------------------------------------------

RUN, RUN_TIP = tr("Run"), tr("Learn, or pause (Ctrl+R or space)")
RUNS, PAUSES, PAUSE = tr("▶  Run"), tr("Ⅱ  Pause"), tr("Pause")
STEP, STEP_TIP = tr("Step ▾"), tr("Learn one batch, 100 batches or one epoch")
RESET = tr("Reset")
RESET_TIP = tr("Back to the random start of the same seed; Undo brings the run back.")
STEPS: Mapping[str, str] = {
    "batch": tr("One batch"),
    "hundred": tr("100 batches"),
    "epoch": tr("One epoch"),
}
STEP_TIPS: Mapping[str, str] = {
    "batch": tr("Learn one batch and pause."),
    "hundred": tr("Learn 100 batches and pause."),
    "epoch": tr("Learn one epoch and pause."),
}
IN_A_RACE = tr("All networks take in the same digits, as many as the largest batch asks for.")
PROGRESS_TIP = tr("Complete epochs and training digits seen so far.")
ACCURACY_TIP = tr("Test digits answered right, of all test digits.")
TRAINED = tr("trained network")
ALTERED, TEST_ACCURACY = tr("altered"), tr("test accuracy")
UNKNOWN = tr("– %")


def epoch(epochs: float, film: bool = False) -> str:
    """`film`: a moment looked back at, whose first epochs are told apart more finely."""
    return number(epochs, 2 if film and epochs < 2 else 1)


def from_epoch(epochs: float) -> str:
    return tr("from epoch {count}", count=epoch(epochs, film=True))


def at_epoch(epochs: float, network: str = "", film: bool = False) -> str:
    """`network`: its name, where there are several."""
    count = epoch(epochs, film)
    if film:
        return tr("film, epoch {count}", count=count)
    if network:
        return tr("{network}, epoch {count}", network=network, count=count)
    return tr("epoch {count}", count=count)


def digits_seen(count: int) -> str:
    return tr("{count} digits seen", count=count)


def tested_on(data: str) -> str:
    """The heading of an accuracy; `data`: the name of other digits than those in use."""
    return tr("{data} test", data=data) if data else TEST_ACCURACY


def undo(what: str) -> str:
    """Undo in the menu; `what` it takes back, if anything."""
    return tr("Undo {what}", what=what) if what else UNDO


def design(name: str) -> str:
    """Read out by a button."""
    return tr("Design: {name}", name=name)


def opens(name: str) -> str:
    """A button that opens a menu."""
    return tr("{name} ▾", name=name)


def one_design(help: str, key: int) -> str:
    return tr("{help} (Alt+{key})", help=help, key=key)


def several_designs(names: Sequence[str], key: int) -> str:
    return tr(
        "{names}. Alt+{key} shows the group, and again the next of it.",
        names=listed(names),
        key=key,
    )


# ---- the list of pages ---------------------------------------------------------------


def page(place: int, title: str) -> str:
    return tr("{number}  {title}", number=place, title=title)


def page_tip(question: str, place: int) -> str:
    return tr("{question} (Ctrl+{number})", question=question, number=place)


# ---- the bar below -------------------------------------------------------------------

SETTINGS, SETTINGS_TIP = tr("Settings"), tr("Show or hide the settings (Ctrl+,)")
DIGITS, DIGITS_TIP = tr("Digits"), tr("The data set; open another one")
SEED, SPEED = tr("Seed"), tr("Speed")
NEW_SEED, NEW_SEED_TIP = tr("New seed"), tr("Another random start; Undo brings the run back.")
HINTS, HINTS_TIP = tr("F5 lecture    F1 keys"), tr("All keys: F1")
FULL_SPEED = tr("full")


def digits_in_use(name: str, count: int, own: bool) -> str:
    if own:
        return tr("own tests {count}", count=count)
    return tr("{name} {count}", name=name, count=count)


def digits(shown: str) -> str:
    """Read out by the button of the data sets."""
    return tr("Digits: {digits}", digits=shown)


def speed(batches: int) -> str:
    return tr("{count} / s", count=batches) if batches else FULL_SPEED


# ---- the settings --------------------------------------------------------------------

PRESET, PRESET_TIP = tr("Preset"), tr("Settings that belong together; starts a new run.")
OWN_SETTINGS = tr("own settings")
PICTURES = tr("Pictures")
VIEWS: Mapping[str, tuple[str, str]] = {
    "dense": (tr("All weight images"), tr("Show every hidden neuron, without the lines.")),
    "own_scales": (
        tr("Own colour scale each"),
        tr("Each weight image uses its own strongest weight as the end of the scale."),
    ),
}

# ---- the film ------------------------------------------------------------------------

FILM, FILM_TIP = tr("▶  Film"), tr("Play the film of this run (Ctrl+Shift+F)")
STOP_FILM, PLAYS_FILM, STOPS_FILM = tr("Ⅱ  Film"), tr("Play the film"), tr("Stop the film")
MOMENT = tr("Moment of the film")
MOMENT_TIP = tr("Drag, or use the arrow keys, to look back at the run.")
MOMENT_WORDS_TIP = tr(
    "The moment on screen: epoch, and accuracy then, on the test digits of the run itself."
)
FILM_SPEED = tr("Moments per second")
FILM_SPEED_TIP = tr("How many moments of the film are shown per second.")
PER_SECOND = tr(" / s")
NOW, NOW_TIP = tr("Now"), tr("Back to the present")
NO_FILM = tr("No film yet: Run records one.")
OLDER = tr("This network file carries no film.")
TOO_LARGE = tr("This network is too large for a film.")
START = tr("start")


def present(epochs: float) -> str:
    return tr("epoch {count}, now", count=epoch(epochs, film=True))


def past(epochs: float, accuracy: float | None, data: str) -> str:
    """`data`: the name of other digits that it was measured on."""
    count = epoch(epochs, film=True)
    if accuracy is None:
        return tr("epoch {count}", count=count)
    share = percent(accuracy)
    if data:
        return tr("epoch {count}\n{data} test {share}", count=count, data=data, share=share)
    return tr("epoch {count}\ntest {share}", count=count, share=share)


def first_epoch(count: int) -> str:
    return tr("epoch {count}", count=count)


SAVE_FILM, GIFS = tr("Save film"), tr("Animated pictures (*.gif)")
NOTHING_FILMED = tr("There is no film yet: Run records one.")
GIF_SIZE = tr("Size of the pictures in pixels:")
FILM_BUSY = tr("A film is being saved already.")
NETWORK_WITHOUT_FILM = tr("This network carries no film.")


def gif_title(design: str, epochs: float, examples: int) -> str:
    count = number(epochs, 2 if epochs < 2 else 0)
    return tr(
        "{design}: epoch {count}, {examples} digits", design=design, count=count, examples=examples
    )


def gif_accuracy(share: float) -> str:
    return tr("test {share}", share=percent(share))


# ---- the banner ----------------------------------------------------------------------

ACTION, ACTION_TIP = tr("What the message offers"), tr("Do what the message offers")
DETAILS, DETAILS_TIP = tr("Details"), tr("What exactly happened")
CLOSE, CLOSE_TIP = tr("×"), tr("Put this message away (Esc)")
CANCEL = tr("Cancel")


def downloading(name: str, received: str, size: str) -> str:
    """`received`: nothing yet if empty."""
    if received:
        return tr(
            "Downloading {name}: {received} of {size}.", name=name, received=received, size=size
        )
    return tr("Downloading {name}: asking for {size}.", name=name, size=size)


def went_wrong(kind: str) -> str:
    return tr("Something went wrong inside nnviz ({kind}); learning is paused.", kind=kind)


# ---- neurons that were operated on ---------------------------------------------------

ALTERED_TIP = tr("Test digits answered right with the operations, and without.")
UNDO, UNDO_TIP = tr("Undo"), tr("Take back the last operation (Ctrl+Z)")
AS_IT_WAS = tr("As it was")
AS_IT_WAS_TIP = tr("The network without any operation; Undo brings them back")
KEEP = tr("Keep as new")
KEEP_TIP = tr("Open the altered network beside the one on screen, which stays as it is")
NO_OPERATION = tr("No operation is in force.")
NOT_ALTERED = tr("As it was.")
OPERATED_UNKNOWN = tr("… % right")


def altered(done: Sequence[str], more: int) -> str:
    """`more`: operations beside those named."""
    if more:
        return tr("Altered: {done} and {count} more.", done=", ".join(done), count=more)
    return tr("Altered: {done}.", done=listed(done))


def operations(done: Sequence[str]) -> str:
    return tr("Altered: {done}.", done=listed(done)) if done else NO_OPERATION


def operated(neuron: int, network: str, done: Sequence[str]) -> str:
    """`network`: of several."""
    what = ", ".join(done)
    if network:
        return tr(
            "neuron {neuron} {network} {what}", neuron=str(neuron), network=network, what=what
        )
    return tr("neuron {neuron} {what}", neuron=str(neuron), what=what)


def operation(off: bool, held: bool, scale: float, shift: float) -> list[str]:
    """What was done to a neuron."""
    if off:
        return [tr("off")]
    done = [tr("at its mean")] if held else []
    if scale != 1:
        done.append(tr("× {scale}", scale=number(scale, 1).replace("-", "−")))
    if shift:
        done.append(tr("bias {shift}", shift=signed(shift).replace("-", "−")))
    return done


def operated_accuracy(after: float, before: float, epochs: float | None, reading: str) -> str:
    """`epochs`: where it was measured, if that has passed; `reading`: how the outputs are read,
    if not as usual."""
    said = {"after": percent(after), "before": percent(before)}
    count = "" if epochs is None else number(epochs, 1)
    if count and reading:
        return tr(
            "{after} right instead of {before} at epoch {count}, read by {reading}",
            **said,
            count=count,
            reading=reading,
        )
    if count:
        return tr("{after} right instead of {before} at epoch {count}", **said, count=count)
    if reading:
        return tr("{after} right instead of {before}, read by {reading}", **said, reading=reading)
    return tr("{after} right instead of {before}", **said)


# ---- the data sets -------------------------------------------------------------------

BUNDLED = tr("Bundled: 5,000 MNIST digits")
FOLDER = tr("Open a folder…")
FOLDER_TIP = tr("A folder with the four IDX files of a data set.")
OWN_PICTURES = tr("Test on your own pictures…")
OWN_PICTURES_TIP = tr(
    "A folder of pictures, in one folder per class (7/a.png) or with names that begin with the "
    "class (7-a.png). What is open stays open."
)
OWN_IDX = tr("Test on your own IDX file…")
OWN_IDX_TIP = tr("An IDX file of images, with the file of its labels beside it.")
OWN_END, OWN_END_TIP = tr("Back to the data set's test digits"), tr("What is open stays open.")
DOWNLOAD = tr("Download")


def bundled_tip(credit: str, licence: str) -> str:
    return tr("They come with the program. By {credit}; {licence}.", credit=credit, licence=licence)


def data_set(name: str, images: str, size: str, here: bool, loading: bool) -> str:
    """`size`: of its download; `loading`: it is on its way."""
    if loading:
        return tr("{name}: cancel its download", name=name)
    if here:
        return tr("{name}: {images}", name=name, images=images)
    return tr("{name}: {images} (download {size})…", name=name, images=images, size=size)


def data_set_tip(credit: str, licence: str, size: str, here: bool) -> str:
    if here:
        return tr("Downloaded. By {credit}; {licence}.", credit=credit, licence=licence)
    return tr(
        "A download of {size}. By {credit}; {licence}.", size=size, credit=credit, licence=licence
    )


def ask_download(name: str, images: str, size: str, host: str, credit: str, licence: str) -> str:
    return tr(
        "Download {size} of {name} from {host}?\n\n{images} by {credit}; {licence}.",
        size=size,
        name=name,
        host=host,
        images=images[0].upper() + images[1:],
        credit=credit,
        licence=licence,
    )


# ---- networks ------------------------------------------------------------------------

NETWORK_MENU = tr("&Network")
OPEN_NETWORKS, RECENT_FILES = tr("Open networks"), tr("Recent files")
NOT_SAVED, SHOW_NETWORK = tr("Not saved in a file."), tr("Show this network.")
RENAME, RENAME_LABEL = tr("Rename"), tr("Name of the network on screen:")
CLOSE_NETWORK, NEW_RUN = tr("Close the network"), tr("Start a new run")
CLOSE_UNSAVED, OPEN_DIGITS = tr("Close without saving"), tr("Open the digits")
NETWORK_COMMANDS: Mapping[str, tuple[str, str, str]] = {
    "new": (
        tr("New network beside this one"),
        tr("Another run; this one stays open."),
        "Ctrl+Shift+N",
    ),
    "next": (tr("Next network"), tr("Show the next one of the open networks."), "Ctrl+Tab"),
    "rename": (tr("Rename…"), tr("Call the network on screen something else."), "F2"),
    "close": (tr("Close network"), tr("Take the network on screen away."), "Ctrl+W"),
}
"""Command -> words, help, key."""


def about_to_be_lost(names: Sequence[str], batches: int) -> str:
    return tr_n(
        "Not saved and about to be dropped: {names} ({count} batch).",
        "Not saved and about to be dropped: {names} ({count} batches).",
        batches,
        names=listed(names),
    )


# ---- files ---------------------------------------------------------------------------

NETWORKS = tr("Networks (*.safetensors)")
OPEN_NETWORK, SAVE_NETWORK = tr("Open network"), tr("Save network")
SAVE_PICTURE, PNGS = tr("Save picture"), tr("Pictures (*.png)")
IDX_FOLDER, PICTURES_FOLDER = tr("Folder with IDX files"), tr("Folder with pictures of digits")
IDX_FILE = tr("IDX file of images")
IDX_FILES = tr("IDX files of images (*images*);;All files (*)")
DIGITS_FORMATS = tr("Table of every design's answers (*.csv);;Contact sheet (*.png)")
DIGITS_BUSY = tr("Digits are being saved already.")
NOT_JUDGED = tr("The test digits are not judged yet; try again in a moment.")
NOTHING_LISTED = tr("No digit is listed, so there is nothing to save.")


def copied(line: str, without_trunk: bool) -> str:
    if without_trunk:
        return tr(
            "Copied (without the frozen trunk: save its network for --trunk-file): {line}",
            line=line,
        )
    return tr("Copied: {line}", line=line)


def other_digits(line: str, here: str) -> str:
    return tr(
        "The line is about the digits {line}; these are the {here} digits.", line=line, here=here
    )


def saved(name: str) -> str:
    return tr("Saved {name}.", name=name)


def saving(name: str) -> str:
    return tr("Saving {name}", name=name)


def not_saved(name: str, error: str) -> str:
    return tr("{name} cannot be saved: {error}.", name=name, error=error)


def save(what: str) -> str:
    return tr("Save {what}", what=what)


def saved_as(what: str, name: str) -> str:
    return tr("Saved {what} as {name}.", what=what, name=name)


def ask_ticked(ticked: int, unseen: int, shown: int) -> str:
    """`unseen`: of those ticked, not among those listed."""
    if unseen == ticked:
        return tr_n(
            "{count} digit is ticked, not among the {shown} listed. Which are to be saved?",
            "{count} digits are ticked, not among the {shown} listed. Which are to be saved?",
            ticked,
            shown=shown,
        )
    return tr(
        "{count} digits are ticked, {unseen} of them not among the {shown} listed. Which are to be "
        "saved?",
        count=ticked,
        unseen=unseen,
        shown=shown,
    )


def bad_ending(name: str) -> str:
    return tr("{name} must end in .csv or .png.", name=name)


def bad_gif(name: str) -> str:
    return tr("{name} must end in .gif.", name=name)


def too_many(most: int, count: int) -> str:
    return tr(
        "A contact sheet holds {most} digits at most, and these are {count}: list or tick fewer of "
        "them, or save them as .csv.",
        most=most,
        count=count,
    )


def sheet_title(what: str, which: str) -> str:
    return tr("{what}: {which}", what=what, which=which)
