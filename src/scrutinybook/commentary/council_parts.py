"""The parts of a figure in words: each with its number, and how many miss the target."""

from __future__ import annotations

from scrutinybook.commentary import words
from scrutinybook.commentary.council_figures import cell_text, counted, when
from scrutinybook.commentary.sentence import Sentence
from scrutinybook.findings.council_parts import PartsFound


def by_part(found: PartsFound) -> list[Sentence]:
    """Every part that has a figure, how many miss the target, and how many are withheld."""
    shown = found.shown
    if not shown:
        return all_withheld(found)
    text = [f"{words.upper_first(_named(found))}: {words.listing(_each(found))}."]
    measure = found.measure
    if measure.target is not None and measure.kind == "value" and measure.polarity != "neutral":
        wrong = "above" if measure.polarity == "low" else "below"
        better = "lower" if measure.polarity == "low" else "higher"
        n = words.small(found.n_missed) if found.n_missed else "none"
        n = "all" if found.n_missed == len(shown) > 1 else n
        text.append(
            f"Of {words.small_count_of(len(shown), 'parts shown')}, {n}"
            f" {'is' if found.n_missed == 1 else 'are'} {wrong} the target of {measure.target:g};"
            f" {better} is better."
        )
    if found.withheld:
        text.append(_withheld(found))
    return [Sentence(each, found.id) for each in text]


def all_withheld(found: PartsFound) -> list[Sentence]:
    """That no part can be shown; nothing where one is."""
    if found.shown or not found.withheld:
        return []
    n = words.small_count_of(len(found.withheld), "parts")
    text = (
        f"The figures of {n} are withheld: each is of few people, or would tell another that is.",
        "Only the figure for all of them together can be shown.",
    )
    return [Sentence(each, found.id) for each in text]


def bars_description(found: PartsFound, authority: str) -> str:
    """What a chart of the parts shows, for readers who do not see it."""
    target = found.measure.target
    line = ""
    if target is not None and found.measure.kind == "value":
        line = f" A line across each bar marks the target of {target:g}."
    every = " ".join(each.text for each in by_part(found))
    return f"Bars, {authority}. {every}{line}"


def _named(found: PartsFound) -> str:
    return f"{counted(found.measure)}, {when(found.whole)}"


def _each(found: PartsFound) -> list[str]:
    said = []
    for name, observation, _ in found.shown:
        text = f"{name} {cell_text(found.measure, observation)}"
        if found.measure.kind == "proportion" and observation.parts is not None:
            top, bottom = observation.parts
            text += f" ({words.whole(top)} of {words.whole(bottom)})"
        elif found.measure.kind not in ("proportion", "value"):
            text = f"{cell_text(found.measure, observation)} with {name}"
        said.append(text)
    return said


def _withheld(found: PartsFound) -> str:
    n = len(found.withheld)
    if n == 1:
        return f"The figure of {found.withheld[0]} is withheld, as numbers are small."
    return (
        f"The figures of {words.listing(list(found.withheld))} are withheld, as numbers are small."
    )
