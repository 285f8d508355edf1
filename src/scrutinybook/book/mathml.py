"""Formulas as MathML, made when the book is built: no script, no font, no outside address.

Browsers and screen readers read MathML as it stands. The translation lets some mistakes through
and takes some signs for names; both are put right here, by the rules of MathML Core. A formula that
cannot be translated is a warning, and a warning stops the book.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from latex2mathml.converter import convert
from lxml import etree

_NAMESPACE = "{http://www.w3.org/1998/Math/MathML}"
# An unknown command comes out of the translation as an identifier that still has its backslash.
_UNKNOWN = re.compile(r"\\[A-Za-z]+")
_ENVIRONMENT = re.compile(r"\\begin\{([^}]*)\}")
# The translation drops the name of any other environment and runs its lines together.
_ENVIRONMENTS = {"align", "align*", "array", "cases", "split", "smallmatrix"} | {
    f"{kind}matrix" for kind in ("", "p", "b", "B", "v", "V")
}
_CHILDREN = {"mfrac": 2, "mroot": 2, "msub": 2, "msup": 2, "munder": 2, "mover": 2} | {
    "msubsup": 3,
    "munderover": 3,
}
# Mathematical symbols, opening and closing marks: signs between names, never names.
_SIGNS = {"Sm", "Ps", "Pe"}


class BadFormula(ValueError):
    """A formula that cannot be turned into MathML."""


def to_mathml(latex: str, *, display: bool = False) -> str:
    """Translate a formula written in LaTeX, on a line of its own where `display` is set.

    Raises `BadFormula` for one that is empty, does not parse, lacks a part, or uses a command or
    environment that is not known.
    """
    text = latex.strip()
    if not text:
        raise BadFormula("an empty formula")
    _check_source(text)
    try:
        markup: str = convert(text, display="block" if display else "inline")
        tree = etree.fromstring(markup.encode("utf-8"))
    except Exception as error:  # the library raises many kinds, some of them bare
        reason = "a stray &" if isinstance(error, etree.XMLSyntaxError) else type(error).__name__
        raise BadFormula(f"{text!r}: {reason}") from error
    _check_tree(text, tree)
    _repair(tree)
    return str(etree.tostring(tree, encoding="unicode"))


def _check_source(text: str) -> None:
    strange = sorted(set(_ENVIRONMENT.findall(text)) - _ENVIRONMENTS)
    if strange:
        raise BadFormula(f"{text!r}: environment {', '.join(strange)} is not known")
    depth = 0
    for mark in re.findall(r"\\.|[{}]", text):
        depth += {"{": 1, "}": -1}.get(mark, 0)
        if depth < 0:
            break
    if depth != 0:
        raise BadFormula(f"{text!r}: braces do not match")


def _check_tree(text: str, tree: Any) -> None:
    unknown = sorted(set(_UNKNOWN.findall(" ".join(tree.itertext()))))
    if unknown:
        raise BadFormula(f"{text!r}: {', '.join(unknown)} is not known")
    for element in tree.iter():
        wanted = _CHILDREN.get(element.tag.removeprefix(_NAMESPACE))
        if wanted is not None and len(element) != wanted:
            raise BadFormula(f"{text!r}: a fraction, root, index or power lacks a part")


def _repair(tree: Any) -> None:
    for element in tree.iter(f"{_NAMESPACE}mi"):
        words = element.text or ""
        if len(words) == 1 and unicodedata.category(words) in _SIGNS:
            # Only signs get the space around them that readers expect.
            element.tag = f"{_NAMESPACE}mo"
        following = element.getnext()
        if len(words) > 1 and following is not None and following.tag != f"{_NAMESPACE}mo":
            # A function's name and what it applies to: log x, not logx.
            element.addnext(etree.Element(f"{_NAMESPACE}mspace", width="0.1667em"))
    for element in tree.iter(f"{_NAMESPACE}mover"):
        if element[1].tag == f"{_NAMESPACE}mo":
            element.set("accent", "true")
    for element in tree.iter(f"{_NAMESPACE}mtd"):
        # MathML Core, and so browsers, know alignment in tables as style alone.
        side = element.attrib.pop("columnalign", None)
        if side:
            element.set("style", f"text-align:{side}")


def _emit(translator: Any, node: Any, *, display: bool) -> None:
    from docutils import nodes  # noqa: PLC0415
    from sphinx.util import logging  # noqa: PLC0415

    try:
        markup = to_mathml(node.astext(), display=display)
    except BadFormula as error:
        logging.getLogger(__name__).warning("formula %s", error, location=node)
        raise nodes.SkipNode from error
    # On a phone a long formula scrolls in its frame, which the keyboard must reach.
    frame = '<div class="sb-formula" role="group" tabindex="0" aria-label="Formula">'
    translator.body.append(f"{frame}{markup}</div>" if display else markup)
    raise nodes.SkipNode


def visit_math(translator: Any, node: Any) -> None:
    """Write a formula within a line."""
    _emit(translator, node, display=False)


def visit_displaymath(translator: Any, node: Any) -> None:
    """Write a formula on a line of its own."""
    _emit(translator, node, display=True)
