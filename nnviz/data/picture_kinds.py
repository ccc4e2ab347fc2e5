"""What a file is, told by how its content begins: a picture that can be read, or what else."""

from pathlib import PurePath

from nnviz.words import tr

SUFFIXES = (
    *(".png", ".jpg", ".jpeg", ".jpe", ".jfif", ".gif", ".bmp", ".dib", ".tif", ".tiff"),
    *(".webp", ".avif", ".pbm", ".pgm", ".ppm", ".pnm", ".apng", ".mpo"),
)
HEAD = 64
"""Bytes at the beginning of a file that tell what it is."""

RAW = (
    *(".dng", ".cr2", ".cr3", ".nef", ".arw", ".raf", ".orf", ".rw2", ".pef", ".srw"),
    *(".3fr", ".iiq", ".x3f"),
)
"""Of cameras; some of them begin like TIFF files."""
EDITORS = {".xcf": "XCF", ".psd": "PSD", ".psb": "PSB", ".kra": "KRA", ".ai": "AI"}
UNREAD = {
    **dict.fromkeys((".jp2", ".j2k", ".jpf", ".jpx"), "JP2"),
    ".jxl": "JXL",
    ".eps": "EPS",
    ".ps": "PostScript",
    ".ico": "ICO",
    ".icns": "ICNS",
    ".tga": "TGA",
    ".exr": "EXR",
    ".hdr": "HDR",
    ".dds": "DDS",
    ".djvu": "DJVU",
    ".emf": "EMF",
    ".wmf": "WMF",
    ".pcx": "PCX",
    ".xpm": "XPM",
}
HEIC = (".heic", ".heif", ".hif", ".heics", ".heifs")
_BEGINNINGS = (
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF87a", "GIF"),
    (b"GIF89a", "GIF"),
    (b"BM", "BMP"),
    *((each, "TIFF") for each in (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")),
    *((each, "PPM") for each in (b"P1", b"P2", b"P3", b"P4", b"P5", b"P6", b"Pf")),
)
_OTHERS = (
    (b"%PDF", "pdf"),
    (b"8BPS", "PSD"),
    (b"gimp xcf", "XCF"),
    (b"\0\0\0\x0cjP  ", "JP2"),
    (b"\0\0\0\x0cJXL ", "JXL"),
    (b"\xff\x0a", "JXL"),
    (b"%!PS", "PostScript"),
    (b"\xc5\xd0\xd3\xc6", "EPS"),
    (b"FUJIFILMCCD-RAW", "raw"),
    (b"PK\x03\x04", "zip"),
)
_AVIF = {b"avif", b"avis"}
_HEIF = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}


def format_of(head: bytes) -> str:
    """Pillow's name for the kind of picture that begins so; "" for none that can be read."""
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "WEBP"
    if _brands(head) & _AVIF:
        return "AVIF"
    return next((kind for begins, kind in _BEGINNINGS if head.startswith(begins)), "")


def why_unread(head: bytes, name: str) -> str:
    """The sentence that says what a file is instead of a picture that can be read, and how it
    becomes one; "" for a picture, and for what nothing is known of."""
    suffix = PurePath(name).suffix.lower()
    if suffix in RAW:
        return _sentence("raw", name)
    if format_of(head):
        return ""
    return _sentence(_other_kind(head) or _kind_named(suffix), name)


def _other_kind(head: bytes) -> str:
    """What begins so that is no picture that can be read; "" where nothing is known of it."""
    brands = _brands(head)
    if brands & _HEIF:
        return "heic"
    if brands:
        return "raw" if b"crx " in brands else "film"
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if text.startswith((b"<!doctype html", b"<html")):
        return "page"
    if text.startswith((b"<svg", b"<!doctype svg")):
        return "svg"
    return next((kind for begins, kind in _OTHERS if head.startswith(begins)), "")


def _kind_named(suffix: str) -> str:
    """The same from the end of its name."""
    if suffix in HEIC:
        return "heic"
    if suffix in (".pdf", ".svg", ".svgz"):
        return suffix[1:4]
    return EDITORS.get(suffix, "") or UNREAD.get(suffix, "")


def _brands(head: bytes) -> set[bytes]:
    """Those that a file in boxes names at its beginning, as HEIC, AVIF and films do."""
    if head[4:8] != b"ftyp":
        return set()
    length = min(int.from_bytes(head[:4], "big"), len(head))
    return {head[8:12], *(head[at : at + 4] for at in range(16, length - 3, 4))}


def _sentence(kind: str, name: str) -> str:
    pictures = {
        "heic": tr(
            "{name} is an HEIC picture, which nnviz cannot read: export it as JPEG; an iPhone "
            "takes JPEG with Settings, Camera, Formats, Most Compatible.",
            name=name,
        ),
        "pdf": tr("{name} is a PDF file: save its page as a PNG or JPEG picture.", name=name),
        "svg": tr("{name} is an SVG drawing: export it as a PNG picture.", name=name),
        "raw": tr("{name} is a camera's raw file: export it as JPEG.", name=name),
        "film": tr("{name} is a film: save one of its pictures as PNG or JPEG.", name=name),
        "page": tr("{name} is a web page, not a picture: save the picture itself.", name=name),
        "zip": tr("{name} is an archive: unpack it first.", name=name),
    }
    if kind in pictures:
        return pictures[kind]
    if not kind:
        return ""
    return tr(
        "{name} is a picture of the kind {kind}, which nnviz cannot read: save it as PNG or JPEG.",
        name=name,
        kind=kind,
    )
