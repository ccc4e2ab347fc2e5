"""What is photographed: a kind of picture is a function of a digit and a source of chance."""

from collections.abc import Callable

import numpy as np
from PIL import Image
from scipy.ndimage import gaussian_filter, grey_dilation

from nnviz.data.arrays import Bytes
from tests.pictures.page import (
    BLACK_PEN,
    BLUE_PEN,
    GREEN_PEN,
    PENCIL,
    RED_PEN,
    Colour,
    Page,
    encoded,
    smooth,
)

Random = np.random.Generator
Kind = Callable[[Bytes, Random], bytes]
KINDS: dict[str, Kind] = {}
"""Name -> the picture file of a digit (28, 28)"""
PENS = (BLACK_PEN, BLUE_PEN, BLUE_PEN)
LINES: Colour = (0.55, 0.65, 0.80)
MARGIN: Colour = (0.85, 0.45, 0.45)


def kind(name: str) -> Callable[[Kind], Kind]:
    """Registers one."""

    def register(make: Kind) -> Kind:
        KINDS[name] = make
        return make

    return register


def pen(random: Random) -> Colour:
    return PENS[random.integers(len(PENS))]


@kind("plain photo")
def plain(image: Bytes, random: Random) -> bytes:
    page = Page(random)
    page.digit(image, pen(random))
    page.lit(random.uniform(0.05, 0.3), random.uniform(0, 0.3))
    return page.photographed()


def _ruled(image: Bytes, random: Random, margin: bool, strength: float = 1.0) -> bytes:
    page = Page(random)
    every = random.uniform(0.06, 0.25)
    slope = random.uniform(-0.03, 0.03)
    wide = random.uniform(0.002, 0.006)
    page.put(page.along(slope, random.uniform(0, every), every, wide), LINES, strength)
    if margin:
        page.put(page.down(slope, random.uniform(0.06, 0.2), wide=1.2 * wide), MARGIN, strength)
    page.digit(image, pen(random), at=(random.uniform(0.5, 0.6), random.uniform(0.4, 0.6)))
    page.lit(random.uniform(0.05, 0.25), random.uniform(0, 0.25))
    return page.photographed()


@kind("ruled paper")
def ruled(image: Bytes, random: Random) -> bytes:
    return _ruled(image, random, margin=False)


@kind("ruled, red margin")
def ruled_with_margin(image: Bytes, random: Random) -> bytes:
    return _ruled(image, random, margin=True)


def _squared(image: Bytes, random: Random, colour: Colour, wide: float) -> bytes:
    page = Page(random)
    every, slope = random.uniform(0.05, 0.14), random.uniform(-0.03, 0.03)
    page.put(page.along(slope, random.uniform(0, every), every, wide), colour)
    page.put(page.down(slope, random.uniform(0, every), every, wide), colour)
    page.digit(image, pen(random))
    page.lit()
    return page.photographed()


@kind("squared paper")
def squared(image: Bytes, random: Random) -> bytes:
    return _squared(image, random, LINES, random.uniform(0.002, 0.005))


@kind("strong grid")
def strong_grid(image: Bytes, random: Random) -> bytes:
    return _squared(image, random, (0.25, 0.27, 0.3), random.uniform(0.004, 0.008))


@kind("graph paper, green")
def graph_paper(image: Bytes, random: Random) -> bytes:
    page = Page(random)
    for every, wide in ((0.03, 0.0015), (0.15, 0.003)):
        page.put(page.along(0.01, 0.01, every, wide), (0.6, 0.82, 0.65))
        page.put(page.down(0.01, 0.01, every, wide), (0.6, 0.82, 0.65))
    page.digit(image, pen(random))
    page.lit()
    return page.photographed()


@kind("box of a form")
def form_box(image: Bytes, random: Random) -> bytes:
    page = Page(random)
    page.digit(image, pen(random), (0.25, 0.5))
    left, top, right, bottom = page.box
    size = max(right - left, bottom - top)
    around = random.uniform(0.08, 0.4, 4) * size
    wide = random.uniform(0.003, 0.012) * page.unit
    box = (left - around[0], top - around[1], right + around[2], bottom + around[3])
    page.put(page.frame(*box, wide), random.choice([0.1, 0.3, 0.5]) * np.ones(3))
    page.lit()
    return page.photographed()


@kind("row of boxes")
def form_boxes(image: Bytes, random: Random) -> bytes:
    page = Page(random)
    page.digit(image, pen(random), (0.25, 0.4))
    left, top, right, bottom = page.box
    size = 1.3 * max(right - left, bottom - top)
    x, y = (left + right) / 2 - size / 2, (top + bottom) / 2 - size / 2
    for place in range(-3, 4):
        box = (x + place * size, y, x + (place + 1) * size, y + size)
        page.put(page.frame(*box, 0.005 * page.unit), (0.2, 0.2, 0.2))
    page.lit()
    return page.photographed()


@kind("screenshot, toolbar")
def screenshot(image: Bytes, random: Random) -> bytes:
    dark = random.random() < 0.4
    paper, ink, bar = (0.1, 0.95, 0.25) if dark else (1.0, 0.05, 0.86)
    page = Page(random, (paper,) * 3)
    page.digit(image, (ink,) * 3)
    high = int(random.uniform(0.05, 0.12) * page.unit)
    page.colours[:high] = bar
    for place in range(int(random.integers(3, 8))):
        left = int((0.03 + 0.09 * place) * page.unit)
        page.colours[high // 4 : 3 * high // 4, left : left + high // 2] = (0.3, 0.4, ink)
    return page.photographed(0, None, 0, 0, "PNG")


@kind("screenshot, scroll bar")
def scroll_bar(image: Bytes, random: Random) -> bytes:
    dark = random.random() < 0.4
    paper, ink, bar = (0.12, 0.9, 0.3) if dark else (1.0, 0.0, 0.9)
    page = Page(random, (paper,) * 3)
    page.digit(image, (ink,) * 3)
    wide = max(3, int(random.uniform(0.006, 0.03) * page.unit))
    page.colours[:, -wide:] = bar
    page.colours[page.height // 5 : page.height // 2, -wide:] = (bar + ink) / 2
    if random.random() < 0.5:
        page.colours[:3] = page.colours[-3:] = 0.5
        page.colours[:, :3] = 0.5
    if random.random() < 0.5:
        return page.photographed(0, 90, 0, 0, "JPEG")
    return page.photographed(0, None, 0, 0, "PNG")


def _shaded(image: Bytes, random: Random, soft: float, bend: float = 0.0) -> bytes:
    page = Page(random)
    page.digit(image, pen(random))
    page.lit()
    page.shadow(0.42, soft, bend, through=random.random() < 0.7)
    return page.photographed()


@kind("soft shadow")
def soft_shadow(image: Bytes, random: Random) -> bytes:
    return _shaded(image, random, random.uniform(0.06, 0.25))


@kind("hard shadow")
def hard_shadow(image: Bytes, random: Random) -> bytes:
    return _shaded(image, random, 0.01)


@kind("bent shadow")
def bent_shadow(image: Bytes, random: Random) -> bytes:
    return _shaded(image, random, random.uniform(0.01, 0.1), random.uniform(-1.5, 1.5))


@kind("pencil")
def pencil(image: Bytes, random: Random) -> bytes:
    page = Page(random)
    page.digit(image, PENCIL, strength=random.uniform(0.5, 0.9))
    page.lit()
    return page.photographed(noise=0.015)


@kind("chalk on a board")
def chalk(image: Bytes, random: Random) -> bytes:
    page = Page(random, (0.09, 0.14, 0.11))
    page.digit(image, (0.75, 0.75, 0.72))
    page.colours += random.normal(0, 0.02, page.colours.shape[:2])[:, :, None]
    page.lit()
    return page.photographed(noise=0.02)


@kind("coloured ink")
def coloured(image: Bytes, random: Random) -> bytes:
    page = Page(random)
    page.digit(image, (RED_PEN, GREEN_PEN, BLUE_PEN)[random.integers(3)])
    page.lit()
    return page.photographed()


@kind("glare")
def glare(image: Bytes, random: Random) -> bytes:
    page = Page(random)
    page.digit(image, pen(random))
    page.lit(0.3, 0.4)
    x, y = random.uniform(0, page.width), random.uniform(0, page.height)
    far = ((page.x - x) ** 2 + (page.y - y) ** 2) / (0.3 * page.unit) ** 2
    page.colours += 0.35 * np.exp(-far)[:, :, None]
    return page.photographed()


@kind("JPEG 40")
def jpeg(image: Bytes, random: Random) -> bytes:
    page = Page(random)
    page.digit(image, pen(random))
    page.lit()
    return page.photographed(quality=40)


@kind("small in the frame")
def small(image: Bytes, random: Random) -> bytes:
    page = Page(random)
    at = (random.uniform(0.2, 0.8), random.uniform(0.2, 0.8))
    page.digit(image, pen(random), (0.08, 0.15), at=at)
    page.lit()
    return page.photographed()


@kind("turned")
def turned(image: Bytes, random: Random) -> bytes:
    page = Page(random)
    page.digit(image, pen(random))
    page.lit()
    return page.photographed(turned=11)


@kind("transparent PNG")
def transparent(image: Bytes, random: Random) -> bytes:
    cover = smooth(image, 300)
    level = np.full_like(cover, random.choice([0, 0, 255]))
    layers = np.stack([level, 255 * cover], axis=2).astype(np.uint8)
    return encoded(Image.fromarray(layers, "LA"))


@kind("desk beside the paper")
def desk(image: Bytes, random: Random) -> bytes:
    page = Page(random)
    page.digit(image, pen(random), (0.3, 0.5))
    page.lit()
    slope, colour = random.uniform(-0.1, 0.1), random.choice([0.15, 0.3, 0.45])
    far = random.uniform(0.03, 0.15)
    edge = page.along(slope, 0) * 0 + (page.y - slope * page.x < far * page.unit)
    if random.random() < 0.5:
        edge = np.maximum(edge, page.x + slope * page.y > page.width - far * page.unit)
    page.put(edge.astype(np.float32), (colour * 1.1, colour, colour * 0.8))
    return page.photographed()


@kind("sheet on a dark desk")
def sheet(image: Bytes, random: Random) -> bytes:
    page = Page(random, (0.18, 0.14, 0.1))
    page.digit(image, pen(random), (0.25, 0.45))
    ink = page.colours.copy()
    left, top, right, bottom = page.box
    room = 0.3 * max(right - left, bottom - top)
    on = (page.x > left - room) & (page.x < right + room)
    on &= (page.y > top - room) & (page.y < bottom + room)
    colour = (0.95, 0.9, 0.45) if random.random() < 0.5 else (0.93, 0.92, 0.9)
    page.colours[on] = colour
    inked = np.abs(ink - ink[0, 0]).sum(axis=2) > 0.02
    page.colours[on & inked] = (0.1, 0.1, 0.3)
    page.lit()
    return page.photographed()


@kind("hole punches")
def punched(image: Bytes, random: Random) -> bytes:
    page = Page(random)
    page.digit(image, pen(random), at=(0.58, 0.5))
    for place in (0.25, 0.75):
        page.put(page.disc(0.06 * page.width, place * page.height, 0.03 * page.unit), (0.2,) * 3)
    page.lit()
    return page.photographed()


@kind("spiral binding")
def spiral(image: Bytes, random: Random) -> bytes:
    page = Page(random)
    page.digit(image, pen(random), at=(0.5, 0.57))
    step = 0.05 * page.unit
    for place in np.arange(step, page.width, step):
        page.put(page.disc(place, 0.05 * page.unit, 0.013 * page.unit), (0.15,) * 3)
        wire = page.stroke((place, 0), (place, 0.05 * page.unit), 0.008 * page.unit)
        page.put(wire, (0.3,) * 3)
    page.lit()
    return page.photographed()


@kind("paper clip")
def clip(image: Bytes, random: Random) -> bytes:
    page = Page(random)
    page.digit(image, pen(random), (0.35, 0.55), at=(0.5, 0.6))
    unit, x = page.unit, random.uniform(0.1, 0.8) * page.width
    for off, far in ((0.0, 0.16), (0.035, 0.13), (0.017, 0.1)):
        at = x + off * unit
        page.put(page.stroke((at, 0), (at, far * unit), 0.006 * unit), (0.4,) * 3)
    page.lit()
    return page.photographed()


@kind("printed label")
def label(image: Bytes, random: Random) -> bytes:
    page = Page(random)
    page.digit(image, pen(random), (0.35, 0.55), at=(0.55, 0.57))
    words = ("Name:", "No.", "Question 3", "Answer")[random.integers(4)]
    place = random.uniform(0.05, 0.4) * page.width
    page.put(page.printed(words, place, 0.05 * page.unit, 0.05 * page.unit), (0.1,) * 3)
    page.lit()
    return page.photographed()


@kind("underlined")
def underlined(image: Bytes, random: Random) -> bytes:
    page = Page(random)
    colour = pen(random)
    page.digit(image, colour, (0.3, 0.5))
    left, _, right, bottom = page.box
    size = right - left
    start = left - 0.4 * page.unit * random.random(), bottom + 0.07 * page.unit
    end = right + 0.3 * size, bottom + random.uniform(0.05, 0.09) * page.unit
    page.put(page.stroke(start, end, 0.012 * page.unit), colour)
    page.lit()
    return page.photographed()


@kind("fold")
def fold(image: Bytes, random: Random) -> bytes:
    page = Page(random)
    page.digit(image, pen(random))
    page.lit()
    across = (page.x / page.unit - random.uniform(0.2, 0.9)) + 0.05 * page.y / page.unit
    page.colours *= (1 - 0.25 * np.exp(-np.abs(across) * 40) * (across > 0))[:, :, None]
    return page.photographed()


@kind("dots and crumbs")
def crumbs(image: Bytes, random: Random) -> bytes:
    page = Page(random)
    page.digit(image, pen(random), (0.35, 0.6))
    for _ in range(int(random.integers(3, 15))):
        x, y = random.uniform(0, page.width), random.uniform(0, page.height)
        page.put(page.disc(x, y, random.uniform(0.001, 0.008) * page.unit), (0.3,) * 3)
    page.lit()
    return page.photographed()


@kind("whiteboard")
def whiteboard(image: Bytes, random: Random) -> bytes:
    page = Page(random, (0.85, 0.88, 0.9))
    page.digit(image, (BLACK_PEN, RED_PEN, GREEN_PEN, BLUE_PEN)[random.integers(4)])
    page.lit(0.3, 0.3)
    far = ((page.x - 0.3 * page.width) / (0.1 * page.unit)) ** 2
    page.colours += 0.15 * np.exp(-far)[:, :, None]
    page.colours[: int(0.04 * page.unit)] = 0.45
    return page.photographed()


@kind("lit from behind")
def lit_from_behind(image: Bytes, random: Random) -> bytes:
    page = Page(random, (0.4, 0.38, 0.36))
    page.digit(image, pen(random))
    x, y = page.x / page.width - 0.5, page.y / page.height - 0.5
    page.colours *= (1 - 1.5 * (x * x + y * y))[:, :, None]
    return page.photographed(noise=0.02)


@kind("tight crop")
def tight(image: Bytes, random: Random) -> bytes:
    page = Page(random, longer=960)
    page.digit(image, pen(random), (0.4, 0.5))
    page.lit()
    left, top, right, bottom = (round(each) for each in page.box)
    page.colours = page.colours[top : bottom + 1, left : right + 1]
    page.height, page.width = page.colours.shape[:2]
    return page.photographed(turned=0)


@kind("fat crop with grain")
def fat_crop(image: Bytes, random: Random) -> bytes:
    page = Page(random, longer=int(random.choice([240, 420, 560])))
    swollen = np.asarray(grey_dilation(image, (3, 3)), np.uint8)
    page.digit(swollen, pen(random), (0.5, 0.7), at=(0.5, 0.5))
    page.lit()
    left, top, right, bottom = (max(0, round(each)) for each in page.box)
    page.colours = page.colours[top : bottom + 1, left : right + 1]
    page.height, page.width = page.colours.shape[:2]
    return page.photographed(noise=0.035, turned=0)


@kind("dark corners")
def dark_corners(image: Bytes, random: Random) -> bytes:
    page = Page(random)
    page.digit(image, pen(random))
    page.lit(random.uniform(0.5, 0.8), 0.15)
    return page.photographed(noise=0.02)


@kind("shadow of a blind")
def blind(image: Bytes, random: Random) -> bytes:
    page = Page(random)
    page.digit(image, pen(random))
    page.lit()
    turn, every = random.uniform(-0.6, 0.6), random.uniform(0.2, 0.45)
    across = (page.y * np.cos(turn) + page.x * np.sin(turn)) / (every * page.unit)
    share = 1 / (1 + np.exp(-(np.abs(across % 1 - 0.5) - 0.25) / random.uniform(0.02, 0.1)))
    page.colours *= (1 - random.uniform(0.25, 0.5) * share)[:, :, None]
    return page.photographed()


@kind("shadow of fingers")
def fingers(image: Bytes, random: Random) -> bytes:
    page = Page(random)
    page.digit(image, pen(random))
    page.lit()
    unit, hand = page.unit, random.uniform(0.2, 0.8) * page.width
    shade = page.disc(hand, page.height, 0.3 * unit)
    for place in range(4):
        start = hand + (place - 1.5) * 0.1 * unit, float(page.height)
        end = hand + (place - 1.5) * 0.16 * unit, page.height - random.uniform(0.5, 0.9) * unit
        shade = np.maximum(shade, page.stroke(start, end, 0.1 * unit))
    shade = gaussian_filter(shade, random.uniform(0.006, 0.02) * unit)
    page.colours *= (1 - random.uniform(0.3, 0.5) * shade)[:, :, None]
    return page.photographed()


@kind("cell of a puzzle")
def puzzle(image: Bytes, random: Random) -> bytes:
    page = Page(random)
    page.digit(image, pen(random), (0.22, 0.3))
    left, top, right, bottom = page.box
    side = 1.4 * max(right - left, bottom - top)
    x, y = ((left + right) / 2 - side / 2) / page.unit, ((top + bottom) / 2 - side / 2) / page.unit
    every = side / page.unit
    for lines, far in ((page.along, y), (page.down, x)):
        page.put(lines(0.0, far, every, 0.01), (0.15,) * 3)
        page.put(lines(0.0, far + every * random.integers(0, 2), 0.0, 0.035), (0.15,) * 3)
    page.lit()
    return page.photographed()


@kind("box with a label above")
def labelled_box(image: Bytes, random: Random) -> bytes:
    page = Page(random)
    page.digit(image, pen(random), (0.15, 0.25))
    left, top, right, bottom = page.box
    high, middle = 1.4 * (bottom - top), (left + right) / 2
    wide, above = high * random.uniform(0.8, 1.8), (top + bottom) / 2 - high / 2
    box = (middle - wide / 2, above, middle + wide / 2, above + high)
    page.put(page.frame(*box, 0.006 * page.unit), (0.2,) * 3)
    words = ("Points", "Day", "House no.", "Grade (1-6)")[random.integers(4)]
    size = 0.3 * high
    page.put(page.printed(words, box[0], above - 1.4 * size, size), (0.15,) * 3)
    page.lit()
    return page.photographed()
