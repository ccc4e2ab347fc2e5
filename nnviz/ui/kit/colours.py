"""The colours of both themes.

Contrast was measured with the WCAG formula: text, and right and wrong that words are written in,
at least 7:1 on the ground of pages, signs and marks at least 4.5:1; `tests.legibility` measures it
where they are painted. Orange is evidence for, blue is evidence against, never by hue alone.
"""

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Colours:
    """One theme; every colour as #rrggbb."""

    background: str
    panel: str
    raised: str
    line: str
    track: str
    """The empty part of a bar."""
    text: str
    muted: str
    positive: str
    negative: str
    right: str
    wrong: str
    focus: str
    on_accent: str
    """Text on a filled right, wrong or focus colour."""
    zero: str
    """A weight of exactly zero."""
    weight_ends: tuple[str, str]
    """The strongest negative and the strongest positive weight."""


THEMES = {
    "dark": Colours(
        background="#15181D",
        panel="#1D2229",
        raised="#2A313B",
        line="#46505E",
        track="#323A45",
        text="#E8EAED",
        muted="#BEC4CC",
        positive="#FF8C2B",
        negative="#56B4E9",
        right="#2BC48A",
        wrong="#E58AB8",
        focus="#F0E442",
        on_accent="#101317",
        zero="#15181D",
        weight_ends=("#56B4E9", "#FF8C2B"),
    ),
    "light": Colours(
        background="#FFFFFF",
        panel="#F4F5F7",
        raised="#E3E6EA",
        line="#8A929D",
        track="#C4C9D0",
        text="#1A1C1F",
        muted="#43484F",
        positive="#C44E00",
        negative="#0072B2",
        right="#005C44",
        wrong="#98106C",
        focus="#6A4C00",
        on_accent="#FFFFFF",
        zero="#F7F7F7",
        weight_ends=("#0072B2", "#D55E00"),
    ),
}

WHITE = "white"
"""What is drawn for paper: the inks of the light theme, on white; no theme of the window."""
LOOKS = {**THEMES, WHITE: replace(THEMES["light"], panel="#FFFFFF", zero="#FFFFFF")}

DIGITS = (
    "#A96B59",
    "#BD1F01",
    "#E76300",
    "#92DADD",
    "#B9AC70",
    "#FFA90E",
    "#3F90DA",
    "#94A4A2",
    "#717581",
    "#832DB6",
)
"""Petroff's ten colours, assigned so that digits that get confused are far apart."""
