"""What a file of worked examples holds: typed, refusing what it does not know."""

from __future__ import annotations

import inspect
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from scrutinybook.errors import nearest
from scrutinybook.model_faults import Refused, shown
from scrutinybook.worked_examples.methods import METHODS
from scrutinybook.yaml_files import Strict

WORST_TOLERANCE = 0.05
"""A tolerance may be so large a share of the expected number at most, or the example says little;
this much at most where the number is 0."""


Group = Literal["charts", "rules", "changes", "comparisons", "many", "late"]
"""Where the Methods chapter shows a method."""

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        for each in value:
            _plain(each)
    elif isinstance(value, dict):
        for each in value.values():
            _plain(each)
    elif value is not None and not isinstance(value, bool | int | float | str):
        raise Refused(shown(value), "numbers, text, yes or no, null, and lists of them")
    return value


Plain = Annotated[Any, AfterValidator(_plain)]


class Call(Strict):
    """A method with what goes into it."""

    call: Text
    """Name of the method, as `METHODS` lists it."""
    given: tuple[Given, ...]
    """What goes in."""

    @model_validator(mode="after")
    def _can_be_called(self) -> Call:
        if self.call not in METHODS:
            mend = nearest(self.call, METHODS)
            raise Refused(f"there is no method {self.call!r}", ", ".join(METHODS), mend)
        known = inspect.signature(METHODS[self.call])
        unknown = [each.name for each in self.given if each.name not in known.parameters]
        if unknown:
            allowed = ", ".join(known.parameters)
            raise Refused(f"{self.call} takes no {', '.join(unknown)}", allowed)
        try:
            known.bind(**{each.name: None for each in self.given})
        except TypeError as error:
            raise Refused(f"{self.call}: {error}", mend="add it under given") from None
        return self


class Given(Strict):
    """One thing that goes into a method: plain figures, or the answer of another method."""

    name: Text
    """Name of the argument."""
    words: Text
    """What it is, in plain words."""
    figures: Plain = Field(default=None, alias="is")
    """Numbers, text, yes or no; null is a period without a figure. Seed and the like included."""
    answer_of: Call | None = None
    """A method whose answer goes in, instead of figures."""

    @model_validator(mode="after")
    def _one_of_two(self) -> Given:
        if (self.answer_of is None) != ("figures" in self.model_fields_set):
            raise Refused(f"{self.name}: is and answer_of", "one of the two")
        return self


class Expected(Strict):
    """One thing that must come out."""

    name: Text
    """Where it is in the answer, e.g. ``upper`` or ``changes.0.ratio.estimate``; ``itself`` is the
    whole answer, ``type`` its class. One value for an array says that all of it is this value."""
    words: Text
    """What it is, in plain words."""
    figures: Plain = Field(default=None, alias="is")
    """The value worked by hand."""
    within: float = Field(default=0.0, ge=0)
    """Numbers may differ by so much; 0 for counts."""
    at_least: float | None = None
    """Lower end of where the number must lie, for what can only be bounded by hand."""
    at_most: float | None = None
    """Upper end, likewise."""

    @property
    def is_bounded(self) -> bool:
        """Whether only bounds are known."""
        return self.at_least is not None or self.at_most is not None

    @model_validator(mode="after")
    def _can_fail(self) -> Expected:
        if self.is_bounded == ("figures" in self.model_fields_set):
            raise Refused(f"{self.name}: is and at_least, at_most", "one of the two")
        numbers = [abs(x) for x in numbers_in(self.figures)]
        if numbers and self.within > WORST_TOLERANCE * (min(filter(None, numbers), default=1.0)):
            allowed = f"up to {WORST_TOLERANCE:.0%} of the smallest number"
            raise Refused(f"{self.name}: within {self.within:g}", allowed)
        return self


class Example(Call):
    """One drawn table with its answer."""

    title: Text
    """What it shows."""
    asks: Text
    """The call in words."""
    each: Text = "Month"
    """What one place of a series is."""
    expect: Annotated[tuple[Expected, ...], Field(min_length=1)]
    """What must come out."""
    working: Annotated[tuple[Text, ...], Field(min_length=1)]
    """How it is worked by hand, step by step."""
    source: Text
    """Where figures and answer come from."""


class Method(Strict):
    """One file: a method and its examples."""

    method: Text
    """Its name."""
    group: Group
    """Where the Methods chapter shows it."""
    answers: Text
    """What question it answers."""
    used: Text
    """Which pages use it, or what it is there for."""
    examples: Annotated[tuple[Example, ...], Field(min_length=1)]


def numbers_in(value: Any) -> list[float]:
    """All numbers in plain figures; yes and no are none."""
    if isinstance(value, list):
        return [number for each in value for number in numbers_in(each)]
    return [value] if isinstance(value, int | float) and not isinstance(value, bool) else []


Call.model_rebuild()
