"""What every network says of some digits, as a table for other programs."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

from nnviz.data.arrays import Bytes
from nnviz.questions.judged import Judged
from nnviz.verdicts.answers import NOT_A_DIGIT

NO_CLASS = "not a digit"


def answers_csv(
    images: Iterable[int],
    labels: Bytes,
    class_names: Sequence[str],
    judged: Mapping[str, Judged],
    files: Sequence[str] = (),
) -> bytes:
    """CSV: a line per digit, with its number (`index`), its label, and of each network the
    answer and the confidence 0..1; where digits were read from pictures, with their name (`file`).

    images: numbers of the digits; labels (all test digits,); judged: name of the column ->
    what a network says of all of them; files (all test digits,) or none.
    """
    text = io.StringIO()
    lines = csv.writer(text, lineterminator="\n")
    columns = [words for name in judged for words in (name, f"{name} confidence")]
    lines.writerow(["index", "label", *(["file"] if files else []), *columns])
    for image in images:
        said = [
            words
            for each in judged.values()
            for words in (
                _named(class_names, int(each.answers[image])),
                f"{each.confidence[image]:.4f}",
            )
        ]
        file = [files[image]] if files else []
        lines.writerow([image, class_names[labels[image]], *file, *said])
    return text.getvalue().encode()


def _named(class_names: Sequence[str], answer: int) -> str:
    return NO_CLASS if answer == NOT_A_DIGIT else class_names[answer]
