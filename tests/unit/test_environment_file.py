"""environment.yml gives conda's users the very versions of the lock file."""

from __future__ import annotations

import yaml
from projects import ROOT

from tools import locked
from tools.conda import environment_yml
from tools.locked import RUN_LOCK


def pins(lines: list[str]) -> dict[str, str]:
    return dict(line.split("==", 1) for line in lines)


def test_environment_yml_is_what_the_lock_file_gives() -> None:
    written = (ROOT / "environment.yml").read_text(encoding="utf-8")
    assert written == environment_yml(locked.pins(RUN_LOCK))


def test_every_locked_package_is_in_it_at_its_version() -> None:
    listed = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    (through_pip,) = [each["pip"] for each in listed["dependencies"] if isinstance(each, dict)]
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    locked = [line.removesuffix(" \\") for line in lock if line[:1].isalnum()]
    assert pins(through_pip) == pins(locked)
    assert len(locked) > 50


def test_tests_run_on_the_versions_that_make_the_book() -> None:
    names = ("requirements.lock", "requirements-dev.lock")
    run, dev = (
        pins([line.removesuffix(" \\") for line in text.splitlines() if line[:1].isalnum()])
        for text in ((ROOT / name).read_text(encoding="utf-8") for name in names)
    )
    assert run.items() <= dev.items()
