"""What the program reads, each with sound files to damage and the function that it reads by.

A new reader is one entry of READERS.
"""

import gzip
import importlib.util
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from nnviz.data.digits import Source, bundled_digits, open_digits
from nnviz.data.drawing import Drawing
from nnviz.data.idx import idx_bytes
from nnviz.data.ink import find_ink
from nnviz.data.kept_drawings import KeptDrawing, new_name, read_kept, write_kept
from nnviz.data.opened_picture import OpenedPicture
from nnviz.data.picture_files import picture_of, read_picture
from nnviz.lectures.files import read_lecture
from nnviz.lectures.line import settings_of_line
from nnviz.networks.files import load, save
from nnviz.networks.film_file import FilmFile, read_film
from nnviz.paths import RESOURCES, TRAINED
from nnviz.session.autosave import Autosave, age_in_words
from nnviz.study.files import find_study, load_study
from nnviz.study.report import csv_of, csv_of_rows, markdown_of, records_of
from nnviz.study.rows import Outcome, Row, packed
from nnviz.study.store import create_or_open, study_in
from nnviz.study.table import table_of
from nnviz.words import number
from tests.forms import written
from tests.learning.foreign_files import net, of_the_book
from tests.learning.foreign_files import write as write_foreign

Files = Mapping[str, bytes]
"""Name -> content"""
TRAIN, TEST = 20, 8


@dataclass(frozen=True)
class Reader:
    """One kind of file."""

    make: Callable[[Path], object]
    """Writes a sound file or several into an empty folder"""
    read: Callable[[Path], Any]
    """Reads the folder, or the only file in it, as the program does"""

    def files(self, folder: Path) -> Files:
        """What `make` writes."""
        self.make(folder)
        found = [each for each in sorted(folder.rglob("*")) if each.is_file()]
        return {str(each.relative_to(folder)): each.read_bytes() for each in found}


@cache
def _tiny() -> written.Digits:
    few = written.few()
    return written.Digits(
        few.train[:TRAIN], few.train_labels[:TRAIN], few.test[:TEST], few.test_labels[:TEST]
    )


def _digits(path: Path) -> None:
    open_digits(Source("folder", str(path)))


def _four_files(packed: bool) -> Callable[[Path], None]:
    def make(folder: Path) -> None:
        tiny = _tiny()
        for stem, array in (
            ("train-images-idx3-ubyte", tiny.train),
            ("train-labels-idx1-ubyte", tiny.train_labels),
            ("t10k-images-idx3-ubyte", tiny.test),
            ("t10k-labels-idx1-ubyte", tiny.test_labels),
        ):
            content = idx_bytes(array)
            name = f"{stem}.gz" if packed else stem
            (folder / name).write_bytes(gzip.compress(content) if packed else content)

    return make


def _of_form(form: str) -> Callable[[Path], None]:
    return lambda folder: written.FORMS[form](folder, _tiny())


def _picture(kind: str) -> Callable[[Path], None]:
    def make(folder: Path) -> None:
        image = np.kron(255 - _tiny().test[0], np.ones((3, 3), np.uint8))
        Image.fromarray(image).save(folder / f"digit.{kind}")

    return make


def _read_picture(path: Path) -> None:
    find_ink(np.ascontiguousarray(OpenedPicture(read_picture(path), path.name).looked_at))


def _pasted(path: Path) -> None:
    picture_of(path.read_bytes(), "The clipboard")


def _picture_folder(folder: Path) -> None:
    lines = ["name,label"]
    for at, image in enumerate(_tiny().test[:4]):
        Image.fromarray(image).save(folder / f"{at}.png")
        lines.append(f"{at}.png,{_tiny().test_labels[at]}")
    (folder / "labels.csv").write_text("\n".join(lines), "utf-8")


def _own(path: Path) -> None:
    from nnviz.data.own_digits import opening
    from nnviz.questions.piecemeal import at_once

    at_once(opening(Source(tests=str(path))))


def _small_network(folder: Path) -> None:
    shipped = load(TRAINED / "four-bits.safetensors")
    save(shipped, folder / "net.safetensors")


def _load(path: Path) -> None:
    load(path, bundled_digits())


def _foreign(name: str) -> Callable[[Path], object]:
    return lambda folder: write_foreign(folder / name, net(hidden=4).arrays)


def _book(folder: Path) -> None:
    (folder / "book.json").write_text(of_the_book(net("sigmoid", outputs="sigmoid", hidden=4)))


def _film(folder: Path) -> None:
    film = load(TRAINED / "ten-outputs.safetensors").film
    FilmFile(folder / "run.film").keep(replace(film, moments=film.moments[:6]))


def _copy(*parts: str, source: Path = RESOURCES) -> Callable[[Path], object]:
    path = source.joinpath(*parts)
    return lambda folder: (folder / path.name).write_bytes(path.read_bytes())


def _results(folder: Path) -> None:
    study = find_study("naive-child")
    store = create_or_open(study, folder / "rows.sqlite")
    rng = np.random.default_rng(1)
    for condition in study.conditions[:2]:
        for trial in (1, 2, 3):
            outcomes = {}
            for entry in study.schemes:
                right = rng.random((10, 8)) < 0.7
                wrong = tuple(int((~each).sum()) for each in right)
                outcomes[entry.name] = Outcome(
                    float(right.mean()),
                    (8,) * 10,
                    wrong,
                    packed(right.ravel()),
                    1.0,
                    9,
                    0,
                    1,
                    5,
                    4.0,
                )
            words = ("0" * 16, False, outcomes, "numba", "a processor", "cpu", {"nnviz": "0.1"})
            store.add(Row(condition.word, trial, 40, *words, 2.0, "2026-11-30T12:00:00Z"))


def _read_results(path: Path) -> None:
    study_in(path)
    study = find_study("naive-child")
    rows = create_or_open(study, path).rows()
    table = table_of(study, rows)
    csv_of(table)
    csv_of_rows(table, rows)
    records_of(table)
    markdown_of(table)


def _left_run(folder: Path) -> None:
    shipped = load(TRAINED / "any-code.safetensors")
    save(replace(shipped, learned_at=1e9), folder / "dead-1.safetensors")
    film = load(TRAINED / "ten-outputs.safetensors").film
    FilmFile(folder / "dead-1.film").keep(replace(film, moments=film.moments[:3]))


def _read_left(path: Path) -> None:
    autosave = Autosave(path if path.is_dir() else path.parent)
    for each in autosave.left_behind():
        each.film  # noqa: B018 - reads it
        age_in_words(each.when)
        number(each.trained.taught.epochs, 1)
    autosave.stop()


def _arff(folder: Path) -> None:
    columns = "\n".join(f"@attribute pixel{k} real" for k in range(784))
    tiny = _tiny()
    for name, images, labels in tiny.parts:
        rows = "\n".join(
            ",".join(map(str, [*image.flat, label]))
            for image, label in zip(images, labels, strict=True)
        )
        classes = "@attribute class {0,1,2,3,4,5,6,7,8,9}"
        text = f"@relation mnist\n{columns}\n{classes}\n@data\n{rows}\n"
        (folder / f"mnist_{name}.arff").write_text(text)


def _parquet(folder: Path) -> None:
    written.parquet(folder, _tiny())


def _line(folder: Path) -> None:
    line = "design=all-pairs hidden=30 rate=0.5 batch=10 epochs=3 seed=7 digits=bundled"
    (folder / "line.txt").write_text(line)


def _read_line(path: Path) -> None:
    settings_of_line(path.read_bytes().decode("utf-8", "replace"))


def _looked(folder: Path) -> None:
    line = "page=votes view=all image=55 step=3 neuron=7 design=all-pairs ticked=4,9"
    (folder / "line.txt").write_text(line)


def _read_looked(path: Path) -> None:
    from nnviz.lectures.line import looked_at
    from nnviz.ui.app.page_stack import KINDS

    looked_at(path.read_bytes().decode("utf-8", "replace"), KINDS)


def _kept(folder: Path) -> None:
    drawing = Drawing(np.kron(_tiny().test[1], np.ones((10, 10), np.uint8)))
    write_kept(folder, KeptDrawing(new_name("3"), drawing))


def _read_kept(path: Path) -> None:
    for each in read_kept(path.parent if path.is_file() else path):
        each.pixels  # noqa: B018 - works it out


READERS: Mapping[str, Reader] = {
    "idx": Reader(_four_files(packed=False), _digits),
    "idx-gz": Reader(_four_files(packed=True), _digits),
    **{f"form-{name}": Reader(_of_form(name), _digits) for name in sorted(written.FORMS)},
    "form-arff": Reader(_arff, _digits),
    **({"form-parquet": Reader(_parquet, _digits)} if importlib.util.find_spec("pyarrow") else {}),
    **{
        f"picture-{kind}": Reader(_picture(kind), _read_picture)
        for kind in ("png", "jpg", "webp", "bmp", "gif", "tif", "pgm")
    },
    "pasted": Reader(_picture("png"), _pasted),
    "picture-folder": Reader(_picture_folder, _own),
    "network": Reader(_small_network, _load),
    "network-bits": Reader(_copy("any-code.safetensors", source=TRAINED), _load),
    "network-layer": Reader(_copy("bit-layer.safetensors", source=TRAINED), _load),
    "left-run": Reader(_left_run, _read_left),
    "foreign-safetensors": Reader(_foreign("net.safetensors"), _load),
    "foreign-npz": Reader(_foreign("net.npz"), _load),
    "foreign-json": Reader(_book, _load),
    "film": Reader(_film, read_film),
    "lecture": Reader(_copy("lectures", "why-ten-outputs.md"), read_lecture),
    "study": Reader(_copy("studies", "naive-child.toml"), load_study),
    "results": Reader(_results, _read_results),
    "settings-line": Reader(_line, _read_line),
    "line": Reader(_looked, _read_looked),
    "kept-drawings": Reader(_kept, _read_kept),
}
"""Name -> reader"""
