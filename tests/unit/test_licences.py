"""docs/licences.md lists every locked package with a licence that somebody has looked at."""

from __future__ import annotations

import importlib.metadata

import pytest
from projects import ROOT

from scrutinybook.errors import FaultsFound
from tools.licences import ASKS, BOOKS, TESTS, parts, stated, table
from tools.locked import RUN_LOCK, TEST_LOCK, Pin, pins

PAGE = (ROOT / "docs" / "licences.md").read_text(encoding="utf-8")


def listed() -> dict[Pin, str]:
    rows = [line.strip("| ").split(" | ") for line in PAGE.splitlines() if line[:1] == "|"]
    return {Pin(row[0], row[1]): row[2] for row in rows if len(row) == 4 and row[1][0].isdigit()}


def test_the_page_lists_what_is_locked_and_nothing_else() -> None:
    assert set(listed()) == {Pin(pin.name, pin.version) for pin in pins(TEST_LOCK)}
    assert PAGE.count(f"| {BOOKS} |") == len(pins(RUN_LOCK))
    assert PAGE.count(f"| {TESTS} |") == len(pins(TEST_LOCK)) - len(pins(RUN_LOCK))


def test_the_page_is_what_the_command_writes_and_knows_every_licence() -> None:
    assert table(listed()) == PAGE


def test_it_says_what_the_installed_packages_say_of_themselves() -> None:
    compared = 0
    for pin, licence in listed().items():
        try:
            package = importlib.metadata.distribution(pin.name)
        except importlib.metadata.PackageNotFoundError:
            continue  # for another system or another Python
        if package.version == pin.version:
            assert stated(package.metadata.json, pin.name) == licence, pin
            compared += 1
    assert compared > 100


def test_packages_of_unknown_licences_are_refused_all_at_once() -> None:
    licences = {
        Pin("silent", "1"): "",
        Pin("rich", "15"): "MIT",
        Pin("odd", "2"): "MIT AND Licence-of-our-own",
        Pin("copyleft", "3"): "GNU General Public License (GPL)",
    }
    with pytest.raises(FaultsFound) as refused:
        table(licences)
    named = [fault.where for fault in refused.value.faults]
    assert named == ["silent==1: licence", "odd==2: licence", "copyleft==3: licence"]
    assert "Licence-of-our-own" in str(refused.value)


@pytest.mark.parametrize(
    ("metadata", "licence"),
    [
        ({"license_expression": "MIT", "license": "BSD"}, "MIT"),
        ({"license": "ISC License", "classifier": ["License :: X :: BSD License"]}, "ISC License"),
        ({"license": "Copyright …", "classifier": ["License :: X :: BSD License"]}, "BSD License"),
        ({"license": "UNKNOWN", "classifier": ["Framework :: Jupyter"]}, "UNKNOWN"),
        ({"classifier": ["License :: A :: Zlib", "License :: MIT License"]}, "Zlib; MIT License"),
        ({}, ""),
    ],
)
def test_a_licence_is_read_from_where_a_package_states_it(
    metadata: dict[str, object], licence: str
) -> None:
    assert stated(metadata, "some-package") == licence


def test_a_statement_is_taken_apart_into_single_licences() -> None:
    assert parts("MIT AND (BSD-2-Clause OR Apache-2.0)") == ["MIT", "BSD-2-Clause", "Apache-2.0"]
    assert parts("Public Domain; ISC License (ISCL)") == ["Public Domain", "ISC License (ISCL)"]
    assert "UNKNOWN" not in ASKS
