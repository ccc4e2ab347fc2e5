"""The data sets that can be fetched: what they are, who made them, where they come from."""

import os
from dataclasses import dataclass
from pathlib import Path

from nnviz.paths import user_data
from nnviz.words import number, tr


@dataclass(frozen=True)
class DataSet:
    """A data set that torchvision knows how to download."""

    label: str
    images: str
    """How many images of what."""
    size: int
    """Bytes to download."""
    host: str
    """Where they come from when no mirror is named."""
    credit: str
    licence: str
    torchvision: str
    """Name of its class in torchvision.datasets."""
    class_names: tuple[str, ...] = ()
    """What the labels 0, 1, ... mean; empty where they are digits."""

    @property
    def megabytes(self) -> str:
        """The size of the download in words."""
        return megabytes(self.size)


DATA_SETS = {
    "mnist": DataSet(
        label="MNIST",
        images=tr("70,000 handwritten digits"),
        size=11_594_722,
        host="ossci-datasets.s3.amazonaws.com",
        credit=tr("Yann LeCun, Corinna Cortes and Christopher J.C. Burges"),
        licence="CC BY-SA 3.0",
        torchvision="MNIST",
    ),
    "fashion-mnist": DataSet(
        label="Fashion-MNIST",
        images=tr("70,000 pictures of clothes"),
        size=30_878_645,
        host="fashion-mnist.s3-website.eu-central-1.amazonaws.com",
        credit=tr("Han Xiao, Kashif Rasul and Roland Vollgraf, Zalando SE"),
        licence="MIT",
        torchvision="FashionMNIST",
        class_names=(
            "T-shirt/top",
            "trouser",
            "pullover",
            "dress",
            "coat",
            "sandal",
            "shirt",
            "sneaker",
            "bag",
            "ankle boot",
        ),
    ),
    "cifar-10": DataSet(
        label="CIFAR-10",
        images=tr("60,000 small colour photographs"),
        size=170_498_071,
        host="www.cs.toronto.edu",
        credit=tr("Alex Krizhevsky, Vinod Nair and Geoffrey Hinton"),
        licence=tr("no licence stated; cite Krizhevsky (2009)"),
        torchvision="CIFAR10",
        class_names=(
            "airplane",
            "automobile",
            "bird",
            "cat",
            "deer",
            "dog",
            "frog",
            "horse",
            "ship",
            "truck",
        ),
    ),
}


def label_of(name: str) -> str:
    """What a data set is called on screen; the folders of users keep their names."""
    return DATA_SETS[name].label if name in DATA_SETS else name


def test_of(name: str) -> str:
    """Whose test digits an accuracy was measured on."""
    return tr("{digits} test", digits=label_of(name))


def fetched_folder(name: str) -> Path:
    """Where a data set lies once it has been fetched."""
    return user_data() / name


def is_fetched(name: str) -> bool:
    """Whether a complete copy lies there: a download appears only when it is complete."""
    return os.path.isdir(fetched_folder(name))  # False also where nobody may look


def megabytes(size: float) -> str:
    """Bytes in words, as a person would read them out."""
    return tr("{size} MB", size=number(size / 1e6, 0 if size >= 1e8 else 1))
