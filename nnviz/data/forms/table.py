"""The table of forms: a new one is a file with its reader, and an entry here."""

from collections.abc import Callable
from dataclasses import dataclass

from nnviz.data.forms.closed_form import why_closed
from nnviz.data.forms.content import Reading
from nnviz.data.forms.idx_form import begins_idx, read_idx_file
from nnviz.data.forms.libsvm_form import looks_sparse, read_sparse
from nnviz.data.forms.members import Member
from nnviz.data.forms.names import ending_of
from nnviz.data.forms.numpy_form import ARCHIVE, ARRAY, read_archive, read_array
from nnviz.data.forms.parquet_form import BEGINS as PARQUET
from nnviz.data.forms.parquet_form import read_parquet
from nnviz.data.forms.text_form import looks_like_text, read_text
from nnviz.data.idx import DigitsError
from nnviz.data.picture_kinds import format_of
from nnviz.words import commas, tr


@dataclass(frozen=True)
class Form:
    """A way in which data sets are kept."""

    name: str
    files: str
    """Names of its files, as an example"""
    holds: str
    """What is read of them, for the help"""
    begins: Callable[[bytes], bool]
    """Whether a file that begins so is of this form"""
    read: Callable[[Member], Reading]


FORMS = (
    Form(
        "IDX",
        "emnist-digits-train-images-idx3-ubyte.gz, qmnist-test-labels-idx2-int.gz",
        tr(
            "MNIST's own, under any name: EMNIST, QMNIST (the first of its eight columns of "
            "labels), KMNIST, Fashion-MNIST"
        ),
        begins_idx,
        read_idx_file,
    ),
    Form(
        "NPZ",
        "mnist.npz, kmnist-train-imgs.npz",
        tr(
            "arrays of NumPy, told by their names: x_train, y_train, x_test, y_test as Keras has "
            "them, train_images as MedMNIST, arr_0 in four files as KMNIST"
        ),
        lambda head: head.startswith(ARCHIVE),
        read_archive,
    ),
    Form(
        "NPY",
        "x_train.npy, y_train.npy",
        tr("one array of NumPy in each file"),
        lambda head: head.startswith(ARRAY),
        read_array,
    ),
    Form(
        "Parquet",
        "mnist/train-00000-of-00001.parquet",
        tr(
            "as the hub of Hugging Face serves images: a column of pictures, one of labels; or a "
            "column for each pixel; needs pyarrow (uv sync --extra parquet)"
        ),
        lambda head: head.startswith(PARQUET),
        read_parquet,
    ),
    Form(
        "LIBSVM",
        "usps.bz2, usps.t.bz2",
        tr("a label, then index:value for each pixel that is not 0: USPS"),
        looks_sparse,
        read_sparse,
    ),
    Form(
        "CSV",
        "mnist_train.csv, train.csv, digits.csv.gz, mnist_784.arff",
        tr(
            "a line for each image: a label and its pixels, in this order or the other way round, "
            "with a header or without: Kaggle's, OpenML's, the 8 x 8 digits of scikit-learn and UCI"
        ),
        looks_like_text,
        read_text,
    ),
)


def form_of(member: Member) -> Form:
    """The form of a file, by how its content begins. Raises DigitsError."""
    head = member.head()
    closed = why_closed(str(member), head)
    if closed:
        raise DigitsError(closed)
    if not head:
        raise DigitsError("{path} is empty: it has no bytes.", path=str(member))
    if format_of(head) and ending_of(member.name) != "CSV":
        raise DigitsError(
            "{path} is one picture: name the folder that it lies in, or draw or open it on the "
            "page Draw.",
            path=str(member),
        )
    form = next((each for each in FORMS if each.begins(head)), None)
    if form is None:
        raise DigitsError(
            "{path} holds no data set in a form that nnviz reads: {forms}.",
            path=str(member),
            forms=commas(each.name for each in FORMS),
        )
    return form


def read_member(member: Member) -> Reading:
    """What a file holds, in whatever form. Raises DigitsError."""
    found = yield from form_of(member).read(member)
    return found
