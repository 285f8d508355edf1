"""Where things lie in a checkout of the project. The only module that knows folder names."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from scrutinybook.errors import Fault, FaultsFound


@dataclass(frozen=True)
class Workspace:
    """The folders of one checkout."""

    root: Path

    @property
    def params(self) -> Path:
        """Parameter files: the catalogue and one folder an authority."""
        return self.root / "params"

    @property
    def official(self) -> Path:
        """Figures tables made from official statistics, one folder an authority."""
        return self.root / "data" / "official"

    @property
    def prepared(self) -> Path:
        """Gated figures counted from a council's own records, one folder an edition."""
        return self.root / "data" / "prepared"

    @property
    def notebooks(self) -> Path:
        """Notebooks without outputs, one a chapter."""
        return self.root / "notebooks"

    @property
    def book(self) -> Path:
        """Jupyter Book source: configuration, written pages, style."""
        return self.root / "book"

    @property
    def worked_examples(self) -> Path:
        """Methods worked by hand, one file each; tests and the Methods chapter read them."""
        return self.root / "tests" / "spec" / "worked"

    @property
    def benchmark_results(self) -> Path:
        """What the benchmark of the methods found; not there until it has been run."""
        return self.root / "benchmarks" / "operating_characteristics" / "results.csv"

    @property
    def results(self) -> Path:
        """Executed notebooks and published tables, one folder an edition."""
        return self.root / "results"

    @property
    def record(self) -> Path:
        """What was published and from what, one folder an edition; not in git."""
        return self.root / "record"

    @property
    def site(self) -> Path:
        """The books as HTML, one folder an edition, and a page that lists them."""
        return self.root / "site"

    @property
    def scratch(self) -> Path:
        """Unfinished output and the lock; on the disk of ``site``, so that a swap is a rename."""
        return self.root / ".scrutiny"

    @property
    def store(self) -> Path:
        """Kept results; it may be deleted at any time, and all is made anew."""
        return self.scratch / "store"

    @property
    def benches(self) -> Path:
        """The last build of each edition's pages, to build upon; it may be deleted at any time."""
        return self.store / "books"

    @property
    def findings(self) -> Path:
        """Kept findings; they may be deleted at any time, and are worked out anew."""
        return self.store / "findings"

    @property
    def lock(self) -> Path:
        """The exact versions of every package."""
        return self.root / "requirements.lock"

    @classmethod
    def find(cls, start: Path) -> Workspace:
        """Find the checkout that holds `start`, looking upwards.

        Raises `FaultsFound` where no folder above has both ``params`` and ``notebooks``.
        """
        for folder in (start.resolve(), *start.resolve().parents):
            if (folder / "params").is_dir() and (folder / "notebooks").is_dir():
                return cls(folder)
        raise FaultsFound(
            [
                Fault(
                    where=str(start.resolve()),
                    found="no scrutiny book here or in a folder above",
                    allowed="a folder that holds params/ and notebooks/",
                    mend="change into your checkout, or name it with --project",
                )
            ]
        )
