"""What people keep digits in, too, that nnviz does not open: called by its name, with a way out."""

from collections.abc import Callable
from dataclasses import dataclass

from nnviz.words import tr

PICKLES = (".pkl", ".pickle", ".pt", ".pth", ".joblib")


@dataclass(frozen=True)
class Closed:
    """A form that is known, but not opened."""

    begins: tuple[bytes, ...]
    """How its files begin"""
    endings: tuple[str, ...]
    said: Callable[[str], str]
    """A path -> what it is and what to do, in a sentence"""


PICKLE = Closed(
    (b"\x80\x02", b"\x80\x03", b"\x80\x04", b"\x80\x05"),
    PICKLES,
    lambda path: tr(
        "{path} is a pickle, which could run any program, so nnviz never opens it: load it "
        "where you trust it, and numpy.savez('digits.npz', x_train=..., y_train=..., "
        "x_test=..., y_test=...) writes what nnviz opens.",
        path=path,
    ),
)
CLOSED = (
    Closed(
        (b"\x89HDF", b"MATLAB 7.3"),
        (".h5", ".hdf5"),
        lambda path: tr(
            "{path} is an HDF5 file, which nnviz does not read: in Python, h5py opens it, and "
            "numpy.savez('digits.npz', x_train=..., y_train=..., x_test=..., y_test=...) writes "
            "what nnviz opens.",
            path=path,
        ),
    ),
    Closed(
        # SciPy, which could read it, can end the program on a damaged one
        (b"MATLAB 5.0",),
        (".mat",),
        lambda path: tr(
            "{path} is a MATLAB file, which nnviz does not read: in Python, scipy.io.loadmat opens "
            "it, and numpy.savez('digits.npz', x_train=..., y_train=..., x_test=..., y_test=...) "
            "writes what nnviz opens.",
            path=path,
        ),
    ),
    PICKLE,
    Closed(
        (b"ARROW1",),
        (".arrow", ".feather"),
        lambda path: tr(
            "{path} is an Arrow file, which nnviz does not read: with pyarrow or datasets, save it "
            "as Parquet.",
            path=path,
        ),
    ),
    Closed(
        (),
        (".tar", ".tgz", ".7z", ".rar", ".tfrecord"),
        lambda path: tr(
            "{path} is an archive that nnviz does not open: unpack it, and name the folder.",
            path=path,
        ),
    ),
)


def why_closed(path: str, head: bytes) -> str:
    """One sentence about a file that is known, but not opened; "" for any other. `head` is how its
    unpacked content begins."""
    name = path.lower().removesuffix(".gz").removesuffix(".bz2").removesuffix(".xz")
    for form in CLOSED:
        if head.startswith(form.begins) or name.endswith(form.endings):
            return form.said(path)
    packed = head.startswith(b"PK\x03\x04") and b"data.pkl" in head
    return PICKLE.said(path) if packed else ""
