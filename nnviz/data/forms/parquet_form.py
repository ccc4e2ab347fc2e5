"""Parquet as the hub of Hugging Face serves images: a column of encoded pictures, one of labels.

Also tables whose columns are the pixels. pyarrow reads them; it is an optional extra.
"""

import io
import json
from collections.abc import Iterator
from typing import Any

import numpy as np

from nnviz.data.forms.content import Content, Numbers, Reading, must_fit
from nnviz.data.forms.members import Member
from nnviz.data.forms.names import named
from nnviz.data.forms.text_form import INDICES, LABELS
from nnviz.data.idx import DigitsError

BEGINS = b"PAR1"
ROWS = 1_000
"""Rows that are read together."""
LONGEST_SIDE = 512
"""Pixels of a picture; larger ones are no digits in a table."""
EXTRA = "uv sync --extra parquet"
"""What installs pyarrow in a checkout."""


def read_parquet(member: Member) -> Reading:
    """The pictures and labels of a table. Raises DigitsError."""
    arrow = _arrow(member)
    told = named(member.name, member.folders)
    blocks: list[Numbers] = []
    labels: list[Any] = []
    with member.opened() as unpacked:
        try:
            # a table is read from its end: one inside an archive must be unpacked whole
            where = member.path if not member.inside else io.BytesIO(unpacked.stream.read())
            with arrow.ParquetFile(where) as file:
                schema, rows = file.schema_arrow, file.metadata.num_rows
                image, label = _columns(schema, member)
                size: tuple[int, ...] | None = None
                for batch in file.iter_batches(ROWS):
                    block = _block(batch, image, size, member)
                    blocks.append(block)
                    size = block.shape[1:]
                    must_fit(str(member), rows * int(np.prod(size)) * block.itemsize)
                    labels += batch.column(label).to_pylist() if label else []
                    yield sum(map(len, blocks)), rows
            told_labels = np.array(labels) if label else None
        except DigitsError:
            raise
        except Exception as error:
            raise DigitsError(
                "{path} cannot be read: {reason}.",
                path=str(member),
                reason=str(error).splitlines()[0].rstrip(".") if str(error) else repr(error),
            ) from error
    if not blocks:
        raise DigitsError("{path} holds no image.", path=str(member))
    names = _class_names(schema, label)
    images = np.concatenate(blocks)
    return [Content(str(member), told.part, images, told_labels, names)]


def _arrow(member: Member) -> Any:
    try:
        # only who opens such a table needs it: 40 MB that are not installed with nnviz
        import pyarrow.parquet
    except ImportError as error:
        raise DigitsError(
            "{path} is a Parquet table, for which pyarrow is needed: {command} installs it, or "
            "pip install pyarrow.",
            path=str(member),
            command=EXTRA,
        ) from error
    return pyarrow.parquet


def _columns(schema: Any, member: Member) -> tuple[list[str], str]:
    """The column of the pictures, or the columns that are pixels, and that of the labels."""
    names = [name for name in schema.names if name.lower() not in INDICES]
    label = next((name for name in names if name.lower() in LABELS), "")
    others = [name for name in names if name != label and not name.startswith("__index")]
    pictures = [name for name in others if _is_picture(schema.field(name).type)]
    if len(pictures) == 1:
        return pictures, label
    if pictures or len(others) < 2:
        raise DigitsError(
            "{path} has no single column of pictures, such as image, beside one of labels, such "
            "as label.",
            path=str(member),
        )
    return others, label


def _is_picture(kind: Any) -> bool:
    text = str(kind)
    return text.startswith(("struct<bytes", "binary", "large_binary", "list<", "fixed_size_list"))


def _block(batch: Any, columns: list[str], size: tuple[int, ...] | None, member: Member) -> Numbers:
    if len(columns) > 1:
        return np.stack([np.asarray(batch.column(name)) for name in columns], axis=1)
    values = batch.column(columns[0]).to_pylist()
    return np.stack(list(_pictures(values, size, member)))


def _pictures(values: list[Any], size: tuple[int, ...] | None, member: Member) -> Iterator[Numbers]:
    for value in values:
        content = value["bytes"] if isinstance(value, dict) else value
        picture = _decoded(content, member) if isinstance(content, bytes) else np.asarray(content)
        size = size or picture.shape
        if picture.shape != size or picture.dtype == object:
            raise DigitsError(
                "{path} holds pictures of several sizes; nnviz reads those of one size.",
                path=str(member),
            )
        yield picture


def _decoded(content: bytes, member: Member) -> Numbers:
    # Pillow: most data sets do without
    from PIL import Image

    with Image.open(io.BytesIO(content)) as picture:
        if max(picture.size) > LONGEST_SIDE:
            raise DigitsError(
                "{path} holds a picture of {width} x {height} pixels; nnviz reads up to {most}.",
                path=str(member),
                width=picture.width,
                height=picture.height,
                most=LONGEST_SIDE,
            )
        kept = picture.mode in ("L", "RGB")
        return np.asarray(picture if kept else picture.convert("RGB"))


def _class_names(schema: Any, label: str) -> tuple[str, ...]:
    """What Hugging Face's library has written about the labels."""
    told = (schema.metadata or {}).get(b"huggingface", b"{}")
    try:
        names = json.loads(told)["info"]["features"][label]["names"]
    # RecursionError: lists in lists without end
    except (KeyError, TypeError, ValueError, RecursionError):
        return ()
    return tuple(map(str, names)) if isinstance(names, list) else ()
