"""Nothing but `nnviz.writing` writes a file, but for a few that say why."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "nnviz"

ALLOWED = {
    ("cli/outputs.py", "os.open"): "nothing is written to the null device",
    ("cli/outputs.py", "os.fdopen"): "nothing is written to the null device",
    ("data/picture_files.py", "Image.open"): "reads",
    ("data/forms/members.py", "archive.open"): "reads",
    ("data/forms/members.py", "zipfile.ZipFile"): "reads",
    ("data/forms/numpy_form.py", "archive.open"): "reads",
    ("data/forms/numpy_form.py", "zipfile.ZipFile"): "reads",
    ("data/forms/parquet_form.py", "Image.open"): "reads",
    ("data/torchvision_sets.py", "self._opener.open"): "asks a server",
    ("networks/files.py", "safetensors.numpy.save"): "into memory",
    ("networks/foreign/arrays.py", "zipfile.ZipFile"): "reads",
    ("networks/foreign/kinds.py", "zipfile.ZipFile"): "reads",
    ("networks/film_file.py", "safetensors.numpy.save"): "into memory",
    (
        "training/compiled/building.py",
        "tempfile.TemporaryFile",
    ): "gone at once: can one write here?",
    ("ui/kit/capture.py", "buffer.open"): "in memory",
    ("ui/kit/capture.py", "QImageWriter"): "into memory",
    ("ui/kit/export.py", "buffer.open"): "in memory",
    ("ui/kit/export.py", "QPdfWriter"): "into memory",
    ("ui/app/film_gif.py", "next(made).save"): "into memory",
    ("data/kept_drawings.py", "Image.fromarray(kept.ink).save"): "into memory",
    ("data/kept_drawings.py", "Image.open"): "reads",
    ("ui/kit/file_dialogs.py", "QSettings"): "the same",
    ("ui/app/files.py", "QSettings"): "Qt's own: it locks it, merges what others wrote",
    ("ui/app/lecture/notes.py", "QSettings"): "the same",
    ("ui/kit/preferences.py", "QSettings"): "the same",
    ("ui/app/lecture/playing.py", "QSettings"): "the same",
    ("ui/app/start.py", "QSettings"): "the same",
    ("ui/app/start_here.py", "QSettings"): "the same",
    ("ui/kit/more.py", "QSettings"): "the same",
    ("ui/app/take_home_dialogs.py", "QSettings"): "the same",
    ("ui/app/window.py", "QSettings"): "the same",
}
"""Module and call: why it may."""

OF_MODULES = {
    "os": {"open", "fdopen", "replace", "rename", "renames", "link", "symlink", "truncate"},
    "np": {"save", "memmap"},
    "json": {"dump"},
    "pickle": {"dump"},
    "logging": {"basicConfig", "FileHandler"},
    "shutil": {"copy", "copy2", "copyfile", "copyfileobj", "copytree", "move"},
}
OF_ANY = {
    *("write_bytes", "write_text", "tofile", "touch", "rename", "symlink_to", "hardlink_to"),
    *("save_file", "savez", "savez_compressed", "savetxt", "ZipFile", "TarFile"),
    *("mkstemp", "mkdtemp", "NamedTemporaryFile", "TemporaryFile", "TemporaryDirectory"),
    *("QFile", "QSaveFile", "QTemporaryFile", "QImageWriter", "QPdfWriter", "QSettings"),
}
"""Calls that write, or give what is written a name."""
NAMES = {"open", "save", "replace", *OF_ANY}.union(*OF_MODULES.values())
PARTS = {
    "files",
    "_files",
    "digits",
    "_digits",
    "process",
    "_process",
    "plan",
    "_plan",
    "trials",
    "player",
    "_player",
    "zoom",
}
"""Parts of a session, which have digits, networks and studies opened."""


def opens_for_writing(node: ast.Call) -> bool:
    """Whether a call of `open` has a mode that is not only for reading, or not known."""
    of = ast.unparse(node.func).rpartition(".")[0]
    behind_path = of in {"", "io", "gzip", "bz2", "lzma", "tarfile"}
    modes = [word.value for word in node.keywords if word.arg == "mode"]
    modes += node.args[behind_path:][:1]
    return any(
        not isinstance(mode, ast.Constant)
        or (isinstance(mode.value, str) and bool(set("wax+") & set(mode.value)))
        for mode in modes
    )


def is_write(node: ast.Call) -> bool:
    called = node.func  # only few calls are worth being written out, which takes long
    if getattr(called, "attr", getattr(called, "id", "")) not in NAMES:
        return False
    of, _, name = ast.unparse(called).rpartition(".")
    if name in OF_ANY or name in OF_MODULES.get(of, ()):
        return True
    match name:
        case "open":
            return of.rpartition(".")[2] not in {*PARTS, "self"} and opens_for_writing(node)
        case "save":  # of a picture; a painter's has no arguments
            named = of.rpartition(".")[2] not in {*PARTS, "self"}
            return bool(of) and named and bool(node.args)
        case "replace":  # of a path; a string's has two arguments
            return bool(of) and len(node.args) == 1 and not node.keywords
    return False


def writes(source: str) -> Iterator[str]:
    """The functions that a module calls to write a file."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and is_write(node):
            yield ast.unparse(node.func)


def test_only_the_writer_writes() -> None:
    found = {
        (module.relative_to(PACKAGE).as_posix(), call)
        for module in PACKAGE.rglob("*.py")
        for call in writes(module.read_text("utf-8"))
    }
    assert {call for module, call in found if module == "writing.py"} == {
        "part.open",
        "path.open",
        "os.replace",
        "os.link",
        "note.write_bytes",
    }
    assert {(module, call) for module, call in found if module != "writing.py"} == ALLOWED.keys()


WRITES = [
    "open(path, 'w')",
    "open(path, mode='ab')",
    "open(path, mode)",
    "path.open('r+b', buffering=0)",
    "gzip.open(path, 'wt')",
    "io.open(path, 'x')",
    "path.write_text('words')",
    "(folder / name).write_bytes(content)",
    "path.replace(other)",
    "(folder / name).rename(other)",
    "os.replace(path, other)",
    "shutil.copy(path, other)",
    "tempfile.mkstemp()",
    "np.save(path, array)",
    "array.tofile(path)",
    "json.dump(story, file)",
    "safetensors.numpy.save_file(tensors, path)",
    "image.save(path)",
    "widget.grab().save(str(path), 'PNG')",
    "QSaveFile(path)",
]
HARMLESS = [
    "open(path)",
    "path.open('rb')",
    "gzip.open(path)",
    "gzip.open(path, 'rb')",
    "dialog.open()",
    "words.replace('a', 'b')",
    "replace(settings, seed=1)",
    "painter.save()",
    "self.save(path, size)",
    "safetensors.numpy.load(content)",
    "write(path, content)",
]


@pytest.mark.parametrize("call", WRITES + HARMLESS)
def test_a_call_that_writes_is_found_and_no_other(call: str) -> None:
    assert bool(list(writes(f"def work():\n    return {call}"))) == (call in WRITES)
