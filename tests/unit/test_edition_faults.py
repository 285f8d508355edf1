"""A drawn table of what people get wrong in a parameter file, and what they are told."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from scrutinybook.checked import check
from scrutinybook.errors import FaultsFound
from scrutinybook.workspace import Workspace

FILE = "params/plymouth/2023-09.yml"
GOOD = "authority: Plymouth\nmonth: 2023-09\n"
PHASE = "phases:\n  - {measure: referrals, begins: 2022-01, decided: 2023-02-01, reason: x}\n"


LAUGHS = "a: &a [x, x]\n" + "".join(
    f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]\n" for a, b in itertools.pairwise("abcdefgh")
)
"""Eight lines that say nine times nine times nine ... entries."""


def note(measure: str = "referrals", month: str = "2023-01") -> str:
    return f"notes:\n  - {{measure: {measure}, month: {month}, text: x, source: y}}\n"


def told(project: Path, content: str | bytes) -> list[str]:
    """The faults that `check` finds when the file holds `content`, each as it is printed."""
    path = project / FILE
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    try:
        check(Workspace(project), "plymouth-2023-09")
    except FaultsFound as error:
        return [str(fault) for fault in error.faults]
    return []


@pytest.mark.parametrize(
    ("content", "where", "words"),
    [
        # The month, in every form that is not the one.
        ("authority: Plymouth\nmonth: 2023-9\n", "month", "did you mean 2023-09?"),
        ("authority: Plymouth\nmonth: September 2023\n", "month", "did you mean 2023-09?"),
        ("authority: Plymouth\nmonth: Sept 2023\n", "month", "did you mean 2023-09?"),
        ("authority: Plymouth\nmonth: 2023-09-01\n", "month", "did you mean 2023-09?"),
        ("authority: Plymouth\nmonth: 202309\n", "month", "did you mean 2023-09?"),
        ("authority: Plymouth\nmonth: 09/2023\n", "month", "did you mean 2023-09?"),
        ("authority: Plymouth\nmonth: 2023-13\n", "month", "'2023-13' is not a month"),
        ("authority: Plymouth\nmonth:\n", "month", "nothing is not a month"),
        ("authority: Plymouth\nmonth: [2023, 9]\n", "month", "[2023, 9] is not a month"),
        ("authority: Plymouth\nmonth: ２０２３-09\n", "month", "is not a month"),
        ("authority: Plymouth\nmonth: 2023-10\n", "month", "rename the file"),
        ("month: 2023-09\n", "authority", "this key is missing"),
        # The authority.
        ("authority: Plymuth\nmonth: 2023-09\n", "authority", "params/plymouth: Plymouth"),
        ("authority: PLYMOUTH\nmonth: 2023-09\n", "authority", "did you mean 'Plymouth'?"),
        ("authority: 12\nmonth: 2023-09\n", "authority", "between quotation marks"),
        ("authority: [Plymouth]\nmonth: 2023-09\n", "authority", "allowed: text"),
        # Keys.
        (GOOD + "prevous: plymouth-2023-03\n", "prevous", "did you mean 'previous'?"),
        (GOOD + "kind: publish\n", "kind", "did you mean 'published'?"),
        (GOOD + "3: x\n", FILE, "the key 3 is not text"),
        (GOOD + "notes: hello\n", "notes", "allowed: a list"),
        (GOOD + "notes:\n", "notes", "nothing"),
        (GOOD + "notes: [a]\n", "notes, entry 1", "keys and values: measure, month, text, source"),
        (GOOD + note().replace("text", "txet"), "notes, entry 1, txet", "did you mean 'text'?"),
        (GOOD + note().replace("text: x", "text: ''"), "notes, entry 1, text", "empty"),
        # Measures and months of entries.
        (GOOD + note("referals"), "notes, entry 1, measure", "did you mean 'referrals'?"),
        (GOOD + note(month="2023-10"), "notes, entry 1, month", "after the edition's month"),
        (GOOD + PHASE.replace("2022-01", "2023-10"), "phases, entry 1, begins", "up to 2023-09"),
        (GOOD + PHASE.replace("referrals", "caseload"), "phases, entry 1, measure", "yearly"),
        (
            GOOD + PHASE.replace("2023-02-01", "2023-02-30"),
            "phases, entry 1, decided",
            "not a date",
        ),
        (GOOD + PHASE.replace("2023-02-01", "20230201"), "phases, entry 1, decided", "not a date"),
        (GOOD + PHASE + PHASE.splitlines()[1] + "\n", "phases, entry 2", "a second phase"),
        # The edition before.
        (GOOD + "previous: plymouth-2022-01\n", "previous", "did you mean 'plymouth-2023-03'?"),
        (GOOD + "previous: plymouth-2023-09\n", "previous", "not an earlier edition"),
        (GOOD + "previous: plymouth-2024-03\n", "previous", "not an earlier edition"),
        (GOOD + "previous: torbay-2023-03\n", "previous", "not an earlier edition of Plymouth"),
        (GOOD + "previous: ../../etc-2023-03\n", "previous", "not an edition's id"),
        (GOOD + "previous: March\n", "previous", "not an edition's id"),
        # The file as a whole.
        ("", FILE, "the file is empty"),
        ("# nothing yet\n", FILE, "the file is empty"),
        ("- a\n", FILE, "the file is a list"),
        ("plymouth\n", FILE, "the file is a single value"),
        (GOOD + "month: 2023-09\n", f"{FILE}, line 3", "the key 'month' stands twice"),
        ("authority: Plymouth\n\tmonth: 2023-09\n", f"{FILE}, line 2", "indent with spaces"),
        (GOOD + "notes:\n\t- measure: x\n", f"{FILE}, line 4", "indent with spaces"),
        (GOOD + "---\na: b\n", f"{FILE}, line 3", "remove the line ---"),
        (GOOD + "? [a]\n: b\n", f"{FILE}, line 3", "stands where a key should"),
        ("authority: !name Plymouth\nmonth: 2023-09\n", f"{FILE}, line 1", "exclamation mark"),
        ("authority: !!float x\nmonth: 2023-09\n", FILE, "a value that cannot be read"),
        # Without bounds each of these stops the program, or takes all day.
        ("a: " + "[" * 3000 + "]" * 3000, f"{FILE}, line 1", "more than 20 lists or keys"),
        (GOOD + "notes:\n" + "- " * 100_000 + "x", f"{FILE}, line 4", "more than 20 lists or keys"),
        (GOOD + LAUGHS, f"{FILE}, line 8", "more than 100,000 entries"),
        (GOOD + "a: &a [*a]\n", f"{FILE}, line 3", "stands within what it repeats"),
        (GOOD + "a: 0x" + "f" * 20_000, f"{FILE}, line 3", "a number of 20,002 characters"),
        (GOOD + "# " + "x" * 1_000_000, FILE, "a file of 1,000,"),
        (GOOD + "a: " + "x" * 5_001, f"{FILE}, line 3", "a text of 5,001 characters"),
        # What cannot be seen.
        (GOOD + 'a: "\\e[2J"\n', f"{FILE}, line 3", "(number 27)\n    to mend: delete it"),
        (GOOD + "a: x\u202ey\n", f"{FILE}, line 3", "an invisible character (number 8238)"),
        (GOOD.encode() + b"# caf\xe9\n", f"{FILE}, line 3", "save the file as UTF-8"),
        (GOOD.encode("utf-16"), FILE, "save the file as UTF-8"),
        (GOOD.encode() + b"\x00", f"{FILE}, line 3", "an invisible character (number 0)"),
    ],
)
def test_each_fault_names_its_place_and_what_would_do(
    project: Path, content: str | bytes, where: str, words: str
) -> None:
    said = told(project, content)
    matching = [fault for fault in said if words in fault]
    assert len(matching) == 1, said
    place = matching[0].splitlines()[0]
    assert place.startswith(where if where.startswith(FILE) else f"{FILE}: {where}:")


@pytest.mark.parametrize(
    "content",
    [
        GOOD,
        b"\xef\xbb\xbf" + GOOD.encode(),
        GOOD.replace("\n", "\r\n"),
        GOOD.replace("2023-09", "'2023-09'"),
        "<<: {authority: Plymouth}\nmonth: 2023-09\n",
        "authority: &a Plymouth\nmonth: 2023-09\n" + note().replace("text: x", "text: *a"),
        GOOD + PHASE + note("caseload"),
        GOOD + "previous: plymouth-2023-03\nphases: []\n",
    ],
    ids=[
        "plain",
        "byte order mark",
        "Windows lines",
        "quoted",
        "merged",
        "repeated",
        "entries",
        "previous",
    ],
)
def test_what_is_right_in_any_dress_is_taken(project: Path, content: str | bytes) -> None:
    assert told(project, content) == []


def test_all_faults_are_told_at_once_and_none_hides_another(project: Path) -> None:
    content = """
        authority: Plymuth
        month: 2023-09
        prevous: x
        phases:
          - {measure: referals, begins: 2023-13, decided: soon, reason: ''}
        notes:
          - {measure: referals, month: 2023-12, text: x}
    """.replace("\n        ", "\n")
    places = {fault.splitlines()[0].removeprefix(f"{FILE}: ") for fault in told(project, content)}
    assert {place.partition(": ")[0] for place in places} == {
        "authority",
        "prevous",
        "phases, entry 1, measure",
        "phases, entry 1, begins",
        "phases, entry 1, decided",
        "phases, entry 1, reason",
        "notes, entry 1, measure",
        "notes, entry 1, month",
        "notes, entry 1, source",
    }


def test_a_long_value_is_cut_short_and_a_nested_one_does_not_grow(project: Path) -> None:
    bomb = "a: &a [x, x, x, x, x, x, x, x]\n"
    for here, there in zip("bcdefghi", "abcdefgh", strict=True):
        bomb += f"{here}: &{here} [{', '.join([f'*{there}'] * 8)}]\n"
    for fault in told(project, f"{GOOD}{bomb}previos: {'long ' * 400}\n"):
        assert len(fault) < 400


@pytest.mark.parametrize(
    ("month", "side"), [("2024-04", "after"), ("2030-01", "after"), ("2012-03", None)]
)
def test_a_month_that_the_figures_do_not_reach(project: Path, month: str, side: str | None) -> None:
    path = project / f"params/plymouth/{month}.yml"
    path.write_text(f"authority: Plymouth\nmonth: {month}\n", encoding="utf-8")
    with pytest.raises(FaultsFound) as error:
        check(Workspace(project), f"plymouth-{month}")
    (fault,) = error.value.faults
    assert fault.where == f"params/plymouth/{month}.yml: month"
    if side is None:
        assert "a month from 2012-04" in fault.allowed
    else:
        assert fault.found == f"{month} is {side} the figures"
        assert fault.allowed.startswith("from 2012-04 to 2024-03")


def test_faults_of_the_edition_before_are_told_with_the_key_that_names_it(project: Path) -> None:
    earlier = project / "params/plymouth/2023-03.yml"
    earlier.write_text(earlier.read_text(encoding="utf-8") + "extra: 1\n", encoding="utf-8")
    (fault,) = told(project, GOOD + "previous: plymouth-2023-03\n")
    assert fault.startswith(f"{FILE}: previous: params/plymouth/2023-03.yml: extra: unknown key")
