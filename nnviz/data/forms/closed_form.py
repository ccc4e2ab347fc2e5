"""What people keep digits in, too, that nnviz does not open: called by its name, with a way out."""

from dataclasses import dataclass

from nnviz.words import tr

PICKLES = (".pkl", ".pickle", ".pt", ".pth", ".joblib")


@dataclass(frozen=True)
class Closed:
    """A form that is known, but not opened."""

    begins: tuple[bytes, ...]
    """How its files begin"""
    endings: tuple[str, ...]
    said: str
    """What to do, as a sentence of one file"""


CLOSED = (
    Closed(
        (b"\x89HDF", b"MATLAB 7.3"),
        (".h5", ".hdf5"),
        tr(
            "{path} is an HDF5 file, which nnviz does not read: in Python, h5py opens it, and "
            "numpy.savez('digits.npz', x_train=..., y_train=..., x_test=..., y_test=...) writes "
            "what nnviz opens."
        ),
    ),
    Closed(
        (b"\x80\x02", b"\x80\x03", b"\x80\x04", b"\x80\x05"),
        PICKLES,
        tr(
            "{path} is a pickle, which could run any program, so nnviz never opens it: load it "
            "where you trust it, and numpy.savez('digits.npz', x_train=..., y_train=..., "
            "x_test=..., y_test=...) writes what nnviz opens."
        ),
    ),
    Closed(
        (b"ARROW1",),
        (".arrow", ".feather"),
        tr(
            "{path} is an Arrow file, which nnviz does not read: with pyarrow or datasets, save it "
            "as Parquet."
        ),
    ),
    Closed(
        (),
        (".tar", ".tgz", ".7z", ".rar", ".tfrecord"),
        tr("{path} is an archive that nnviz does not open: unpack it, and name the folder."),
    ),
)


def why_closed(path: str, head: bytes) -> str:
    """One sentence about a file that is known, but not opened; "" for any other. `head` is how its
    unpacked content begins."""
    name = path.lower().removesuffix(".gz").removesuffix(".bz2").removesuffix(".xz")
    for form in CLOSED:
        if head.startswith(form.begins) or name.endswith(form.endings):
            return tr(form.said, path=path)
    packed = head.startswith(b"PK\x03\x04") and b"data.pkl" in head
    return tr(CLOSED[1].said, path=path) if packed else ""
