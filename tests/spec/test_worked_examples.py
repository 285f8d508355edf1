"""The files in worked/: each method on tables for a pencil, as the Methods chapter shows them.

    worked/individuals.yml   value 10 12 11 13 | centre 11.5, limits 7.06738 and 15.93262

Every file is read by the reader that the chapter uses and answered through the same names.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from typing import Any

import pytest

from scrutinybook import statistics
from scrutinybook.errors import FaultsFound
from scrutinybook.statistics import Assurance, Reason, Rule, Variation, Withheld
from scrutinybook.worked_examples import (
    METHODS,
    Check,
    Example,
    Expected,
    answer,
    check,
    read_methods,
)
from scrutinybook.worked_examples.answers import agrees, part

FOLDER = Path(__file__).with_name("worked")
METHOD_FILES = read_methods(FOLDER)
EXAMPLES = [
    pytest.param(example, id=f"{method.method}: {example.title}")
    for method in METHOD_FILES
    for example in method.examples
]


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_program_answers_as_worked_by_hand(example: Example) -> None:
    differing = [(each.expected.name, each.found) for each in check(example) if not each.agrees]
    assert differing == []


def falsified(told: Any, within: float) -> Iterator[Any]:
    """The same figures with one of them changed: a number by one in the last place vouched for."""
    if isinstance(told, list):
        for place, each in enumerate(told):
            for other in falsified(each, within):
                yield [*told[:place], other, *told[place + 1 :]]
        if not told:
            yield [0]
    elif isinstance(told, bool):
        yield not told
    elif isinstance(told, int | float):
        step = next(10.0**k for k in range(-12, 12) if 10.0**k > 2 * within)
        yield told + step if abs(told) != float("inf") else 0
    elif told is None:
        yield 0
    else:
        yield f"{told}x"


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_with_one_digit_changed_fails(example: Example) -> None:
    for told in check(example):
        expected = told.expected
        if expected.is_bounded:
            low, high = expected.at_least, expected.at_most
            wrong = [{"at_least": high + 1e-9}] if high is not None else []
            wrong += [{"at_most": low - 1e-9}] if low is not None else []
        else:
            changed = falsified(expected.figures, expected.within)
            wrong = [{"figures": other, "within": expected.within} for other in changed]
        assert wrong
        for values in wrong:
            other = Expected.model_construct(name=expected.name, words=expected.words, **values)
            assert not agrees(other, told.found), (expected.name, values)


def public_methods() -> Iterator[str]:
    for name in statistics.__all__:
        thing = getattr(statistics, name)
        if not inspect.isclass(thing):
            if callable(thing):
                yield name
        elif not issubclass(thing, Enum):
            for attribute, value in vars(thing).items():
                if inspect.isfunction(value) and not attribute.startswith("_"):
                    yield f"{name}.{attribute}"


@pytest.mark.parametrize("name", sorted(public_methods()))
def test_every_public_method_has_a_worked_example(name: str) -> None:
    assert name in METHODS
    # An answer that only goes into another method is compared with nothing, and does not count.
    assert name in {each.call for method in METHOD_FILES for each in method.examples}


@pytest.mark.parametrize("words", [Reason, Rule, Variation, Assurance, Withheld])
def test_every_word_that_an_answer_may_have_is_in_some_example(words: type[Enum]) -> None:
    told = {
        str(expected.figures)
        for method in METHOD_FILES
        for example in method.examples
        for expected in example.expect
    }
    assert {each.value for each in words} <= told


def test_titles_tell_examples_apart() -> None:
    for method in METHOD_FILES:
        titles = [example.title for example in method.examples]
        assert len(set(titles)) == len(titles), method.method


class TestReading:
    """A file that cannot be an example is refused, with all that is wrong."""

    GOOD = """\
method: Middle
group: charts
answers: What is the middle?
used: Nowhere.
examples:
- title: Three
  asks: Find it.
  call: run_chart
  given:
  - {name: values, words: Cases, is: [1, 2, 3]}
  expect:
  - {name: centre, words: Middle, is: 2.0, within: 0.01}
  working: [In order.]
  source: Worked by hand.
"""

    def read(self, folder: Path, text: str, name: str = "one.yml") -> tuple[Check, ...]:
        (folder / name).write_text(text, encoding="utf-8")
        (method,) = read_methods(folder)
        return check(method.examples[0])

    def test_a_file(self, tmp_path: Path) -> None:
        (told,) = self.read(tmp_path, self.GOOD)
        assert told.agrees
        assert list(told.found) == [2, 2, 2]

    @pytest.mark.parametrize(
        ("old", "new", "words"),
        [
            ("call: run_chart", "call: run_chrt", "did you mean 'run_chart'"),
            ("name: values,", "name: value,", "run_chart takes no value"),
            ("  given:\n  - {name: values, words: Cases, is: [1, 2, 3]}\n", "  given: []\n",
             "missing a required argument: 'values'"),
            ("is: [1, 2, 3]}", "is: 1, answer_of: {call: run_chart, given: []}}", "answer_of"),
            ("words: Cases, is: [1, 2, 3]}", "words: Cases}", "values: is and answer_of"),
            ("is: 2.0, within: 0.01", "is: 2.0, within: 0.2", "within 0.2"),
            ("is: 2.0, within: 0.01", "is: 2.0, at_most: 3", "centre: is and at_least"),
            ("is: 2.0, within: 0.01", "within: 0.01", "centre: is and at_least"),
            ("group: charts", "group: chart", "did you mean 'charts'"),
            ("working: [In order.]", "working: []", "working"),
            ("source: Worked by hand.", "sauce: Worked by hand.", "source"),
        ],
    )  # fmt: skip
    def test_refuses_and_says_where(self, tmp_path: Path, old: str, new: str, words: str) -> None:
        assert old in self.GOOD
        with pytest.raises(FaultsFound) as raised:
            self.read(tmp_path, self.GOOD.replace(old, new))
        assert words in str(raised.value)
        assert all(fault.where.startswith("one.yml") for fault in raised.value.faults)

    def test_faults_of_all_files_are_told_at_once(self, tmp_path: Path) -> None:
        (tmp_path / "a.yml").write_text(self.GOOD.replace("charts", "graphs"))
        (tmp_path / "b.yml").write_text(self.GOOD)
        (tmp_path / "c.yml").write_text(self.GOOD)
        with pytest.raises(FaultsFound) as raised:
            read_methods(tmp_path)
        assert [fault.where for fault in raised.value.faults] == [
            "a.yml: group",
            "c.yml: method",
        ]

    def test_an_answer_without_such_a_part(self, tmp_path: Path) -> None:
        for name in ("center", "centre.7", "centre.0.upper"):
            with pytest.raises(ValueError, match=name.rsplit(".", maxsplit=1)[-1]):
                self.read(tmp_path, self.GOOD.replace("name: centre", f"name: {name}"))

    def test_no_folder_no_examples(self, tmp_path: Path) -> None:
        assert read_methods(tmp_path / "worked") == ()


class TestAgreeing:
    """When the program's value is the expected one."""

    @pytest.mark.parametrize(
        ("told", "within", "found", "same"),
        [
            (1, 0, 1.0, True),
            (1, 0, True, False),
            (True, 0, 1, False),
            (0.3, 0.01, 0.1 + 0.2, True),
            (0.3, 0.01, 0.32, False),
            (float("inf"), 0, float("inf"), True),
            (None, 0, float("nan"), True),
            (None, 0, 0.0, False),
            ("high", 0, statistics.Polarity.HIGH, True),
            ("high", 0, "low", False),
            ([1, 2], 0, (1, 2), True),
            ([1, 2], 0, (1, 2, 3), False),
            (1, 0, [1, 1], True),
            (1, 0, [1, 2], False),
            (1, 0, [], False),
            (1, 0, "1", False),
        ],
    )
    def test_same(self, told: Any, within: float, found: Any, same: bool) -> None:
        expected = Expected.model_construct(name="x", words="x", figures=told, within=within)
        assert agrees(expected, found) is same

    @pytest.mark.parametrize(
        ("low", "high", "found", "inside"),
        [(0, 1, 0.5, True), (0, 1, [0.5, 2], False), (None, 1, -9, True), (0, None, -9, False),
         (0, 1, None, False), (0, 1, [], False)],
    )  # fmt: skip
    def test_between(self, low: Any, high: Any, found: Any, inside: bool) -> None:
        expected = Expected(name="x", words="x", at_least=low, at_most=high)
        assert agrees(expected, found) is inside


def test_parts_of_an_answer() -> None:
    read = METHOD_FILES[0].examples[0]
    whole = answer(read)
    assert part(whole, "itself") is whole
    assert part(whole, "type") == "RunChart"
    assert part(whole, "values.count") == 5
