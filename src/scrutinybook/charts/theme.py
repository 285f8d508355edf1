"""One look for all charts: colours by role, sizes for two screens, type that a phone can show."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import matplotlib as mpl
import seaborn as sns


class Ink(StrEnum):
    """Colours by what they mean, as drawn; the page replaces each by its own light or dark shade.

    Every value is used for one role alone, so that it can be found again in the drawing.
    """

    TEXT = "#17222c"
    MUTED = "#4a5864"
    GRID = "#d5dce2"
    ACCENT = "#0d567a"
    ACCENT_2 = "#8a3467"
    SIGNAL = "#b0430a"
    BAND = "#e3edf3"
    PAPER = "#ffffff"
    OTHERS = "#73808c"

    @property
    def css(self) -> str:
        """The page's name for the colour, with the light shade where no style is loaded."""
        return f"var(--sb-{_CSS_NAMES[self]},{self.value})"


_CSS_NAMES = {
    Ink.TEXT: "ink",
    Ink.MUTED: "muted",
    Ink.GRID: "grid",
    Ink.ACCENT: "accent",
    Ink.ACCENT_2: "accent-2",
    Ink.SIGNAL: "signal",
    Ink.BAND: "band",
    Ink.PAPER: "paper",
    Ink.OTHERS: "others",
}


@dataclass(frozen=True)
class Size:
    """A drawing's size. Lengths in CSS pixels, as the page shows it unscaled."""

    name: str
    width: int
    height: int
    text: float
    """Type size in pixels."""

    @property
    def narrow(self) -> bool:
        """Whether this is the variant for phones."""
        return self.name == "narrow"


WIDE = Size("wide", width=720, height=400, text=16)
NARROW = Size("narrow", width=340, height=330, text=16)
SIZES = (WIDE, NARROW)

PIXELS_AN_INCH = 72
"""SVG units are points; at 72 to the inch one unit is one CSS pixel."""


@contextmanager
def drawing_style(size: Size) -> Iterator[None]:
    """Draw inside this: seaborn's white style with this book's colours and sizes."""
    style: dict[str, Any] = {
        "axes.edgecolor": Ink.MUTED.value,
        "axes.labelcolor": Ink.TEXT.value,
        "axes.labelsize": size.text,
        "axes.spines.left": False,
        "axes.spines.right": False,
        "axes.spines.top": False,
        "axes.axisbelow": True,
        "axes.grid": True,
        "axes.grid.axis": "y",
        "axes.titlelocation": "left",
        "axes.titlesize": size.text,
        "axes.titlecolor": Ink.TEXT.value,
        "figure.facecolor": "none",
        "axes.facecolor": "none",
        "font.family": "sans-serif",
        "font.sans-serif": ["DejaVu Sans"],
        "font.size": size.text,
        "grid.color": Ink.GRID.value,
        "grid.linewidth": 1,
        "lines.linewidth": 2,
        "savefig.facecolor": "none",
        "svg.fonttype": "none",
        "text.color": Ink.TEXT.value,
        "text.parse_math": False,
        "xtick.color": Ink.MUTED.value,
        "xtick.labelcolor": Ink.TEXT.value,
        "xtick.labelsize": size.text,
        "xtick.bottom": True,
        "ytick.color": Ink.MUTED.value,
        "ytick.labelcolor": Ink.TEXT.value,
        "ytick.labelsize": size.text,
    }
    # From matplotlib's defaults, so that a user's own matplotlibrc changes no drawing.
    with mpl.rc_context():
        mpl.rcdefaults()
        sns.set_theme(style="white", rc=style)
        yield
