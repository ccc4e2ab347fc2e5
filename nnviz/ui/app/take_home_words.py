"""What is said where pictures, tables and films are taken home."""

from pathlib import Path

from nnviz.words import tr, tr_n

SAVE_PICTURE = (
    tr("Save picture…"),
    tr("Save this picture by itself as PNG, SVG or PDF."),
)
COPY_PICTURE = (
    tr("Copy picture"),
    tr("Put this picture on the clipboard, with two pixels for each of the screen."),
)
COPY_TABLE = (
    tr("Copy table"),
    tr("Put what this picture shows on the clipboard as a table for a spreadsheet or a text."),
)
SAVE_TABLE = (
    tr("Save table as CSV…"),
    tr("Save what this picture shows as a table of numbers."),
)
SHOW_TABLE = (
    tr("Show table"),
    tr("What this picture shows as a table, for screen readers too."),
)
KIND, KIND_TIP = (
    tr("Kind of file:"),
    tr("PNG is made of pixels; SVG and PDF are made of lines and words, as sharp at any size."),
)
WHITE, WHITE_TIP = (
    tr("White background"),
    tr("In the colours of the light theme, on white: for paper and slides."),
)
GO_ON, GO_ON_TIP = tr("Save…"), tr("Asks where to save it.")
CANCEL, CANCEL_TIP = tr("Cancel"), tr("Saves nothing.")
CSV_FILES = tr("Tables (*.csv)")
SAVE_TABLE_AS = tr("Save table")
NO_TABLE = tr("There is no table to be had of what is on screen.")
PICTURE_COPIED = tr("The picture is on the clipboard.")


def kind_in_words(ending: str, pixels: int) -> str:
    """What a picture can be saved as."""
    if ending != "png":
        return tr("{kind} (lines and words)", kind=ending.upper())
    if pixels == 1:
        return tr("PNG as on the screen")
    return tr("PNG, {times} times as fine", times=pixels)


def files_of(ending: str) -> str:
    """For the dialog of files."""
    return tr("{kind} pictures (*.{ending})", kind=ending.upper(), ending=ending)


def table_copied(rows: int) -> str:
    """What is said once a table is on the clipboard."""
    return tr_n(
        "A table of {count} row is on the clipboard.",
        "A table of {count} rows is on the clipboard.",
        rows,
    )


def table_of(name: str) -> str:
    """Over a table."""
    return tr("Table: {name}", name=name)


def unknown_kind(path: Path) -> str:
    """Of a file that no picture can become."""
    return tr("{name} must end in .png, .svg or .pdf.", name=path.name)
