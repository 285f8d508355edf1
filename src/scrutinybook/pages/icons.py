"""Signs beside words: shapes tell better from worse and arrows tell the way, colour only helps."""

from __future__ import annotations

from scrutinybook.findings.base import Direction
from scrutinybook.findings.council import Judged
from scrutinybook.findings.glance import Glance
from scrutinybook.statistics import Assurance

_UP, _DOWN = "M12 17V7M8 11l4-4 4 4", "M12 7v10M8 13l4 4 4-4"
_DIAMOND, _CIRCLE = "M12 1l11 11-11 11L1 12z", "M12 2a10 10 0 1 0 0 20a10 10 0 1 0 0-20z"
_SQUARE = "M3 3h18v18H3z"

ICONS = {
    "worse-up": ("signal", _DIAMOND, _UP),
    "worse-down": ("signal", _DIAMOND, _DOWN),
    "better-up": ("accent", _CIRCLE, _UP),
    "better-down": ("accent", _CIRCLE, _DOWN),
    "neither-up": ("accent-2", _SQUARE, _UP),
    "neither-down": ("accent-2", _SQUARE, _DOWN),
    "usual": ("muted", _CIRCLE, "M6 13q3-6 6-1t6-1"),
    "not-said": ("open", _CIRCLE, "M8 12h8"),
    "met": ("accent", _CIRCLE, "M7 12l4 4 6-8"),
    "missed": ("signal", _DIAMOND, "M9 9l6 6M15 9l-6 6"),
    "either": ("muted", _SQUARE, "M6 12h12M8 8l-2 4 2 4M16 8l2 4-2 4"),
}
"""By name: the ink, the outline, the lines within. The ``open`` one has no filling."""

MEANINGS = (
    (("worse-up", "worse-down"), "Stands out for the worse: higher or lower than expected."),
    (("better-up", "better-down"), "Stands out for the better."),
    (("neither-up", "neither-down"), "Stands out, and neither way is better by itself."),
    (("usual",), "Within the range that earlier months lead one to expect."),
    (
        ("met", "missed"),
        "If things go on as they are, nearly every month would meet, or miss, the target.",
    ),
    (("either",), "If things go on as they are, chance decides if a month meets the target."),
    (("not-said",), "The figures do not allow a judgement; the words beside it say why."),
)


def sprite() -> str:
    """The drawings themselves, once a page; `icon` points to them."""
    symbols = "".join(
        f'<symbol id="sb-i-{name}" viewBox="0 0 24 24"><path class="sb-i-{ink}" d="{outline}"/>'
        f'<path class="sb-i-lines{" sb-i-dark" if ink == "open" else ""}" d="{lines}"/></symbol>'
        for name, (ink, outline, lines) in ICONS.items()
    )
    return f'<svg class="sb-sprite" aria-hidden="true" width="0" height="0">{symbols}</svg>'


def icon(name: str) -> str:
    """One sign. It is for the eye alone: the words beside it say the same."""
    if name not in ICONS:
        raise KeyError(name)
    return f'<svg class="sb-icon" aria-hidden="true"><use href="#sb-i-{name}"/></svg>'


def key() -> str:
    """What each sign means."""
    entries = "".join(
        f"<li>{''.join(icon(name) for name in names)} {meaning}</li>" for names, meaning in MEANINGS
    )
    return f'<ul class="sb-key">{entries}</ul>'


def variation_icon(row: Glance) -> str:
    """The name of the sign for how the latest figure lies to the earlier ones."""
    if row.direction is Direction.SAME:
        return "usual" if isinstance(row.judged, Judged) else "not-said"
    worth = {True: "better", False: "worse", None: "neither"}[row.better]
    return f"{worth}-{'up' if row.direction is Direction.HIGHER else 'down'}"


def assurance_icon(row: Glance) -> str | None:
    """The name of the sign for the target; None where none is set."""
    if row.measure.target is None:
        return None
    assured = row.judged.assurance if isinstance(row.judged, Judged) else None
    return {
        Assurance.CONSISTENT_PASS: "met",
        Assurance.CONSISTENT_FAIL: "missed",
        Assurance.INCONSISTENT: "either",
        None: "not-said",
    }[assured]
