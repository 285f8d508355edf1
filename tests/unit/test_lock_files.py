"""Nothing is installed but exact versions, in files whose digests the lock holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.locked import RUN_LOCK, TEST_LOCK, Pin, one_version_each, pins

DIGEST = "0123456789abcdef" * 4


@pytest.mark.parametrize("lock", [RUN_LOCK, TEST_LOCK], ids=lambda path: path.name)
def test_every_locked_package_has_digests(lock: Path) -> None:
    found = pins(lock)
    assert len(found) > 100
    assert all(pin.digests for pin in found)
    assert len({(pin.name, pin.version) for pin in found}) == len(found)


def test_a_pin_is_read_whole(tmp_path: Path) -> None:
    lock = tmp_path / "some.lock"
    lock.write_text(
        f"numpy==2.4.6 ; python_full_version < '3.12' \\\n    --hash=sha256:{DIGEST} \\\n"
        f"    --hash=sha256:{DIGEST[::-1]}\n    # via pandas\nrich==15.0.0 \\\n"
        f"    --hash=sha256:{DIGEST}\n"
    )
    first, second = pins(lock)
    assert first == Pin("numpy", "2.4.6", "python_full_version < '3.12'", (DIGEST, DIGEST[::-1]))
    assert str(second) == "rich==15.0.0"


@pytest.mark.parametrize(
    "line",
    [
        "rich==15.0.0",
        "rich==15.0.0 --hash=md5:0123456789abcdef0123456789abcdef",
        f"rich>=15 --hash=sha256:{DIGEST}",
        f"rich @ https://example.org/rich.whl --hash=sha256:{DIGEST}",
        "--index-url https://example.org",
        "-e .",
    ],
)
def test_anything_else_in_a_lock_file_is_refused(line: str, tmp_path: Path) -> None:
    lock = tmp_path / "some.lock"
    lock.write_text(line + "\n")
    with pytest.raises(ValueError, match="not a package at one version with sha256 hashes"):
        pins(lock)


def test_two_versions_of_a_package_are_asked_about_apart() -> None:
    old, new, other = Pin("numpy", "1"), Pin("numpy", "2"), Pin("rich", "3")
    assert one_version_each([old, new, other]) == [[old, other], [new]]
