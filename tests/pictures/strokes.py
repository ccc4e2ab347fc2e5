"""A second source of pictures, made in another way, to check what was tuned on the first one:
digits written stroke by stroke, other papers, another camera. Nothing is tuned on it."""

import io
from collections.abc import Callable

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from nnviz.data.drawing import curve

Random = np.random.Generator
Written = list[list[tuple[float, float]]]
HANDS: dict[int, Written] = {
    0: [[(0.55, 0), (0.1, 0.15), (0.05, 0.7), (0.4, 1.05), (0.85, 0.8), (0.9, 0.2), (0.5, 0)]],
    1: [[(0.55, 0), (0.5, 0.5), (0.45, 1)]],
    2: [
        [(0.1, 0.25), (0.35, -0.05), (0.9, 0.15), (0.6, 0.6), (0.05, 1), (0.5, 0.95), (0.95, 0.98)]
    ],
    3: [
        [
            (0.1, 0.1),
            (0.6, -0.08),
            (0.95, 0.25),
            (0.4, 0.48),
            (0.95, 0.65),
            (0.6, 1.08),
            (0.05, 0.9),
        ]
    ],
    4: [
        [(0.25, 0), (0.1, 0.3), (0.05, 0.58), (0.5, 0.6), (0.95, 0.52)],
        [(0.75, 0), (0.7, 0.5), (0.66, 1)],
    ],
    5: [
        [(0.2, 0.03), (0.15, 0.4), (0.6, 0.35), (0.95, 0.65), (0.6, 1.05), (0.05, 0.92)],
        [(0.2, 0.03), (0.5, 0.02), (0.9, 0)],
    ],
    6: [[(0.7, 0), (0.2, 0.3), (0.05, 0.8), (0.5, 1.1), (0.9, 0.8), (0.5, 0.5), (0.12, 0.75)]],
    7: [[(0.05, 0.06), (0.5, 0.04), (0.95, 0.02)], [(0.95, 0.02), (0.6, 0.5), (0.4, 1)]],
    8: [
        [
            *((0.85, 0.12), (0.45, -0.08), (0.1, 0.25), (0.5, 0.48), (0.95, 0.75), (0.5, 1.1)),
            *((0.05, 0.78), (0.5, 0.5), (0.92, 0.22), (0.75, 0.02)),
        ]
    ],
    9: [
        [(0.85, 0.15), (0.4, -0.08), (0.08, 0.3), (0.5, 0.55), (0.88, 0.15), (0.82, 0.6), (0.7, 1)]
    ],
}
"""A digit -> its strokes, right and down in shares of its height (and of 0.7 of that across)."""


class Sheet:
    """A picture that is drawn at double size."""

    def __init__(self, random: Random, paper: tuple[int, int, int] = (246, 243, 236)) -> None:
        self.random = random
        self.size = (int(random.integers(300, 900)) * 2, int(random.integers(300, 900)) * 2)
        self.unit = min(self.size)
        self.image = Image.new("RGB", self.size, paper)
        self.draw = ImageDraw.Draw(self.image)
        self.box = (0.0, 0.0, 0.0, 0.0)

    def write(
        self,
        digit: int,
        ink: tuple[int, int, int],
        height: tuple[float, float] = (0.3, 0.6),
        at: tuple[float, float] = (0.5, 0.5),
    ) -> None:
        """A digit about a place in shares of the sides."""
        random, high = self.random, self.random.uniform(*height) * self.unit
        wide, slant = high * random.uniform(0.5, 0.75), random.uniform(-0.1, 0.3)
        pen = high * random.uniform(0.07, 0.13)
        left = at[0] * self.size[0] - wide / 2
        top = at[1] * self.size[1] - high / 2
        for stroke in HANDS[digit]:
            points = np.array(stroke) + random.normal(0, 0.025, (len(stroke), 2))
            points = np.concatenate([points[:1], points, points[-1:]])
            smooth = np.concatenate([curve(points[k : k + 3]) for k in range(len(points) - 2)])
            x = left + wide * smooth[:, 0] + slant * high * (0.5 - smooth[:, 1])
            y = top + high * smooth[:, 1]
            steps = np.linspace(0, len(x) - 1, 20 * len(x))
            press = 1 + 0.2 * np.sin(steps * random.uniform(0.1, 0.5) + random.uniform(0, 6))
            for a, b, r in zip(
                np.interp(steps, np.arange(len(x)), x),
                np.interp(steps, np.arange(len(y)), y),
                press * pen / 2,
                strict=True,
            ):
                self.draw.ellipse((a - r, b - r, a + r, b + r), fill=ink)
        self.box = (left - pen, top - pen, left + wide + pen, top + high + pen)

    def rules(self, every: float, colour: tuple[int, int, int], wide: int, upright: bool) -> None:
        """Lines all over the sheet, not quite straight."""
        step, tilt = every * self.unit, self.random.uniform(-0.04, 0.04)
        width, height = self.size if not upright else self.size[::-1]
        bend = self.random.uniform(-0.01, 0.01)
        for place in np.arange(-height * 0.2, height * 1.2, step):
            x = np.linspace(0, width, 24)
            y = place + tilt * x + bend * width * np.sin(np.pi * x / width)
            points = list(zip(y, x, strict=True)) if upright else list(zip(x, y, strict=True))
            self.draw.line([(float(a), float(b)) for a, b in points], fill=colour, width=wide)

    def taken(self, shade: np.ndarray | float = 1.0, kind: str = "JPEG") -> bytes:
        """By a telephone that sharpens."""
        image = self.image.rotate(
            self.random.uniform(-4, 4),
            Image.Resampling.BICUBIC,
            fillcolor=self.image.getpixel((3, 3)),
        ).resize((self.size[0] // 2, self.size[1] // 2), Image.Resampling.LANCZOS)
        light = np.asarray(image, np.float32) * np.asarray(shade, np.float32)
        light = self.random.poisson(np.clip(light, 0, 255) * 1.5) / 1.5
        image = Image.fromarray(np.clip(light, 0, 255).astype(np.uint8))
        image = image.filter(ImageFilter.MedianFilter(3)).filter(ImageFilter.UnsharpMask(2, 80, 2))
        file = io.BytesIO()
        image.save(file, kind, quality=int(self.random.integers(50, 90)))
        return file.getvalue()

    def ground(self) -> tuple[np.ndarray, np.ndarray]:
        """(rows, columns) -> how far across and down, 0..1, at single size."""
        y, x = np.mgrid[: self.size[1] // 2, : self.size[0] // 2]
        return x / x.shape[1], y / x.shape[0]


BLUE, BLACK, GREY = (35, 50, 140), (40, 40, 45), (125, 125, 130)


def _lit(sheet: Sheet) -> np.ndarray:
    x, y = sheet.ground()
    one, other = sheet.random.uniform(-0.25, 0.25, 2)
    return (0.85 + one * (x - 0.5) + other * (y - 0.5) - 0.2 * (x - 0.5) ** 2)[:, :, None]


def _pen(random: Random) -> tuple[int, int, int]:
    return (BLUE, BLACK)[random.integers(2)]


def plain(digit: int, random: Random) -> bytes:
    sheet = Sheet(random)
    sheet.write(digit, _pen(random))
    return sheet.taken(_lit(sheet))


def pencil(digit: int, random: Random) -> bytes:
    sheet = Sheet(random)
    sheet.write(digit, GREY)
    return sheet.taken(_lit(sheet))


def ruled(digit: int, random: Random) -> bytes:
    sheet = Sheet(random)
    sheet.rules(random.uniform(0.06, 0.2), (150, 165, 200), int(random.integers(2, 6)), False)
    if random.random() < 0.5:
        x = random.uniform(0.05, 0.2) * sheet.size[0]
        sheet.draw.line([(x, 0), (x + 20, sheet.size[1])], fill=(220, 110, 110), width=5)
    sheet.write(digit, _pen(random))
    return sheet.taken(_lit(sheet))


def squared(digit: int, random: Random) -> bytes:
    sheet = Sheet(random)
    every, wide = random.uniform(0.05, 0.15), int(random.integers(2, 6))
    level = int(random.integers(90, 200))
    sheet.rules(every, (level, level, level + 20), wide, False)
    sheet.rules(every, (level, level, level + 20), wide, True)
    sheet.write(digit, _pen(random))
    return sheet.taken(_lit(sheet))


def dotted(digit: int, random: Random) -> bytes:
    sheet = Sheet(random)
    step = random.uniform(0.05, 0.1) * sheet.unit
    for x in np.arange(step / 2, sheet.size[0], step):
        for y in np.arange(step / 2, sheet.size[1], step):
            sheet.draw.ellipse((x - 3, y - 3, x + 3, y + 3), fill=(140, 140, 150))
    sheet.write(digit, _pen(random))
    return sheet.taken(_lit(sheet))


def boxed(digit: int, random: Random) -> bytes:
    sheet = Sheet(random)
    sheet.write(digit, _pen(random), (0.25, 0.4))
    left, top, right, bottom = sheet.box
    room = random.uniform(0.0, 0.4) * (bottom - top)
    box = (left - room, top - room, right + room, bottom + room)
    if random.random() < 0.3:
        sheet.draw.ellipse(
            (box[0] - room, box[1] - room, box[2] + room, box[3] + room), outline=BLACK, width=7
        )
    else:
        sheet.draw.rectangle(box, outline=(60, 60, 60), width=int(random.integers(3, 9)))
    if random.random() < 0.5:
        font = ImageFont.load_default(0.05 * sheet.unit)
        sheet.draw.text((box[0], box[1] - 0.09 * sheet.unit), "Your answer:", fill=BLACK, font=font)
    return sheet.taken(_lit(sheet))


def hand_shadow(digit: int, random: Random) -> bytes:
    sheet = Sheet(random)
    sheet.write(digit, _pen(random))
    x, y = sheet.ground()
    angle, soft = random.uniform(0, 2 * np.pi), random.uniform(0.005, 0.15)
    far = (x - 0.5) * np.cos(angle) + (y - 0.5) * np.sin(angle) + random.uniform(-0.2, 0.2)
    across = (x - 0.5) * np.sin(angle) - (y - 0.5) * np.cos(angle)
    far = far + 0.08 * np.sin(across * random.uniform(3, 12))
    dark = 1 - random.uniform(0.25, 0.5) / (1 + np.exp(-np.clip(far / soft * 4, -40, 40)))
    return sheet.taken(_lit(sheet) * dark[:, :, None])


def on_wood(digit: int, random: Random) -> bytes:
    sheet = Sheet(random, (120, 85, 55))
    for _ in range(60):
        y, level = random.uniform(0, sheet.size[1]), int(random.integers(-25, 25))
        colour = (120 + level, 85 + level, 55 + level)
        sheet.draw.line(
            [(0, y), (sheet.size[0], y + 40)], fill=colour, width=int(random.integers(3, 20))
        )
    width, height = sheet.size
    corners = [(0.12, 0.1), (0.9, 0.08), (0.93, 0.9), (0.08, 0.93)]
    moved = [
        ((a + random.uniform(-0.06, 0.06)) * width, (b + random.uniform(-0.06, 0.06)) * height)
        for a, b in corners
    ]
    sheet.draw.polygon(moved, fill=(240, 238, 230))
    sheet.write(digit, _pen(random), (0.25, 0.45))
    return sheet.taken(_lit(sheet))


def window(digit: int, random: Random) -> bytes:
    dark = random.random() < 0.5
    paper, ink, bar = (
        ((30, 30, 34), (240, 240, 240), (60, 60, 66))
        if dark
        else ((255,) * 3, (0, 0, 0), (225, 228, 232))
    )
    sheet = Sheet(random, paper)
    sheet.write(digit, ink)
    width, height = sheet.size
    high = int(0.09 * sheet.unit)
    sheet.draw.rectangle((0, 0, width, high), fill=bar)
    for place, colour in enumerate([(240, 90, 80), (240, 190, 60), (90, 200, 90)]):
        x = high * (0.5 + 0.6 * place)
        sheet.draw.ellipse((x - 12, high / 2 - 12, x + 12, high / 2 + 12), fill=colour)
    sheet.draw.text(
        (0.3 * width, high * 0.25),
        "untitled - Paint",
        fill=ink,
        font=ImageFont.load_default(high * 0.4),
    )
    if random.random() < 0.5:
        sheet.draw.rectangle((width - 24, high, width, height), fill=bar)
        sheet.draw.rectangle(
            (width - 20, height // 3, width - 4, height // 2), fill=(150, 150, 150)
        )
    if random.random() < 0.5:
        sheet.draw.rectangle((0, height - high // 2, width, height), fill=bar)
    image = sheet.image.resize((width // 2, height // 2), Image.Resampling.LANCZOS)
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


def board(digit: int, random: Random) -> bytes:
    sheet = Sheet(random, (45, 70, 58))
    for _ in range(12):
        x, y = random.uniform(0, sheet.size[0], 2)
        sheet.draw.ellipse((x - 90, y - 40, x + 90, y + 40), fill=(52, 77, 65))
    sheet.write(digit, (225, 225, 215))
    return sheet.taken(_lit(sheet))


def scribbled(digit: int, random: Random) -> bytes:
    sheet = Sheet(random)
    sheet.write(digit, _pen(random), (0.35, 0.5), (0.55, 0.55))
    width, height = sheet.size
    for _ in range(int(random.integers(1, 4))):
        font = ImageFont.load_default(random.uniform(0.03, 0.06) * sheet.unit)
        place = (random.uniform(0, 0.6) * width, (0.02, 0.9)[random.integers(2)] * height)
        sheet.draw.text(place, "Maths 3b  12 May", fill=(70, 70, 70), font=font)
    sheet.draw.ellipse((20, height * 0.3, 60, height * 0.3 + 40), fill=(90, 80, 70))
    return sheet.taken(_lit(sheet))


OTHERS: dict[str, Callable[[int, Random], bytes]] = {
    "plain photo": plain,
    "pencil": pencil,
    "ruled paper": ruled,
    "squared paper": squared,
    "dotted paper": dotted,
    "box or ring": boxed,
    "shadow of a hand": hand_shadow,
    "sheet on wood": on_wood,
    "window on a screen": window,
    "chalk on a board": board,
    "printed words": scribbled,
}
"""Name -> the picture file of a digit"""
