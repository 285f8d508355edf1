"""The book as pages: assemble the sources, build them with Jupyter Book, finish and check them."""

from __future__ import annotations

from pathlib import Path

from scrutinybook.book.assemble import assemble
from scrutinybook.book.build import build_book
from scrutinybook.book.finish import finish
from scrutinybook.book.settings import BookPage
from scrutinybook.book.site_index import index_is_current, write_index

__all__ = [
    "BookPage",
    "assemble",
    "build_book",
    "finish",
    "index_is_current",
    "make_book",
    "write_index",
]


def make_book(
    source: Path, results: Path, build: Path, page: BookPage, *, limit_seconds: float = 300.0
) -> Path:
    """Assemble, build and finish one edition's book; return the folder of pages.

    `source` is the project's ``book`` folder, `results` one edition's results, `build` a folder
    that is made afresh. The pages lie below `build`; moving them to where they are published is
    the caller's, so that a failure leaves the last good book untouched.

    Raises `FaultsFound` for notebooks or contents that cannot be used and `BookFailed` for a
    build that warned, took too long, or made pages not fit to publish.
    """
    assemble(source, results, build, page)
    return finish(build_book(build, limit_seconds=limit_seconds), page)
