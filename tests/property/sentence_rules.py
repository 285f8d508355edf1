"""What every sentence of a book must keep to, written without the words module's own help."""

from __future__ import annotations

import dataclasses
import math
import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from scrutinybook.catalogue import Measure
from scrutinybook.catalogue_extract import ExtractMeasure
from scrutinybook.commentary.sentence import Sentence
from scrutinybook.findings.base import Finding
from scrutinybook.findings.council import LatestFigure, Unjudged, on_page
from scrutinybook.findings.monthly import ControlVerdict, LevelChanges, MonthCount
from scrutinybook.measures.series import Observation
from scrutinybook.periods import Month
from scrutinybook.sources.figure_periods import FigurePeriod

CAUSAL = re.compile(
    r"\b(caus\w*|because|due to|owing to|thanks to|as a result|result(s|ed|ing)? (in|from)|driven"
    r"|brought about|attribut\w+|impact\w*|effect of)\b",
    re.IGNORECASE,
)
FORBIDDEN = re.compile(r"\b((?i:stable|stabil\w+|significan\w+|unchanged)|nan|None|inf)\b")
UNTIDY = re.compile(r" {2}| [.,;:)]|\(\s|\.\.|,,|;;|\(\)| $|^ ")
NUMBER = re.compile(r"(?<![\w/.])−?\d+(?:,\d{3})*(?:\.\d+)?")
_DATED = re.compile(r"\d{4}$")
SPELT = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
PLURALS = (
    "referrals|months|changes|measures|years|authorities|neighbours|points|children|assessments"
    "|conferences|plans|leavers|days"
)
SINGULARS = (
    "referral|month|change|measure|year|authority|neighbour|point|child(?! protection)|assessment"
    "|conference|plan|leaver|day"
)


def keep_to_the_rules(said: Iterable[Sentence], finding: Finding, *also: Any) -> None:
    """Fail on the first sentence that breaks a rule. `also`: what else its numbers may be from."""
    for sentence in said:
        assert sentence.finding == finding.id
        problems = list(problems_of(sentence.text, finding, *also))
        assert not problems, f"{sentence.text!r}: {problems}"


def problems_of(text: str, *sources: Any) -> Iterator[str]:
    """Every rule that a sentence breaks, in words."""
    if not re.fullmatch(r"[A-Z0-9−].*[^.]\.", text):
        yield "does not begin like a sentence and end with one full stop"
    for pattern in (CAUSAL, FORBIDDEN, UNTIDY):
        if match := pattern.search(text):
            yield f"says {match[0]!r}"
    yield from _disagreements(text.replace("\u00a0", " "))
    yield from _articles(text)
    yield from (
        f"{n} is not in the finding" for n in untraced(text.replace("\u00a0", " "), *sources)
    )


def untraced(text: str, *sources: Any) -> list[str]:
    """Numbers in a text that no source gives in any rounding that pages use."""
    plain = text
    # Dates first: a measure's own words ("in the year to 30 September") may begin one.
    phrases = sorted(_phrases(sources), key=lambda each: (bool(_DATED.search(each)), len(each)))
    for phrase in reversed(phrases):
        plain = plain.replace(phrase, " ")
    plain = re.sub(
        r"(times|time) in ten|in a hundred|1 authority in 20|2 authorities in 1,000|section 47",
        " ",
        plain,
    )
    allowed: set[str] = set()
    for number in _numbers(sources):
        allowed |= _roundings(number)
    found = NUMBER.findall(plain)
    words = [w for w in re.findall(r"[a-z]+", plain.lower()) if w in SPELT]
    digits = [str(SPELT.index(w) + 2) for w in words]
    return [n for n in [*found, *digits] if n.replace(",", "").lstrip("−") not in allowed]


def _roundings(number: float) -> set[str]:
    said = set()
    size = abs(number)
    # A share is said in per cent, a probability as so many times in ten.
    for scaled in (size, 100 * size, 10 * size) if size <= 1 else (size,):
        for places in range(4):
            unit = 10**places
            rounded = math.floor(scaled * unit + 0.5 + 1e-9) / unit
            said.add(f"{rounded:.{places}f}")
    # Limits are said as the whole numbers that lie inside them.
    return said | {str(math.ceil(size - 1e-6)), str(math.floor(size + 1e-6))}


def _numbers(item: Any) -> Iterator[float]:
    if isinstance(item, bool) or item is None:
        return
    if isinstance(item, int | float):
        yield float(item)
    elif isinstance(item, Month | date | FigurePeriod | Measure | str):
        return
    elif isinstance(item, ExtractMeasure):
        yield from () if item.target is None else (float(item.target),)
    elif isinstance(item, list | tuple):
        yield float(len(item))
        for each in item:
            yield from _numbers(each)
    elif dataclasses.is_dataclass(item):
        for field in dataclasses.fields(item):
            yield from _numbers(getattr(item, field.name))
        yield from _derived(item)


def _derived(item: Any) -> Iterator[float]:
    """What a finding works out of its own numbers."""
    if isinstance(item, MonthCount):
        yield item.per_day
    if isinstance(item, Observation) and item.value is not None:
        yield item.value
    if isinstance(item, LevelChanges):
        yield item.span
    if isinstance(item, LatestFigure):
        for each in (item.latest, item.year_before, item.to_date, item.to_date_before):
            if each is not None and (value := on_page(item.measure, each)) is not None:
                yield value
    if isinstance(item, Unjudged):
        yield item.n_months + item.n_withheld
    if isinstance(item, ControlVerdict):
        days = item.latest.working_days
        per_hundred = 100 * item.chance_latest  # said as "one or two in a hundred"
        yield from (math.floor(per_hundred), math.ceil(per_hundred))
        yield from (limit * days for limit in (item.lower, item.centre, item.upper))
        if item.other_baseline is not None:
            yield from (item.other_baseline.lower * days, item.other_baseline.upper * days)


def _phrases(item: Any) -> set[str]:
    """Dates and the catalogue's own words, whose figures are names and not numbers."""
    if isinstance(item, Month):
        near = {item + k for k in (-1, 0, 1)}
        return {m.words for m in near} | {item.financial_year.words}
    if isinstance(item, FigurePeriod):
        start = item.month.financial_year.months[0]
        return {item.words, item.month.words, start.words}
    if isinstance(item, Measure | ExtractMeasure):
        texts = (item.noun, item.things, item.predicate or "", item.title)
        ends = {" ".join(text.split()[k:]) for text in texts for k in range(len(text.split()))}
        return {end for end in ends if re.match(rf"\D.*(\d|\b({'|'.join(SPELT)})\b)", end)}
    if isinstance(item, list | tuple):
        return set().union(*(_phrases(each) for each in item))
    if dataclasses.is_dataclass(item):
        fields = (getattr(item, field.name) for field in dataclasses.fields(item))
        return set().union(*(_phrases(each) for each in fields))
    return set()


def _disagreements(text: str) -> Iterator[str]:
    if match := re.search(rf"(?<![\d,./])\b(1|[Oo]ne) ({PLURALS})\b", text):
        yield f"{match[0]!r}: one takes the singular"
    # "1 of 20 ..." and "in the 12 months": numbers above one, and none, take the plural.
    many = r"(?:\d[\d,]*\d|[02-9]|" + "|".join(SPELT) + ")"
    if match := re.search(rf"(?<![\d,./])\b{many} ({SINGULARS})\b", text):
        yield f"{match[0]!r}: takes the plural"
    if match := re.search(r"[Tt]here were (1|one) |[Tt]here was (?!1 |one |no )\S+ ", text):
        yield f"{match[0]!r}: verb and number disagree"


def _articles(text: str) -> Iterator[str]:
    for article, word in re.findall(r"\b([Aa]n?) (\w[\w′]*)", text):
        vowel = word[0].lower() in "aeiou"
        if re.match(r"u\b|u′|uni|use|usu|one", word):
            vowel = False
        if word.isdigit():
            vowel = word.startswith("8") or word in ("11", "18")
        if vowel != (article.lower() == "an"):
            yield f"{article} {word}"
