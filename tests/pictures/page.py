"""Pages with something on them, and a camera: what the pictures of the tests are made with."""

import io

import numpy as np
from PIL import Image, ImageDraw, ImageFont
from scipy.ndimage import gaussian_filter, zoom

from nnviz.data.arrays import Bytes, Floats

Colour = tuple[float, float, float]
"""Shares of red, green and blue light that come back."""
WHITE: Colour = (0.93, 0.92, 0.90)
BLACK_PEN: Colour = (0.12, 0.12, 0.14)
BLUE_PEN: Colour = (0.10, 0.16, 0.50)
RED_PEN: Colour = (0.75, 0.10, 0.12)
GREEN_PEN: Colour = (0.08, 0.42, 0.20)
PENCIL: Colour = (0.42, 0.42, 0.43)
SIZES = (420, 560, 720, 960)
"""Pixels of a longer side."""


class Page:
    """Colours (height, width, 3), 0..1, that ink is put on."""

    def __init__(
        self, random: np.random.Generator, paper: Colour = WHITE, longer: int | None = None
    ) -> None:
        self.random = random
        longer = longer or int(random.choice(SIZES))
        sides = longer, round(longer * 0.75)
        self.width, self.height = sides if random.random() < 0.5 else sides[::-1]
        self.unit = min(self.width, self.height)
        """All lengths are shares of it."""
        self.colours = np.full((self.height, self.width, 3), paper, np.float32)
        self.y, self.x = np.mgrid[: self.height, : self.width].astype(np.float32)
        self.box = (0.0, 0.0, 0.0, 0.0)
        """Of the digit: left, top, right, bottom in pixels"""

    def put(self, cover: Floats, colour: Colour, strength: float = 1.0) -> None:
        """Ink where `cover` (height, width), 0..1, says."""
        share = (strength * cover)[:, :, None]
        self.colours += share * (np.array(colour, np.float32) - self.colours)

    def digit(
        self,
        image: Bytes,
        colour: Colour = BLACK_PEN,
        part: tuple[float, float] = (0.35, 0.7),
        strength: float = 1.0,
        at: tuple[float, float] | None = None,
    ) -> None:
        """A digit (28, 28) whose square takes such a part of the page, somewhere about its
        middle or `at` shares of its width and height."""
        side = int(self.random.uniform(*part) * self.unit * 28 / 22)
        cover = smooth(image, side)
        if at is None:
            at = (float(self.random.uniform(0.4, 0.6)), float(self.random.uniform(0.4, 0.6)))
        left, top = round(at[0] * self.width - side / 2), round(at[1] * self.height - side / 2)
        rows, columns = np.nonzero(cover > 0.5)
        self.box = (
            *(float(left + columns.min()), float(top + rows.min())),
            *(float(left + columns.max()), float(top + rows.max())),
        )
        whole = np.zeros((self.height, self.width), np.float32)
        above, before = max(0, -top), max(0, -left)
        into = whole[top + above : top + side, left + before : left + side]
        into[:] = cover[above : above + into.shape[0], before : before + into.shape[1]]
        self.put(whole, colour, strength)

    def along(self, slope: float, far: float, every: float = 0.0, wide: float = 0.003) -> Floats:
        """Lines down the page by so many pixels for one across; `far` from the top in shares of
        the unit, one or one `every` such share."""
        return self._lines(self.y - slope * self.x, far, every, wide)

    def down(self, slope: float, far: float, every: float = 0.0, wide: float = 0.003) -> Floats:
        """The same, upright."""
        return self._lines(self.x + slope * self.y, far, every, wide)

    def _lines(self, across: Floats, far: float, every: float, wide: float) -> Floats:
        off = across - far * self.unit
        if every:
            space = every * self.unit
            off = (off + space / 2) % space - space / 2
        return np.clip(max(0.5, wide * self.unit / 2) + 0.5 - np.abs(off), 0, 1)

    def stroke(self, start: tuple[float, float], end: tuple[float, float], wide: float) -> Floats:
        """A straight line between two places in pixels (x, y), `wide` in pixels."""
        (left, top), (right, bottom) = start, end
        along = np.array([right - left, bottom - top])
        share = ((self.x - left) * along[0] + (self.y - top) * along[1]) / max(along @ along, 1e-6)
        share = np.clip(share, 0, 1)
        far = np.hypot(self.x - left - share * along[0], self.y - top - share * along[1])
        return np.clip(wide / 2 + 0.5 - far, 0, 1).astype(np.float32)

    def frame(self, left: float, top: float, right: float, bottom: float, wide: float) -> Floats:
        """The outline of a box, in pixels."""
        corners = [(left, top), (right, top), (right, bottom), (left, bottom)]
        sides = zip(corners, corners[1:] + corners[:1], strict=True)
        return np.maximum.reduce([self.stroke(*side, wide) for side in sides])

    def disc(self, x: float, y: float, radius: float) -> Floats:
        """In pixels."""
        far = np.hypot(self.x - x, self.y - y)
        return np.clip(radius + 0.5 - far, 0, 1).astype(np.float32)

    def printed(self, words: str, x: float, y: float, height: float) -> Floats:
        """Printed words from this place on, in pixels."""
        sheet = Image.new("L", (self.width, self.height))
        font = ImageFont.load_default(max(6.0, height))
        ImageDraw.Draw(sheet).text((x, y), words, fill=255, font=font)
        return np.asarray(sheet, np.float32) / 255

    # ---- the camera ------------------------------------------------------------------

    def lit(self, vignette: float = 0.15, slope: float = 0.15) -> None:
        """Darker towards the corners, and to one side."""
        x, y = self.x / self.width - 0.5, self.y / self.height - 0.5
        turn = self.random.uniform(0, 2 * np.pi)
        light = 1 - vignette * 2 * (x * x + y * y) + slope * (x * np.cos(turn) + y * np.sin(turn))
        self.colours *= light[:, :, None].astype(np.float32)

    def shadow(self, dark: float, soft: float, bend: float = 0.0, through: bool = True) -> None:
        """One side is darker by this share, with an edge so soft (of the unit) and bent."""
        turn = self.random.uniform(0, 2 * np.pi)
        x, y = self.x / self.unit, self.y / self.unit
        left, top, right, bottom = (each / self.unit for each in self.box)
        middle = (left + right) / 2, (top + bottom) / 2
        size = max(right - left, bottom - top)
        aside = self.random.uniform(-0.3, 0.3) if through else self.random.choice([-0.8, 0.8])
        across = (x - middle[0]) * np.cos(turn) + (y - middle[1]) * np.sin(turn) - aside * size
        other = (y - middle[1]) * np.cos(turn) - (x - middle[0]) * np.sin(turn)
        across = across + bend * other**2
        share = 1 / (1 + np.exp(-np.clip(across / max(soft / 4, 1e-4), -30, 30)))
        self.colours *= (1 - dark * share)[:, :, None].astype(np.float32)

    def photographed(
        self,
        noise: float = 0.012,
        quality: int | None = 88,
        blur: float = 0.7,
        turned: float = 4.0,
        kind: str = "JPEG",
    ) -> bytes:
        """A picture file: turned by up to so many degrees, seen a little from the side, with
        grain."""
        colours = np.clip(self.colours, 0, 1) ** (1 / 1.8) if noise else self.colours
        image = Image.fromarray(np.rint(255 * np.clip(colours, 0, 1)).astype(np.uint8))
        if turned:
            image = self._seen_from_a_side(image, turned)
        shown = np.asarray(image, np.float32)
        if blur:
            shown = gaussian_filter(shown, (blur, blur, 0))
        grain = self.random.normal(0, 255 * noise, shown.shape[:2])[:, :, None]
        coloured = self.random.normal(0, 100 * noise, shown.shape)
        shown = np.clip(np.rint(shown + grain + coloured), 0, 255)
        return encoded(Image.fromarray(shown.astype(np.uint8)), kind, quality)

    def _seen_from_a_side(self, image: Image.Image, degrees: float) -> Image.Image:
        turn = np.radians(self.random.uniform(-degrees, degrees))
        middle = np.array([self.width, self.height]) / 2
        size = 1 - abs(np.sin(turn)) * 1.2
        corners = np.array([[-1, -1], [-1, 1], [1, 1], [1, -1]]) * middle * size
        corners *= 1 - self.random.uniform(0, 0.04, (4, 1))
        turned = corners @ np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
        quad = (turned + middle).ravel().tolist()
        method = Image.Transform.QUAD
        return image.transform(image.size, method, quad, Image.Resampling.BICUBIC)


def smooth(image: Bytes, side: int) -> Floats:
    """A digit (28, 28) as smooth ink, (side, side), 0..1."""
    large = zoom(image.astype(np.float32), side / 28, order=3)
    cover = gaussian_filter(large, side / 28 * 0.35)
    return np.asarray(np.clip((cover - 90) / 60, 0, 1), np.float32)[:side, :side]


def encoded(image: Image.Image, kind: str = "PNG", quality: int | None = None) -> bytes:
    """The bytes of a picture file."""
    file = io.BytesIO()
    image.save(file, kind, **({"quality": quality} if quality and kind == "JPEG" else {}))
    return file.getvalue()
