"""The colours of the style sheet, and how far apart two of them are."""

from __future__ import annotations

import re
from pathlib import Path

CSS = (Path(__file__).resolve().parents[2] / "book/_static/scrutiny.css").read_text("utf-8")


def colours(selector: str) -> dict[str, str]:
    """The colours that the rule for `selector` sets."""
    block = CSS[CSS.index(f"{selector} {{") :]
    return dict(re.findall(r"--sb-([a-z0-9-]+): (#[0-9a-f]{6});", block[: block.index("}")]))


LIGHT = colours(":root")
DARK = colours('html[data-theme="dark"]')
DARK_WITHOUT_SCRIPT = colours("html:not([data-theme])")


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    channels = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """From 1, the same colour, to 21, black on white."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)
