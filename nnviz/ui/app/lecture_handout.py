"""A lecture to take home: a folder of pictures, one HTML file, or a PDF for paper."""

import re
from base64 import b64encode
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRectF, QSizeF, QUrl
from PySide6.QtGui import (
    QFont,
    QGuiApplication,
    QImage,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QTextDocument,
)

from nnviz.lectures.faults import Fault
from nnviz.lectures.handout import handout_html, scene_html, title_html
from nnviz.lectures.lecture import Lecture
from nnviz.networks.settings import SettingError
from nnviz.ui.app.lecture_pictures import SceneLook, ScenePictures, scene_pictures
from nnviz.ui.kit.canvas import plain_signs
from nnviz.ui.kit.capture import encoded
from nnviz.writing import check_writable, write

Told = Callable[[int], None]
"""Hears how many scenes are drawn."""
PAGE = "index.html"
"""The words beside the pictures of a folder"""
DPI = 300
MARGIN = 16.0
"""Millimetres"""
POINT = 10
GAP = 26.0
"""Pixels of a screen between two scenes on a page"""
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
        drawn = list(_drawn(lecture, pictures, told))
        if kind == ".pdf":
            write(out, pdf(lecture, drawn))
        else:
            embedded = ["" if each is None else _as_data(each) for each in drawn]
            write(out, handout_html(lecture, embedded).encode())
        return pictures.faults


def _folder(lecture: Lecture, folder: Path, look: SceneLook, told: Told) -> Sequence[Fault]:
    """A picture of each scene as the room sees it, and a page with all words beside them."""
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


def pdf(lecture: Lecture, pictures: Sequence[QImage | None]) -> bytes:
    """A4 pages, as many scenes on each as fit; a scene goes over two pages only where it does not
    fit on one."""
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(lecture.title)
    writer.setResolution(DPI)
    margins = QMarginsF(MARGIN, MARGIN, MARGIN, MARGIN)
    writer.setPageLayout(
        QPageLayout(
            QPageSize(QPageSize.PageSizeId.A4),
            QPageLayout.Orientation.Portrait,
            margins,
            QPageLayout.Unit.Millimeter,
        )
    )
    painter = QPainter(writer)
    painter.setRenderHint(QPainter.RenderHint.LosslessImageRendering)
    # texts are laid out for the screen, which knows what a point is, and drawn larger
    scale = DPI / QGuiApplication.primaryScreen().logicalDotsPerInch()
    painter.scale(scale, scale)
    page = QSizeF(writer.width() / scale, writer.height() / scale)
    try:
        _Pages(writer, painter, page).lay(_documents(lecture, pictures, page))
    finally:
        painter.end()
    return bytes(content.data())


def _documents(
    lecture: Lecture, pictures: Sequence[QImage | None], page: QSizeF
) -> Iterator[QTextDocument]:
    """The title with the first scene, then each of the others."""
    before = title_html(lecture)
    for number, (scene, image) in enumerate(zip(lecture.scenes, pictures, strict=True), 1):
        html = scene_html(number, scene, "" if image is None else PICTURE)
        yield _document(before + html, image, page)
        before = ""


def _document(html: str, image: QImage | None, page: QSizeF) -> QTextDocument:
    document = QTextDocument()
    document.setUseDesignMetrics(True)
    document.setDocumentMargin(0)
    font = plain_signs(QFont())  # signs that are exchanged could not be searched for
    font.setPointSizeF(POINT)
    document.setDefaultFont(font)
    document.setDefaultStyleSheet(STYLE)
    if image is not None:
        shape = image.width() / image.height()
        width = min(page.width(), page.height() * PICTURE_HEIGHT * shape)
        document.addResource(QTextDocument.ResourceType.ImageResource, QUrl(PICTURE), image)
        html = html.replace("<img ", f'<img width="{width:.0f}" ', 1)
    document.setHtml(html)
    document.setTextWidth(page.width())
    return document


class _Pages:
    """Where on which page the next scene goes."""

    def __init__(self, writer: QPdfWriter, painter: QPainter, page: QSizeF) -> None:
        self._writer, self._painter, self._page = writer, painter, page
        self._top = 0.0

    def lay(self, documents: Iterator[QTextDocument]) -> None:
        """Draws one document below the other."""
        page = self._page.height()
        for document in documents:
            height = document.size().height()
            if self._top and self._top + height > page:
                self._turn()
            if height > page:
                self._over_several(document, page)
            else:
                self._part(document, 0, height)
            self._top += GAP

    def _turn(self) -> None:
        self._writer.newPage()
        self._top = 0.0

    def _over_several(self, document: QTextDocument, page: float) -> None:
        """Has Qt break its lines into pages."""
        document.setPageSize(self._page)
        for number in range(document.pageCount()):
            if number:
                self._turn()
            self._part(document, number * page, page)
        self._top = page

    def _part(self, document: QTextDocument, begin: float, height: float) -> None:
        self._painter.save()
        self._painter.translate(0, self._top - begin)
        document.drawContents(self._painter, QRectF(0, begin, self._page.width(), height))
        self._painter.restore()
        self._top += height
