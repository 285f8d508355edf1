"""The page of a book's record: how to make it again, and from any number back to its source.

Made from the manifest alone. What differs from run to run, times for instance, is not on it: a page
about the book must not make another book of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from scrutinybook.catalogue import Catalogue, Measure
from scrutinybook.catalogue_extract import ExtractMeasure
from scrutinybook.chapters.registry import CHAPTERS, OFFICIAL, OWN, ChapterEntry, section
from scrutinybook.page_names import DOWNLOADS, STATISTICS, csv_name, page_of
from scrutinybook.pages import fragments
from scrutinybook.pages.tables import Column, table, table_of_html
from scrutinybook.record.keyed import OPEN
from scrutinybook.record.manifest import Manifest

_Measure = Measure | ExtractMeasure

TITLE = "How to reproduce this book"
_START = "---\nnosearch: true\n---"
"""A search for a word shall find what the book says, and not hashes."""


def reproduce_page(manifest: Manifest, catalogue: Catalogue) -> str:
    """The page as MyST: headings, and below each of them HTML and commands."""
    pieces = [_START, f"# {TITLE}", _in_short(manifest)]
    for heading, body in (
        ("Make it again", _again(manifest)),
        ("From a number back to its source", _back(manifest, catalogue)),
        ("What it was made from", _inputs(manifest)),
        ("Notebooks and chance", _notebooks(manifest)),
        ("Program and packages", _program(manifest)),
        ("The tables that were published", _tables(manifest)),
    ):
        pieces += [f"## {heading}", body]
    return "\n\n".join(pieces) + "\n"


def _in_short(manifest: Manifest) -> str:
    said = (
        f"This is the record of the edition {manifest.edition}: what was published, from what, and"
        f" by which program. {_counted(manifest)} stand in it. The digest below tells of all of"
        " them: another number or another sentence anywhere in the book gives another digest."
    )
    return f"{fragments.text(said)}\n\n{_verbatim(manifest.digest)}"


def _counted(manifest: Manifest) -> str:
    rows = sum(each.rows for each in manifest.tables.values())
    return f"{len(manifest.tables)} tables with {rows:,} rows"


def _again(manifest: Manifest) -> str:
    code = manifest.run.code
    known = code.commit is not None
    differs = f" What made this book was not as committed: {code.words}." if code.differs else ""
    got = f"Get the project, as of the commit that made this book.{differs}"
    if not known:
        got = f"Get the project. Which commit made this book is not known: {code.words}."
    told = (
        "This makes all results anew, beside those that are there, and says “reproduced”, or names"
        " each table, row and column that differs, old beside new, and what has changed behind it."
        " With the same packages, Python and system the tables and charts are the same to the byte;"
        " elsewhere numbers agree to ten significant digits."
    )
    pieces = [
        fragments.text(got),
        *([_verbatim(f"git checkout {code.commit}")] if known else []),
        *(fragments.text(each) for each in _own_records(manifest)),
        fragments.text("Make the book:"),
        _verbatim(f"python3 run.py scrutiny book {manifest.edition}"),
        fragments.text("At any later time, ask whether its results can be had again:"),
        _verbatim(f"python3 run.py scrutiny verify {manifest.edition}"),
        fragments.text(told),
    ]
    return "\n\n".join(pieces)


def _own_records(manifest: Manifest) -> list[str]:
    if manifest.kind == "council":
        return ["Read the same extracts into the history, which only the council holds."]
    return []


def _back(manifest: Manifest, catalogue: Catalogue) -> str:
    said = (
        "Each sentence about a finding carries the finding’s id, as data-finding, in the page’s"
        " source. The table of all statistics has each fact of it under that id, to the last digit:"
        " centre lines, limits, signals, changes of level with their ranges, and p-values."
    )
    link = f'<p><a href="{DOWNLOADS}/{STATISTICS}" download>All statistics (CSV)</a></p>'
    by_chapter: dict[str, list[list[str]]] = {}
    for measure_id, measure, entry in _shown(manifest, catalogue):
        code, name = f"code-{page_of(entry.notebook)}.html", csv_name(measure_id)
        row = [
            _linked(f"{entry.page}{section(measure_id, measure.title)}", measure.title),
            f"{escape(_counts(measure))}; {escape(_by(measure))}",
            f"{_linked(code, 'code')}, {_linked(f'{DOWNLOADS}/{name}', 'table (CSV)')}",
        ]
        by_chapter.setdefault(entry.title, []).append(row)
    columns = [
        Column("Measure", numeric=False),
        Column("What is counted, and how", numeric=False),
        Column("Go to", numeric=False),
    ]
    made = [
        fragments.more(chapter, table_of_html(f"Measures of ‘{chapter}’", columns, rows))
        for chapter, rows in by_chapter.items()
    ]
    return fragments.text(said) + link + "".join(made)


def _shown(
    manifest: Manifest, catalogue: Catalogue
) -> Iterator[tuple[str, _Measure, ChapterEntry]]:
    own = manifest.kind != "published"
    held: dict[str, _Measure] = {**catalogue.extract_measures} if own else {**catalogue.measures}
    for measure_id, measure in held.items():
        for entry in CHAPTERS:
            fits = entry.chapter == measure.chapter and entry.figures == (OWN if own else OFFICIAL)
            is_there = entry.notebook in manifest.notebooks
            if fits and is_there and csv_name(measure_id) in manifest.tables:
                yield measure_id, measure, entry


def _counts(measure: _Measure) -> str:
    """What is counted, out of what: columns of the figures table, or words."""
    out_of = f" out of {measure.denominator}" if measure.denominator else ""
    return f"{measure.numerator}{out_of}"


def _by(measure: _Measure) -> str:
    if isinstance(measure, ExtractMeasure):
        return f"formula {measure.formula}, from {measure.source}"
    return "the Department’s table" + ("" if measure.denominator else ", as printed")


def _inputs(manifest: Manifest) -> str:
    secret = (
        "Hashes that begin with hmac-sha256 are keyed: those files hold small tables, which could"
        " be guessed from a plain hash. Whoever made the book has the key"
        f" {manifest.key}."
    )
    keyed = manifest.key != OPEN and any(v.startswith("hmac") for v in manifest.inputs.values())
    parts = [table("Parameters", _NAMED, [["Edition", manifest.edition], *_parameters(manifest)])]
    parts += [fragments.text(secret)] if keyed else []
    rows = [[name, shown] for name, shown in manifest.inputs.items()]
    made = table("Files and extracts that numbers come from", _HASHED, rows)
    return "".join(parts) + fragments.more(f"{len(rows)} inputs and their hashes", made)


def _parameters(manifest: Manifest) -> list[list[str]]:
    edition = manifest.edition_as_recorded()
    withheld = [["Counts withheld", f"1 to {edition.small_counts}"]]
    return [
        ["Figures of", f"{edition.area} ({edition.kind})"],
        ["Edition before", edition.previous or "none named"],
        ["Phases set by an analyst", str(len(edition.phases))],
        ["Notes beside measures", str(len(edition.notes))],
        *([] if edition.kind == "published" else withheld),
    ]


def _notebooks(manifest: Manifest) -> str:
    said = (
        "Where a method draws at random, its seed comes from the edition, the notebook and the"
        " measure, so that the same draws come again."
    )
    rows = [
        [name, each.seed, str(len(each.inputs)), str(len(each.modules)), each.source]
        for name, each in manifest.notebooks.items()
    ]
    columns = [
        Column("Notebook", numeric=False),
        Column("Seeded from", numeric=False),
        Column("Files read"),
        Column("Modules"),
        Column("Hash", numeric=False),
    ]
    made = table("Notebooks of this edition", columns, rows)
    return fragments.text(said) + fragments.more(f"{len(rows)} notebooks and their seeds", made)


def _program(manifest: Manifest) -> str:
    run = manifest.run
    rows = [
        ["Commit", (run.code.commit or "not known")[:12]],
        ["Checkout", run.code.words],
        ["Python", run.python],
        ["System", run.platform],
    ]
    modules = [[name, shown] for name, shown in manifest.modules.items()]
    packages = [["The lock file itself", manifest.lock]] if manifest.lock else []
    packages += [[name, version] for name, version in manifest.packages.items()]
    return (
        table("Program", _NAMED, rows)
        + fragments.more(
            f"{len(modules)} modules of the program behind this book",
            table("Modules", _HASHED, modules),
        )
        + fragments.more(
            f"{len(packages)} packages and their versions",
            table("Packages", [Column("Package", False), Column("Version", False)], packages),
        )
    )


def _tables(manifest: Manifest) -> str:
    rows = [[name, str(each.rows), each.hash] for name, each in manifest.tables.items()]
    columns = [Column("Table", numeric=False), Column("Rows"), Column("Hash", numeric=False)]
    return fragments.more(_counted(manifest), table("Published tables", columns, rows))


def _verbatim(text: str) -> str:
    """Something to copy, as MyST."""
    return f"```text\n{text}\n```"


def _linked(address: str, words: str) -> str:
    return f'<a href="{escape(address, quote=True)}">{escape(words)}</a>'


_NAMED: Sequence[Column] = (Column("What", numeric=False), Column("In this book", numeric=False))
_HASHED: Sequence[Column] = (Column("Name", numeric=False), Column("Hash", numeric=False))
