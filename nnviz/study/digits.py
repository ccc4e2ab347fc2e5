"""The images of a study: opened and thinned once, drawn anew for each trial."""

import dataclasses
from dataclasses import dataclass

import numpy as np

from nnviz.data.arrays import Bytes, Indices
from nnviz.data.catalogue import label_of
from nnviz.data.digits import DigitSet, Source, open_digits
from nnviz.data.handed import KNOWN, digest_of, kind_of
from nnviz.study.chance import NOBODY, Purpose, chance_of
from nnviz.study.checking import StudyError, check_classes, check_images, images_of_share
from nnviz.study.plan import Condition, Study
from nnviz.study.rows import Place
from nnviz.words import commas, tr_n


@dataclass(frozen=True, eq=False)
class StudyImages(DigitSet):
    """The images of a study, or those that one of its trials learns from."""

    left_out: int = 0
    """Training images that thinning left out"""

    @property
    def fewest(self) -> int:
        """Training images of the rarest class."""
        return int(np.bincount(self.train_labels, minlength=self.classes).min())


def open_study_digits(study: Study) -> StudyImages:
    """The images of a study: its classes, thinned, and the test images that it asks.

    Raises DigitsError or StudyError.
    """
    wanted = study.digits
    whole = open_digits(Source(wanted.data or "bundled", wanted.folder or None))
    if wanted.data in KNOWN and whole.data in KNOWN and whole.data != wanted.data:
        raise StudyError(
            "The folder {folder} holds {found}, but the study wants {wanted}.",
            folder=wanted.folder,
            found=label_of(whole.data),
            wanted=label_of(wanted.data),
        )
    check_classes("digits.classes", wanted.classes, whole.class_names)
    chosen = whole.only(wanted.classes) if wanted.classes else whole
    for entry in study.schemes:
        check_classes("schemes.taught", entry.taught, chosen.class_names)
    check_classes("called", study.called, chosen.class_names)
    images = thinned(chosen, wanted.per_class)
    check_images(wanted, images.fewest)
    if not wanted.tested:
        return images
    tested = _first_of_each(images.test_labels, wanted.tested)
    return dataclasses.replace(
        images,
        test_images=images.test_images[tested],
        test_labels=images.test_labels[tested],
        test_files=(),
    )


def drawn(study: Study, digits: StudyImages, place: Place) -> StudyImages:
    """The images that one trial learns from: of each class so many as its condition says, drawn
    by the trial's seed. Those of a condition with fewer are among them."""
    condition = study.conditions[place.condition]
    places = []
    for label in range(digits.classes):
        own = np.flatnonzero(digits.train_labels == label)
        chance = chance_of(study, place.trial, Purpose.SUBSET, NOBODY, label)
        places.append(chance.permutation(own)[: images_of(condition, len(own))])
    return _part(digits, np.sort(np.concatenate(places)))


def images_of(condition: Condition, images: int) -> int:
    """How many of the images of a class a trial under a condition learns from."""
    return condition.count or images_of_share(condition.share, images)


def thinned(digits: DigitSet, per_class: int) -> StudyImages:
    """Evenly every so many-th training image of each class that has more than wanted; 0: all."""
    plain = {each.name: getattr(digits, each.name) for each in dataclasses.fields(digits)}
    whole = StudyImages(**plain)
    counts = np.bincount(digits.train_labels, minlength=digits.classes).tolist()
    if not per_class:
        return whole
    places = []
    for label, count in enumerate(counts):
        own = np.flatnonzero(digits.train_labels == label)
        kept = min(count, per_class)
        places.append(own[np.arange(kept) * count // kept] if kept else own)
    few = [digits.class_names[label] for label, count in enumerate(counts) if count <= per_class]
    note = tr_n(
        "{names} has no more than {per_class} training images and was not thinned.",
        "{names} have no more than {per_class} training images each and were not thinned.",
        len(few),
        names=commas(few),
        per_class=per_class,
    )
    left = _part(whole, np.sort(np.concatenate(places))) if len(few) < len(counts) else whole
    return dataclasses.replace(
        left,
        left_out=len(whole.train_labels) - len(left.train_labels),
        notes=(*whole.notes, note) if few else whole.notes,
    )


def _part(digits: StudyImages, places: Indices) -> StudyImages:
    """Some of the training images, (images,) ascending; what a network that learns from them is
    handed tells them from any others."""
    if len(places) == len(digits.train_labels):
        return digits
    images, labels = digits.train_images[places], digits.train_labels[places]
    return dataclasses.replace(
        digits,
        train_images=images,
        train_labels=labels,
        data=digest_of(images, labels),
        kind=digits.kind or kind_of(digits.data or digits.name),
    )


def _first_of_each(labels: Bytes, images: int) -> Indices:
    """The places (images,) of the first so many of each label."""
    found = [np.flatnonzero(labels == label)[:images] for label in range(int(labels.max()) + 1)]
    return np.sort(np.concatenate(found))
