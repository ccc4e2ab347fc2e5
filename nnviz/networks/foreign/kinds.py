"""What a file is by its content, whatever its name says. Nothing is unpickled or run.

Our own files are known by their first bytes: what looks into others is imported where it is used.
"""

import re
import zlib
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from typing import IO

HEAD = 4096
"""Bytes that are looked at."""
NNVIZ, SAFETENSORS, NPZ, JSON = "nnviz", "safetensors", "npz", "json"
"""What can be opened."""
NOT_KNOWN = ""
NETWORK_ENDINGS = (
    *(".safetensors", ".npz", ".json"),
    *(".pt", ".pth", ".ckpt", ".bin", ".pkl", ".pickle", ".joblib", ".h5", ".hdf5", ".keras"),
    *(".onnx", ".tflite", ".gguf", ".msgpack", ".pb"),
)
"""What files of networks are called, whether they can be opened or only be named; data sets are
.npz files, too."""
LONGEST_HEADER = 100_000_000
"""Of a safetensors file: the library's own limit."""
_STARTS: Mapping[bytes, str] = {
    b"\x89HDF\r\n\x1a\n": "hdf5",
    b"\x93NUMPY": "npy",
    b"GGUF": "gguf",
    b"MATLAB ": "mat",
    b"\x80\x02\x8a\nl\xfc\x9cF\xf9 j\xa8P\x19.": "torch",
}
_PACKED: Mapping[bytes, str] = {
    b"\x1f\x8b": "gzip",
    b"BZh": "bz2",
    b"\xfd7zXZ\x00": "lzma",
    b"\x5d\x00\x00": "lzma",
}
"""How packed files begin, and the module that opens them."""
_FOLDERS: Mapping[str, tuple[str, ...]] = {
    "saved-model": ("saved_model.pb",),
    "orbax": ("_CHECKPOINT_METADATA", "manifest.ocdbt", "_METADATA", "checkpoint"),
    "torch": ("data.pkl",),
    "keras": ("model.weights.h5",),
}
_ZIPPED: Mapping[str, str] = {
    r"(.*/)?data\.pkl$": "torch",
    r"model\.weights\.h5$": "keras",
    r"(.*/)?saved_model\.pb$": "saved-model",
    r"(.*/)?_CHECKPOINT_METADATA$": "orbax",
}
_ENDINGS: Mapping[str, str] = {
    **dict.fromkeys((".pt", ".pth", ".ckpt"), "torch"),
    **dict.fromkeys((".pkl", ".pickle", ".joblib"), "pickle"),
    **dict.fromkeys((".h5", ".hdf5"), "hdf5"),
    ".keras": "keras",
    ".onnx": "onnx",
    ".tflite": "tflite",
    ".gguf": "gguf",
    ".msgpack": "msgpack",
    ".pb": "saved-model",
}
"""What a file is taken for by its name, where its content does not tell."""
_TENSORFLOW_JS = b'"weightsManifest"', b'"modelTopology"'


def kind_of_file(path: Path) -> str:
    """What a regular file is: something that can be opened, or a key of `refusals.REFUSALS`, or
    NOT_KNOWN. Raises OSError."""
    found = _by_content(path)
    unsaid = found in (NOT_KNOWN, "zip", "packed")
    return _ENDINGS.get(path.suffix.lower(), found) if unsaid else found


def _by_content(path: Path) -> str:
    with path.open("rb") as file:
        head = file.read(HEAD)
    if head[:2] == b"PK":
        return _of_zip(path)
    for start, module in _PACKED.items():
        if head.startswith(start):
            return _of_packed(path, import_module(module).open)
    if _is_zlib(head):  # as joblib packs by itself
        return _inside(_unzipped(head))
    return _of_head(head, path.stat().st_size)


def kind_of_folder(path: Path) -> str:
    """The same of a folder; NOT_KNOWN for any other. Raises OSError."""
    for kind, names in _FOLDERS.items():
        if any((path / name).exists() for name in names):
            return kind
    return NOT_KNOWN


def _of_head(head: bytes, size: int) -> str:
    for start, kind in _STARTS.items():
        if head.startswith(start):
            return kind
    if head[4:8] == b"TFL3":
        return "tflite"
    if _is_safetensors(head, size):
        return SAFETENSORS
    if _is_pickle(head):
        return "pickle"
    if head[:1] in (b"\x81", b"\x82", b"\x83", b"\x84") and 0xA1 <= head[1:2].ljust(1)[0] <= 0xBF:
        return "msgpack"
    if _is_onnx(head):
        return "onnx"
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if text[:1] in (b"{", b"["):
        return "tensorflow-js" if any(sign in head for sign in _TENSORFLOW_JS) else JSON
    return NOT_KNOWN


def _of_zip(path: Path) -> str:
    import zipfile

    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return NOT_KNOWN
    for pattern, kind in _ZIPPED.items():
        if any(re.match(pattern, name) for name in names):
            return kind
    if names and all(name.endswith(".npy") for name in names):
        return NPZ
    return "zip"


def _of_packed(path: Path, unpack: Callable[[Path], IO[bytes]]) -> str:
    import lzma

    try:
        with unpack(path) as file:
            return _inside(file.read(HEAD))
    except (OSError, EOFError, zlib.error, lzma.LZMAError, ValueError):
        return NOT_KNOWN


def _inside(head: bytes) -> str:
    """What was packed, if it is to be called by its name; else only that something was."""
    found = _of_head(head, len(head))
    return found if found in ("pickle", "torch", "hdf5") else "packed"


def _is_zlib(head: bytes) -> bool:
    return head[:1] == b"\x78" and len(head) > 2 and not int.from_bytes(head[:2], "big") % 31


def _unzipped(head: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(head, HEAD)
    except zlib.error:
        return b""


def _is_safetensors(head: bytes, size: int) -> bool:
    length = int.from_bytes(head[:8], "little")
    return head[8:9] == b"{" and 2 <= length <= min(size - 8, LONGEST_HEADER)


def _is_pickle(head: bytes) -> bool:
    """Whether it begins like a pickle of any protocol; the operations are read, not done."""
    if head[:1] == b"\x80" and head[1:2] in b"\x02\x03\x04\x05":
        return True
    if head[:1] not in (b"(", b"c", b"]", b"}"):
        return False
    import pickletools

    seen = []
    try:
        for operation, _, _ in pickletools.genops(head):
            seen.append(operation.name)
    except ValueError:  # cut short, or none
        pass
    return len(seen) > 3 and bool({"PUT", "BINPUT", "GLOBAL", "STOP"} & set(seen))


def _is_onnx(head: bytes) -> bool:
    """Whether it begins like the message ModelProto, whose first field is a small number, the
    version of the format, and which holds a graph (7) or names its maker (2)."""
    at, seen = 0, list[int]()
    while at + 1 < len(head):
        field, wire = head[at] >> 3, head[at] & 7
        if wire == 0:
            _, at = _varint(head, at + 1)
        elif wire == 2:
            length, at = _varint(head, at + 1)
            at += length
        else:
            return False
        seen.append(field)
        if not 0 < field <= 25 or seen[0] != 1 or wire != (0 if field in (1, 5) else 2):
            return False
    return len(seen) > 1 and bool({2, 7} & set(seen))


def _varint(head: bytes, at: int) -> tuple[int, int]:
    """-> the number that begins there, and where it ends."""
    value = shift = 0
    while at < len(head):
        value |= (head[at] & 127) << shift
        at += 1
        if head[at - 1] < 128:
            break
        shift += 7
    return value, at
