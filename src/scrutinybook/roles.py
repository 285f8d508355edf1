"""A role answers for an edition, never a person by name."""

from __future__ import annotations

import re

from scrutinybook.errors import Fault

LONGEST = 80

_OFFICE_WORDS = """
head director manager analyst statistician officer lead chair leader member auditor owner team
assistant deputy chief executive commissioner adviser advisor coordinator secretary reviewer
inspector principal supervisor worker board committee panel clerk registrar
"""
_OFFICES = frozenset(_OFFICE_WORDS.split())
"""Words of which a role has one at the least."""
_MATTER_WORDS = """
performance children childrens services service social work care quality assurance data information
insight intelligence governance scrutiny statistics analysis early help front door assessment
safeguarding permanence workforce education improvement business corporate senior interim acting
joint strategic strategy policy research protection young people families adults public health
finance resources commissioning practice partnership partnerships and of for the in on to at with
council city county town borough district region north east south west general support
"""
_MATTERS = frozenset(_MATTER_WORDS.split())
"""Words that a role may write large."""
_TITLES = re.compile(
    r"\b(mr|mrs|ms|miss|mx|dr|prof|professor|sir|dame|cllr|councillor)\b\.?", re.IGNORECASE
)
_ALLOWED = "a role, such as head of performance"


def role_faults(role: str, where: str = "scrutiny sign: --role") -> list[Fault]:
    """What is wrong with a role: no role at all, or what looks like a person's name or address.

    A name in small letters after a role's words cannot be told from a matter that is not known
    here; whoever signs is asked for a role and nothing else.
    """
    text = " ".join(role.split())
    if not text:
        return [Fault(where, "nothing", _ALLOWED)]
    found = []
    if len(text) > LONGEST:
        found.append(f"{len(text)} characters; a role has {LONGEST} at the most")
    if "@" in text or re.search(r"\bwww\.|https?:", text):
        found.append("looks like an address of a person")
    elif re.search(r"\d|[^\w ,&'’()/-]", text) and not _TITLES.search(text):
        found.append("holds digits or signs that no role has")
    if _TITLES.search(text):
        found.append("holds a person's title, as before a name")
    plain = re.findall(r"[^\W\d_]+", text.replace("'", "").replace("’", ""))
    if not any(_is_office(word) for word in plain):
        found.append("names no office")
    # What a role is about may be any word in small letters; written large, it looks like a name.
    named = [word for word in plain if word[:1].isupper() and not _is_known(word)]
    if named and not found:
        found.append("holds what looks like a name")
    return [Fault(where, each, _ALLOWED, "write the role alone") for each in found]


def _is_office(word: str) -> bool:
    return word.lower() in _OFFICES or word.lower().removesuffix("s") in _OFFICES


def _is_known(word: str) -> bool:
    return _is_office(word) or word.lower() in _MATTERS or word.isupper()
