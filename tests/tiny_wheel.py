"""The smallest package that pip installs, by the standard library alone: it is a backend, too."""

from __future__ import annotations

import zipfile
from pathlib import Path


def write_wheel(folder: Path, name: str, files: dict[str, str]) -> Path:
    """Write the package `name`, version 1.0, of the given files; give the wheel's path."""
    info = f"{name}-1.0.dist-info"
    metadata = {
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{info}/RECORD": "",
    }
    path = folder / f"{name}-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as wheel:
        for place, text in {**files, **metadata}.items():
            wheel.writestr(place, text)
    return path


def build_editable(folder: str, *_settings: object) -> str:
    """Build the checkout that this runs in, as a link to its sources: pip's own call."""
    sources = str(Path("src").resolve())
    return write_wheel(Path(folder), "scrutinybook", {"scrutinybook.pth": sources}).name
