"""Formulas as MathML, made when the book is built: no script, no font, no outside address.

Browsers and screen readers read MathML as it stands. A formula that cannot be translated is a
warning, and a warning stops the book.
"""

from __future__ import annotations

import re
from typing import Any

from latex2mathml.converter import convert

# An unknown command comes out of the translation as an identifier that still has its backslash.
_UNKNOWN = re.compile(r"\\[A-Za-z]+")


class BadFormula(ValueError):
    """A formula that cannot be turned into MathML."""


def to_mathml(latex: str, *, display: bool = False) -> str:
    """Translate a formula written in LaTeX, on a line of its own where `display` is set.

    Raises `BadFormula` for one that is empty, does not parse or uses a command that is not known.
    """
    if not latex.strip():
        raise BadFormula("an empty formula")
    _check_braces(latex)
    try:
        markup: str = convert(latex.strip(), display="block" if display else "inline")
    except Exception as error:  # the library raises many kinds, some of them bare
        raise BadFormula(f"{latex.strip()!r}: {type(error).__name__} {error}".strip()) from error
    unknown = sorted(set(_UNKNOWN.findall(markup)))
    if unknown:
        raise BadFormula(f"{latex.strip()!r}: {', '.join(unknown)} is not known")
    return markup


def _check_braces(latex: str) -> None:
    depth = 0
    for mark in re.findall(r"\\.|[{}]", latex):
        depth += {"{": 1, "}": -1}.get(mark, 0)
        if depth < 0:
            break
    if depth != 0:
        raise BadFormula(f"{latex.strip()!r}: braces do not match")


def _emit(translator: Any, node: Any, *, display: bool) -> None:
    from docutils import nodes  # noqa: PLC0415
    from sphinx.util import logging  # noqa: PLC0415

    try:
        markup = to_mathml(node.astext(), display=display)
    except BadFormula as error:
        logging.getLogger(__name__).warning("formula %s", error, location=node)
        raise nodes.SkipNode from error
    translator.body.append(f'<div class="sb-formula">{markup}</div>' if display else markup)
    raise nodes.SkipNode


def visit_math(translator: Any, node: Any) -> None:
    """Write a formula within a line."""
    _emit(translator, node, display=False)


def visit_displaymath(translator: Any, node: Any) -> None:
    """Write a formula on a line of its own."""
    _emit(translator, node, display=True)
