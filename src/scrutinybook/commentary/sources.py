"""Where figures come from and when they came out, in words."""

from __future__ import annotations

from collections.abc import Sequence

from scrutinybook.commentary import words
from scrutinybook.commentary.figures import since
from scrutinybook.context import SourceRelease
from scrutinybook.sources.figure_periods import FigurePeriod
from scrutinybook.sources.releases import OutDate

LICENCE = "Contains public sector information licensed under the Open Government Licence v3.0."


def source_text(sources: Sequence[SourceRelease], period: FigurePeriod) -> str:
    """The releases used, and when the latest period's figures first came out."""
    named = [f"‘{s.release.title}’, which came out {out(s.release.published)}" for s in sources]
    releases = "release" if len(named) == 1 else "releases"
    publisher = words.listing(sorted({s.release.publisher for s in sources}))
    text = f"Source: {publisher}, {releases} {words.listing(named)}."
    first = sources[-1].latest_first_out if sources else None
    if first is not None and first != sources[-1].release.published:
        text += f" The figures for {since(period)} first came out {out(first)}."
    return text


def out(day: OutDate) -> str:
    """When a release came out: ``on 26 October 2023``, ``in October 2025``, ``in or about …``."""
    if not day.verified:
        return f"in or about {day.words}"
    return f"on {day.words}" if len(day.text) == 10 else f"in {day.words}"
