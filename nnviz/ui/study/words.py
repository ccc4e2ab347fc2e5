"""The sentences of the Study page."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from nnviz.session.slices import Begun, Remaking
from nnviz.study.expected import duration
from nnviz.study.plan import Study
from nnviz.study.rows import Row
from nnviz.study.saying import condition_in_short
from nnviz.words import listed, percent, plain, sentences, signed, tr, tr_n

if TYPE_CHECKING:  # what judges trials is imported where it does
    from nnviz.study.lines import ComparisonLine

# ---- views ---------------------------------------------------------------------------

PLAN = tr("Plan"), tr("What is compared, on which digits, and how often?")
RESULTS = tr("Results"), tr("What came out, and is the difference real?")
TRIALS_VIEW = tr("Trials"), tr("What happened in each repetition, and with which networks?")

# ---- the plan as a whole -------------------------------------------------------------

WHICH = tr("Study")
WHICH_TIP = tr(
    "The studies that come with the program, those that have results on this computer, and the "
    "file opened last. The plan on the form makes way; Undo brings it back."
)
OPEN = tr("Open…"), tr("Open the file of a study (TOML); one can also be dropped on this page.")
SAVE = tr("Save as…"), tr("Save the plan as a file, which nnviz study and this page open.")
UNDO = tr("Undo"), tr("Take back the last change of the plan (Ctrl+Z)")
REDO = tr("Redo"), tr("Do again what was undone (Ctrl+Shift+Z)")
OPEN_STUDY = tr("Open a study")
SAVE_STUDY = tr("Save the study")
STUDY_FILES = tr("Studies (*.toml)")
SECTIONS = {
    "digits": (tr("Digits and learning"), tr("What is learned from, how, and how often.")),
    "schemes": (tr("Schemes"), tr("The rows of the table: what is compared.")),
    "comparisons": (
        tr("Comparisons"),
        tr("The differences that the study sets out to judge; all others are only looked at."),
    ),
}
CHECKING = tr("Working out how long it takes …")
START = tr("Start"), tr("Run the trials of this study that are still to come.")
FETCH = tr("Fetch it"), tr("Download the data set; asks first.")


def changed(name: str) -> str:
    """A study that differs from its file, in the list of them."""
    return tr("{name} (changed)", name=name)


def begun_entry(begun: Begun) -> str:
    """The same of one that has rows."""
    return tr(
        "{name}: {done} of {wanted} trials", name=begun.name, done=begun.done, wanted=begun.wanted
    )


def told(does: str, takes: str) -> str:
    """What a study does, and what it takes."""
    return sentences(does, takes)


def change_of(label: str) -> str:
    """What was done, for Undo."""
    return tr("the change of “{field}”", field=label)


def refused(label: str, typed: str, hint: str) -> str:
    """That a text means nothing in its field."""
    return tr("{field}: “{typed}” is not taken. {hint}", field=label, typed=typed, hint=hint)


# ---- its fields ----------------------------------------------------------------------

ALL, USUAL, NONE, AS_STUDY = tr("all"), tr("usual"), tr("none"), tr("as the study")
ALL_CLASSES = tr("all")
NO_FOLDER = tr("path of a folder")
BUNDLED = tr("bundled digits")
OWN_FOLDER = tr("a folder")

NAME = tr("Name"), tr("What the study is called.")
QUESTION = tr("Question"), tr("What the study asks, in a sentence.")
DATA = tr("Digits"), tr("The data set: 5,000 bundled digits, or one that is fetched once.")
FOLDER = (
    tr("Folder"),
    tr("A folder of IDX files or of pictures, as “Other digits …” opens it."),
)
CLASSES = (
    tr("Classes"),
    tr("The classes in use, with commas between them, such as 0, 1, 2; empty: all."),
)
PER_CLASS = (
    tr("Images a class"),
    tr(
        "Training images of each class after thinning: every so many-th of them. The blog takes "
        "500, every tenth."
    ),
)
SHARES = (
    tr("Shares in %"),
    tr("Parts of these images, each a point of the plot, such as 1, 10, 100."),
)
COUNTS = (
    tr("or images"),
    tr("In place of shares: so many images of each class, such as 5, 20, 100; empty: shares."),
)
TESTED = (
    tr("Test images"),
    tr("Only the first so many test images of each class are asked."),
)
NETWORKS = {"three-layer": tr("three layers"), "lenet": "LeNet"}
NETWORK = (
    tr("Network"),
    tr("What a model is below its outputs: one hidden layer, or the blog's convolutions."),
)
HIDDEN = tr("Hidden neurons"), tr("Of each three-layer model, unless its scheme says otherwise.")
OPTIMISERS = {"sgd": "SGD", "adadelta": "Adadelta"}
OPTIMISER = (
    tr("Optimiser"),
    tr("How steps follow the gradient: plain descent, or Adadelta as Keras had it for the blog."),
)
RATE = tr("Learning rate"), tr("How far each step goes; usual: what suits the scheme.")
BATCH = tr("Batch"), tr("Images a step.")
EPOCHS = tr("Epochs"), tr("How often the base network sees its images.")
MATCHES = {
    "epochs": tr("equal epochs"),
    "updates": tr("equal updates"),
    "as-published": tr("as published"),
}
MATCHED = (
    tr("Matched by"),
    tr(
        "What the models of a scheme have alike: how often they see their images, how many steps "
        "they take, or neither, as in the blog's published code."
    ),
)
SUB_EPOCHS = tr("Other epochs"), tr("As published: epochs of every model but the base network.")
SUB_BATCH = tr("Other batch"), tr("As published: images a step of every model but the base.")
BFLOAT16 = (
    "bfloat16",
    tr("Products in half precision, where the processor has them: faster, a little coarser."),
)
TRIALS = (
    tr("Trials"),
    tr("Independent repetitions: each draws other images, weights and orders. Ten tell more."),
)
SEED = tr("Seed"), tr("Trial 3 of seed 1 draws the same chance everywhere.")
MEASURES = {"accuracy": tr("accuracy"), "called": tr("called so")}
MEASURE = (
    tr("Measure"),
    tr("Test images answered right, or what is of none of some classes and is called so."),
)
CALLED = tr("Called"), tr("The classes that it counts, such as 6, 9.")
DEVICE = tr("Device"), tr("What a LeNet learns on.")

# ---- schemes -------------------------------------------------------------------------

SCHEME_LIST = tr("Schemes of the study")
SCHEME_LIST_TIP = tr("Choose one to change it.")
SCHEME_HEADINGS = tr("scheme"), tr("how"), tr("hidden layer")
ADD = tr("Add"), tr("One more scheme, a copy of the one chosen.")
REMOVE = tr("Remove"), tr("Take the scheme out of the study.")
UP = tr("Up"), tr("One place up: all are compared with the first.")
DOWN = tr("Down"), tr("One place down.")
ADDING, REMOVING, MOVING = tr("the new scheme"), tr("the scheme removed"), tr("the order")
SCHEME_NAME = tr("Name"), tr("What the row of the table is called.")
SCHEME = tr("Scheme"), tr("How several networks become one answer.")
TRUNKS = {
    "scratch": tr("from scratch"),
    "fine-tuned": tr("fine-tuned"),
    "frozen": tr("frozen"),
}
TRUNK = (
    tr("Hidden layers"),
    tr(
        "Where its models begin: each anew, each with the hidden layers that the base network has "
        "learned, or all on those as they are."
    ),
)
READING = tr("Reading"), tr("How its outputs become an answer.")
SCHEME_HIDDEN = tr("Hidden neurons"), tr("Of each of its models.")
EQUAL_PARAMETERS = (
    tr("equal parameters"),
    tr("As many hidden neurons as bring all its parameters closest to those of the first scheme."),
)
DROP = tr("Leave at once"), tr("Classes that leave at each step of elimination.")
BELOW = tr("Leave below"), tr("All classes leave at once that are less likely than this, 0 to 1.")
CODE = tr("Code"), tr("Its name, or its words, such as 0000,0001,0010.")
MEMBERS = tr("Networks"), tr("How many are averaged.")
BALANCES = {
    "": tr("no"),
    "weight": tr("by weight"),
    "sampling": tr("by sampling"),
}
BALANCE = (
    tr("Balance"),
    tr("How a network makes up for having more negatives than positives."),
)
TAUGHT = tr("Taught only"), tr("It learns from these classes alone, and is asked about all.")

# ---- comparisons ---------------------------------------------------------------------

COMPARISON_LIST = tr("Comparisons of the study")
COMPARISON_TIP = tr("A click chooses a comparison; Remove takes it out.")
FIRST_SCHEME = tr("First"), tr("The scheme whose advantage is judged.")
SECOND_SCHEME = tr("Second"), tr("The scheme that it is compared with.")
MINUS = tr("minus")
CHOSEN_PAIRS = tr("These differences are judged:")
NO_PAIRS = tr("A study of one scheme compares nothing.")
ADD_PAIR = tr("Compare"), tr("Judge this difference in the study.")
REMOVE_PAIR = tr("Remove"), tr("Do not judge the difference chosen.")
USUAL_PAIRS = tr("All with the first"), tr("Compare every scheme with the first again.")
PAIRS = tr("the comparisons")
MOST_NAMED = 2
"""Schemes that a sentence names"""
HOLM = tr(
    "The p values of these comparisons are corrected together (Holm): what is not planned here is "
    "not judged."
)


def pair(first: str, second: str) -> str:
    """A difference in words."""
    return tr("{first} minus {second}", first=first, second=second)


def compared_with_first(first: str) -> str:
    """What is compared where no pairs are chosen."""
    return tr("Every scheme is compared with the first, “{first}”.", first=first)


def plan_in_words(study: Study, data: str) -> str:
    """What a study does, in a line."""
    digits = study.digits
    classes = (
        tr("classes {names}", names=listed(digits.classes)) if digits.classes else tr("all classes")
    )
    images = listed(map(condition_in_short, study.conditions))
    if digits.per_class and not digits.counts:
        images = tr("{shares} of {count} images of each", shares=images, count=digits.per_class)
    names = [each.name for each in study.schemes]
    if len(names) > MOST_NAMED:
        schemes = tr_n("{count} scheme", "{count} schemes", len(names))
    else:
        schemes = listed(names)
    return tr(
        "{schemes}: {data}, {classes}, {images}; {trials}.",
        schemes=schemes,
        data=data,
        classes=classes,
        images=images,
        trials=tr_n("{count} trial", "{count} trials of each", study.trials),
    )


def copied(name: str, number: int) -> str:
    """The name of a copy of a scheme."""
    return tr("{name} ({number})", name=name, number=number)


def scheme_told(name: str, scheme: str, trunk: str) -> str:
    """A scheme, read out."""
    return tr("{name}: {scheme}, hidden layers {trunk}.", name=name, scheme=scheme, trunk=trunk)


# ---- results -------------------------------------------------------------------------

PROGRESS = tr("Trials finished"), tr("How many of the trials of the study are finished.")
ACTIONS = {
    "start": (tr("Start"), tr("Run the trials of this study.")),
    "go-on": (tr("Go on"), tr("Run the trials that are still to come; none is repeated.")),
    "pause": (tr("Pause"), tr("Let the trials under way finish, and begin no others.")),
}
CANCEL = (
    tr("Cancel"),
    tr("End the study within two seconds; finished trials are kept, those under way are lost."),
)
SHOWN = {
    "plots": (tr("Plots"), tr("What was reached, and how much it differs, as pictures.")),
    "tables": (tr("Tables"), tr("The same as numbers, with what must be known to read them.")),
}
RESULT_TABLE = tr("Results of the study")
RESULT_TABLE_TIP = tr("A click on a line lists its trials.")
TO_PLAN = tr("To the plan"), tr("Choose a study, or change this one.")
NO_ROWS = tr("No trial of this study is finished yet.")
NO_TRIALS = tr("No trial of this study is finished yet: there is nothing to list.")


def question_of(question: str) -> str:
    """What stands in place of the result before there is one."""
    return question or NO_ROWS


def not_started(wanted: int) -> str:
    return tr_n("Not started: {count} trial.", "Not started: {count} trials.", wanted)


def measured(rows: Iterable[Row], ready: bool = False) -> str:
    """That rows came with the program; `ready`: and that the trials can begin here."""
    where = listed(sorted({row.processor for row in rows}))
    if ready:
        return tr("Measured before, on {processors}; Start repeats it here.", processors=where)
    return tr("Measured before, on {processors}.", processors=where)


def result_is_here(rows: Iterable[Row]) -> str:
    """The same of a plan that is looked at."""
    where = listed(sorted({row.processor for row in rows}))
    return tr("This study was measured before, on {processors}: see Results.", processors=where)


def stopped_after(done: int, wanted: int) -> str:
    return tr("{done} of {wanted} trials are finished.", done=done, wanted=wanted)


def all_finished(wanted: int) -> str:
    return tr_n("The trial is finished.", "All {count} trials are finished.", wanted)


def starting(done: int, wanted: int) -> str:
    return tr("{done} of {wanted} trials; the trainer is loading …", done=done, wanted=wanted)


def paused_after(done: int, wanted: int) -> str:
    return tr("Paused after {done} of {wanted} trials.", done=done, wanted=wanted)


def pausing(running: int) -> str:
    return tr_n(
        "Pausing: {count} trial is being finished …",
        "Pausing: {count} trials are being finished …",
        running,
    )


def running(done: int, wanted: int, seconds: float | None) -> str:
    if seconds is None:
        return tr("{done} of {wanted} trials", done=done, wanted=wanted)
    return tr(
        "{done} of {wanted} trials, about {time} left",
        done=done,
        wanted=wanted,
        time=duration(seconds),
    )


def of_another(name: str, said: str) -> str:
    """The same of a study that is not on the form."""
    return tr("{name}: {said}", name=name, said=said)


# ---- trials --------------------------------------------------------------------------

CONDITION = tr("Condition"), tr("How many training images the trials learned from.")
UNDER = tr("Learned from")
TRIAL_LIST = tr("Trials of the study")
TRIAL_LIST_TIP = tr("A click or Return opens the networks of a trial in all other pages.")
TRIAL, KEPT = tr("trial"), tr("kept")
KEPT_TIP = tr("Whether its networks are kept; others are made again from the seed.")
TRIALS_TOLD = tr("Return or a click opens the networks of a trial in the other pages.")
CANCEL_REMAKING = tr("Cancel"), tr("Do not make the networks again.")


def trial_told(trial: int, reached: Mapping[str, str], kept: bool) -> str:
    """A trial, read out."""
    shares = listed(
        tr("{scheme} {share}", scheme=scheme, share=share) for scheme, share in reached.items()
    )
    if kept:
        return tr("Trial {trial}: {shares}; its networks are kept.", trial=trial, shares=shares)
    return tr("Trial {trial}: {shares}.", trial=trial, shares=shares)


def remaking(now: Remaking) -> str:
    """How far the networks of a trial are."""
    return tr(
        "Making the networks of trial {trial} again: {part}, about {time} left.",
        trial=now.trial,
        part=percent(now.part, 0),
        time=duration(now.seconds_left),
    )


# ---- saving --------------------------------------------------------------------------

SAVING = tr("Save ▾"), tr("Save a report, the table or the figures.")
SAVE_TABLE = tr("Table…"), tr("Save the table as CSV, with every number.")
SAVE_REPORT = (
    tr("Report…"),
    tr("Save one page with results, settings, versions and the command, as HTML or PDF."),
)
SAVE_TRIALS = tr("Trials…"), tr("Save what each scheme reached in each trial, as CSV.")
SAVE_FIGURES = tr("Figures…"), tr("Save the plots as SVG, PDF or PNG, a file each.")
TABLE_FILES = tr("Tables (*.csv)")
REPORT_FILES = tr("Web pages (*.html);;PDF (*.pdf)")
FIGURE_FILES = tr("SVG (*.svg);;PDF (*.pdf);;PNG (*.png)")


# ---- the two tables ------------------------------------------------------------------

REACHED_HEADINGS = tr("images"), tr("scheme"), tr("95 % interval"), tr("trials")
DIFFERENCE_HEADINGS = (
    tr("images"),
    tr("first minus second"),
    tr("difference"),
    tr("95 % interval"),
    tr("d"),
    tr("p"),
)
IMAGES_TIP = tr("How many of the training images were learned from.")
INTERVAL_TIP = tr(
    "Of the mean over trials (Student's t): the chance of training, on one fixed test set."
)
DIFFERENCE_TIP = tr("Mean over trials of the paired differences, in percentage points.")
EFFECT_TIP = tr("Cohen's d of the paired differences: their mean in units of their deviation.")
CHANCE_TIP = tr(
    "How likely so large a difference is by chance alone: paired t test, corrected for all "
    "comparisons of the plan (Holm)."
)
DIFFERENCE_TABLE = tr("Differences between the schemes")
DIFFERENCE_TABLE_TIP = tr("Point at a line for all that is said of it; a click lists its trials.")
NOTES_TIP = tr("What must be known to read the tables.")
UNKNOWN = "–"


def notes(found: Sequence[str]) -> str:
    """What must be known to read the tables."""
    return sentences(*found)


def difference(points: str) -> str:
    """A difference of shares, in percentage points."""
    return tr("{points} pp", points=points)


def and_more(said: str, more: int) -> str:
    """A result, and how many others there are."""
    others = tr_n(
        "{count} more comparison stands below.",
        "{count} more comparisons stand below.",
        more,
    )
    return sentences(said, others if more else "")


def still_open(first: str, second: str, condition: str, mean: str, interval: str) -> str:
    """A difference that nobody can be sure of yet."""
    return tr(
        "With {condition}, {first} minus {second} is {mean} points ({interval}): too few trials "
        "to tell.",
        condition=condition,
        first=first,
        second=second,
        mean=mean,
        interval=interval,
    )


def reached_told(scheme: str, images: str, mean: str, trials: int) -> str:
    """A line of the first table, read out."""
    return tr_n(
        "{scheme}, {images}: {mean} in {count} trial.",
        "{scheme}, {images}: {mean} in {count} trials.",
        trials,
        scheme=scheme,
        images=images,
        mean=mean,
    )


def difference_told(pair: str, images: str, mean: str, verdict: str) -> str:
    """A line of the second table, read out."""
    return tr(
        "{pair}, {images}: {mean}, {verdict}.",
        pair=pair,
        images=images,
        mean=mean,
        verdict=verdict,
    )


def difference_tip(line: "ComparisonLine", said: str) -> str:
    """All that is said of a difference."""
    paired = line.paired
    ahead = tr(
        "The first is ahead in {ahead} of {count} trials; a tie counts half.",
        ahead=plain(paired.ahead),
        count=paired.spread.trials,
    )
    wilcoxon = tr("Wilcoxon p = {p}.", p=plain(paired.wilcoxon_p, 2))
    pooled = ""
    if paired.d_pooled is not None:
        low, high = paired.d_pooled.interval
        pooled = tr(
            "d within both groups, as if unpaired: {d} ({low} to {high}).",
            d=signed(paired.d_pooled.d, 2),
            low=signed(low, 2),
            high=signed(high, 2),
        )
    more = ""
    if line.wanted:
        more = tr("About {count} trials would tell 2 points apart.", count=line.wanted)
    return sentences(said, ahead, wilcoxon, pooled, more)
