"""What the options of the commands are called, and what their words mean."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from nnviz.cli.progress import progress, tell
from nnviz.data.catalogue import DATA_SETS, label_of
from nnviz.data.digits import MOST_CLASSES, DigitSet, Source, are_pictures
from nnviz.data.forms.turning import SAID, checked
from nnviz.data.idx import DigitsError
from nnviz.networks.files import TrainedNetwork, digits_for, fitting, is_new, load
from nnviz.networks.settings import SettingError
from nnviz.networks.taught import meant_for
from nnviz.questions.orientation import upright
from nnviz.questions.piecemeal import at_once
from nnviz.verdicts.answers import Options
from nnviz.words import commas, plain, sentences, speak_of, tr

DIGIT_SETS = ("bundled", *DATA_SETS)
MOST_NAMED = 20
"""Pictures left out that are named; of the others only their number is."""


def whole_number(typed: str) -> int:
    """The whole number that a text is. Raises BadParameter, which names the option: for 60.000,
    too, which may mean 60 or 60,000."""
    try:
        return int(typed)
    except ValueError:
        problem = tr("{typed} is no whole number: digits only.", typed=repr(typed))
        raise typer.BadParameter(problem) from None


Data = Annotated[
    str | None,
    typer.Option(
        metavar="PATH",
        help=tr("Folder or file of a data set: IDX, .npz, .csv, Parquet and more."),
    ),
]
Digits = Annotated[
    str | None,
    typer.Option(
        metavar="|".join(DIGIT_SETS), help=tr("The data set; nnviz digits fetch brings it.")
    ),
]
Classes = Annotated[
    str | None,
    typer.Option(metavar="NAME,NAME", help=tr("Only the digits of these classes, e.g. 6,9.")),
]
Every = Annotated[
    int | None,
    typer.Option(
        metavar="N",
        parser=whole_number,
        help=tr("Only every N-th training digit, beginning with the first."),
    ),
]
Share = Annotated[
    float | None,
    typer.Option(
        metavar="0..1", help=tr("Only so large a part of the training digits of each class.")
    ),
]
Images = Annotated[
    str | None,
    typer.Option(
        metavar="PATH",
        help=tr(
            "Your own test digits: a folder of pictures (7/a.png or 7-a.png), or as for --data."
        ),
    ),
]
NamesAreLabels = Annotated[
    bool,
    typer.Option(
        "--names-are-labels",
        help=tr("Numbers in names of pictures are their labels, also where they may only count."),
    ),
]
Turned = Annotated[
    str | None,
    typer.Option(
        metavar="|".join(SAID),
        help=tr("How the images of --data are turned; EMNIST's are stored transposed."),
    ),
]
ImagesTurned = Annotated[
    str | None,
    typer.Option(metavar="|".join(SAID), help=tr("How those of --images are turned.")),
]
Drop = Annotated[
    int | None,
    typer.Option(
        metavar="K",
        parser=whole_number,
        help=tr("Elimination: so many classes leave per step."),
    ),
]
Below = Annotated[
    float | None,
    typer.Option(metavar="P", help=tr("Elimination: all classes less likely than this leave.")),
]
AsJson = Annotated[bool, typer.Option("--json", help=tr("One JSON object per line, nothing else."))]


def one_of(value: str | None, allowed: tuple[str, ...], option: str) -> None:
    """Raises SettingError for a value that is not allowed."""
    if value is not None and value not in allowed:
        raise SettingError(
            "{option} must be one of {allowed}, not {value}.",
            option=option,
            allowed=commas(allowed),
            value=repr(value),
        )


def digits_of(
    digits: str | None,
    data: str | None,
    images: str | None = None,
    classes: str | None = None,
    every: int | None = None,
    share: float | None = None,
    turned: str | None = None,
    images_turned: str | None = None,
    names_are_labels: bool = False,
) -> DigitSet:
    """The data set that --digits and --data name, with the test digits that --images names, and
    the part of it that --classes, --every and --share ask for; turned as --turned and
    --images-turned say.

    Raises DigitsError or SettingError.
    """
    one_of(digits, DIGIT_SETS, "--digits")
    if digits == "bundled" and data is not None:
        raise SettingError("--data names a folder, so it does not go with --digits bundled.")
    return opened_from(
        Source(
            digits or ("folder" if data else "bundled"),
            data,
            images,
            *_part(classes, every, share),
            ways_of(turned, data, "--turned", "--data"),
            ways_of(images_turned, images, "--images-turned", "--images"),
            names_are_labels and images is not None,
        )
    )


def ways_of(said: str | None, named: str | None, option: str, of: str) -> tuple[str, ...]:
    """The ways of turning that an option says. Raises SettingError or DigitsError."""
    if said is None:
        return ()
    if named is None:
        raise SettingError("{option} goes with {of}.", option=option, of=of)
    return checked(said.split(","))


def opened_from(source: Source) -> DigitSet:
    """The digits from somewhere; says on standard error how they were read, which pictures of
    yours were left out, and whether all would stand better turned.

    Raises DigitsError.
    """
    # Pillow: `--help` does without
    from nnviz.data.own_digits import Progress, opening

    if not source.in_pieces:
        return _spoken_of(at_once(opening(source))[0])
    with progress(tr("Reading pictures")) as bar:

        def hear(read: Progress) -> None:
            bar.reach(read.done, read.total)

        try:
            found, left_out = at_once(opening(source), hear)
        except DigitsError as error:
            if error.counted < len(error.left_out):
                _tell_left_out(error.left_out, source.tests or source.folder or "")
            raise
    _tell_left_out(left_out, source.tests or source.folder or "")
    for sentence in found.notes:
        tell(sentence)
    better = upright(found)
    if better is not None:
        tell(sentences(better.sentence, tr("{option} turns them.", option=better.option)))
    return _spoken_of(found)


def _tell_left_out(sentences: Sequence[str], folder: str) -> None:
    for sentence in sentences[:MOST_NAMED]:
        tell(tr("left out: {sentence}", sentence=sentence))
    if len(sentences) > MOST_NAMED:
        tell(
            tr(
                "and {count} more: nnviz digits labels {folder} lists all.",
                count=len(sentences) - MOST_NAMED,
                folder=folder,
            )
        )


def _spoken_of(digits: DigitSet) -> DigitSet:
    speak_of(are_pictures(digits))
    return digits


def _part(
    classes: str | None, every: int | None, share: float | None
) -> tuple[tuple[str, ...], int, float]:
    """What a `Source` says of the part of its digits. Raises SettingError."""
    if every is not None and every < 1:
        raise SettingError("--every must be 1 or more, not {every}.", every=every)
    if share is not None and not 0 < share <= 1:
        raise SettingError(
            "--share must be above 0 and at most 1, not {share}.", share=plain(share)
        )
    names = () if classes is None else tuple(name.strip() for name in classes.split(","))
    return names, every or 1, 1.0 if share is None else share


def networks_of(
    files: Sequence[Path], digits: DigitSet
) -> tuple[Sequence[TrainedNetwork], DigitSet]:
    """The networks of files, and the digits of the classes that they tell apart.

    Raises NetworkFileError where they tell other classes apart, or not all the same ones.
    """
    loaded = [load(file, digits) for file in files]
    for each, file in zip(loaded, files, strict=True):
        if is_new(each, file):
            assert each.adopted is not None
            tell(each.adopted.words)
    asked = digits_for(loaded[0], digits)
    if asked is not digits:
        tell(
            tr(
                "{file} tells {count} classes apart: only the digits {classes} are asked.",
                file=files[0].name,
                count=asked.classes,
                classes=commas(asked.class_names),
            )
        )
    found = [fitting(each, file, asked) for each, file in zip(loaded, files, strict=True)]
    for each, file in zip(found, files, strict=True):
        if not meant_for(each.taught, asked.handed().kind):
            tell(
                tr(
                    "{file} learned from {learned}; it is asked about {digits}.",
                    file=file.name,
                    learned=label_of(each.digits) or tr("digits that nobody knows"),
                    digits=label_of(asked.name),
                )
            )
    return found, asked


def elimination_options(reading: str | None, drop: int | None, below: float | None) -> Options:
    """How elimination goes. Raises SettingError."""
    if drop is not None and below is not None:
        raise SettingError("--drop and --below are two ways of elimination: give one of them.")
    if reading not in (None, "walk") and (drop is not None or below is not None):
        raise SettingError("--drop and --below go with --reading walk.")
    if drop is not None and not 1 <= drop <= MOST_CLASSES - 1:
        raise SettingError(
            "--drop must be between 1 and {most}, not {drop}.", most=MOST_CLASSES - 1, drop=drop
        )
    if below is not None and not 0 < below < 1:
        raise SettingError("--below must be between 0 and 1, not {below}.", below=plain(below))
    return Options(drop or 1, below)
