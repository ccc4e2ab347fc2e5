"""A lecture to take home: a folder of pictures, one HTML file, or a PDF for paper."""

import re
from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QRectF, QSizeF, QUrl
from PySide6.QtGui import QFont, QGuiApplication, QImage, QPageSize, QTextDocument

from nnviz.lectures.faults import Fault
from nnviz.lectures.handout import handout_html, scene_html, title_html
from nnviz.lectures.lecture import Lecture
from nnviz.networks.settings import SettingError
from nnviz.ui.app.lecture_pictures import SceneLook, ScenePictures, scene_pictures
from nnviz.ui.kit.canvas import Canvas, plain_signs
from nnviz.ui.kit.capture import encoded
from nnviz.ui.kit.export import paged
from nnviz.ui.kit.theme import Theme
from nnviz.writing import check_writable, write

Told = Callable[[int], None]
"""Hears how many scenes are drawn."""
PAGE = "index.html"
"""The words beside the pictures of a folder"""
POINT = 10
MARGIN, GAP = 60.0, 26.0
"""Pixels of a screen round a page, and between two scenes on it"""
PICTURE_HEIGHT = 0.42
"""Of a page, at most: below it there is room for words"""
PICTURE = "scene"
STYLE = """
h1 { font-size: 20pt; margin-bottom: 4px; }
h2 { font-size: 13pt; margin-top: 0px; margin-bottom: 6px; }
p { margin-top: 4px; margin-bottom: 6px; }
ol { margin-top: 2px; margin-bottom: 6px; }
.source { color: #444444; margin-bottom: 18px; }
.question { font-weight: 600; }
.notes p { color: #444444; margin-left: 20px; }
"""


def make_handout(lecture: Lecture, out: Path, look: SceneLook, told: Told) -> Sequence[Fault]:
    """Draws all scenes and writes them where `out` says, by its ending; -> why some could not be
    drawn. Raises Refusal."""
    kind = out.suffix.lower()
    if out.is_dir() or not kind:
        return _folder(lecture, out, look, told)
    if kind not in (".html", ".pdf"):
        raise SettingError(
            "--out must name a folder or a file that ends in .html or .pdf, not {file}.",
            file=repr(out.name),
        )
    check_writable(out)
    with scene_pictures(lecture, look) as pictures:
        drawn = _drawn(lecture, pictures, told)  # one after the other: all need much memory
        if kind == ".pdf":
            write(out, pdf(lecture, drawn))
        else:
            embedded = ["" if each is None else _as_data(each) for each in drawn]
            write(out, handout_html(lecture, embedded).encode())
        return pictures.faults


def _folder(lecture: Lecture, folder: Path, look: SceneLook, told: Told) -> Sequence[Fault]:
    """A picture of each scene as the room sees it, and a page with all words beside them."""
    look.check()
    with suppress(OSError):  # of which `check_writable` says why
        folder.mkdir(parents=True, exist_ok=True)
    check_writable(folder / PAGE)
    names = []
    with scene_pictures(lecture, replace(look, says_words=True)) as pictures:
        for number, image in enumerate(_drawn(lecture, pictures, told), 1):
            heading = lecture.scenes[number - 1].words.heading
            names.append("" if image is None else file_name(number, heading))
            if image is not None:
                write(folder / names[-1], encoded(image))
        write(folder / PAGE, handout_html(lecture, names).encode())
        return pictures.faults


def _drawn(lecture: Lecture, pictures: ScenePictures, told: Told) -> Iterator[QImage | None]:
    for number, scene in enumerate(lecture.scenes, 1):
        yield pictures.draw(scene)
        told(number)


def file_name(number: int, heading: str) -> str:
    """01-two-ways-to-write.png, which every disk takes."""
    words = re.sub(r"[^\w]+", "-", heading.lower(), flags=re.ASCII).strip("-_")[:60].strip("-_")
    return "-".join(each for each in (f"{number:02}", words) if each) + ".png"


def _as_data(image: QImage) -> str:
    return f"data:image/png;base64,{b64encode(encoded(image)).decode()}"


# ---- PDF -----------------------------------------------------------------------------


def pdf(lecture: Lecture, pictures: Iterable[QImage | None]) -> bytes:
    """A4 pages, as many scenes on each as fit; a scene goes over two pages only where it does not
    fit on one."""
    dots = round(QGuiApplication.primaryScreen().logicalDotsPerInch())  # for which texts are laid
    paper = QPageSize(QPageSize.PageSizeId.A4)
    sides = paper.sizePixels(dots)
    room = QSizeF(sides.width() - 2 * MARGIN, sides.height() - 2 * MARGIN)
    pages = _pages(_documents(lecture, pictures, room), room)
    size = paper.size(QPageSize.Unit.Point)
    return paged(size, pages, Theme("light", 1), lecture.title, dots)


def _documents(
    lecture: Lecture, pictures: Iterable[QImage | None], room: QSizeF
) -> Iterator[QTextDocument]:
    """The title with the first scene, then each of the others."""
    before = title_html(lecture)
    for number, (scene, image) in enumerate(zip(lecture.scenes, pictures, strict=True), 1):
        html = scene_html(number, scene, "" if image is None else PICTURE)
        yield _document(before + html, image, room)
        before = ""


def _document(html: str, image: QImage | None, room: QSizeF) -> QTextDocument:
    document = QTextDocument()
    document.setUseDesignMetrics(True)
    document.setDocumentMargin(0)
    font = plain_signs(QFont())  # signs that are exchanged could not be searched for
    font.setPointSizeF(POINT)
    document.setDefaultFont(font)
    document.setDefaultStyleSheet(STYLE)
    if image is not None:
        shape = image.width() / image.height()
        width = min(room.width(), room.height() * PICTURE_HEIGHT * shape)
        document.addResource(QTextDocument.ResourceType.ImageResource, QUrl(PICTURE), image)
        html = html.replace("<img ", f'<img width="{round(width)}" ', 1)
    document.setHtml(html)
    document.setTextWidth(room.width())
    return document


def _pages(documents: Iterable[QTextDocument], room: QSizeF) -> Iterator[Callable[[Canvas], None]]:
    """What paints each page, on which one document stands below the other."""
    page, top = list[_Part](), 0.0
    for document in documents:
        height = document.size().height()
        if page and top + height > room.height():
            yield partial(_paint, page)
            page, top = [], 0.0
        if height <= room.height():
            page.append(_Part(document, top, 0, height))
            top += height + GAP
            continue
        document.setPageSize(room)  # Qt breaks its lines into pages
        for number in range(document.pageCount()):
            part = _Part(document, 0, number * room.height(), room.height())
            yield partial(_paint, [part])
    if page:
        yield partial(_paint, page)


@dataclass(frozen=True)
class _Part:
    """What of a document stands on a page, and where."""

    document: QTextDocument
    top: float
    begin: float
    height: float


def _paint(parts: Sequence[_Part], canvas: Canvas) -> None:
    canvas.setRenderHint(Canvas.RenderHint.LosslessImageRendering)
    for part in parts:
        canvas.save()
        canvas.translate(MARGIN, MARGIN + part.top - part.begin)
        # less one pixel: a line that begins where the page ends is none of its lines
        width = part.document.textWidth()
        part.document.drawContents(canvas, QRectF(0, part.begin, width, part.height - 1))
        canvas.restore()
