"""Whose history it is: a slip of the pen must not begin a second one."""

from __future__ import annotations

import difflib
from collections.abc import Sequence

from scrutinybook.errors import Fault, FaultsFound
from scrutinybook.naming import Named, matching, slug

SLIP = 0.8
"""How alike (difflib) a name must be to a known one to be taken for a slip. Higher than for mere
hints: a fictional authority's name must pass, and many names end in -shire."""


def authority_slug(asked: str, known: Sequence[Named], own: Sequence[str]) -> str:
    """The slug of the authority that a person means: ``plymouth`` for Plymouth, 879 or plymouth.

    `known`: authorities of England. `own`: slugs that have editions or a history, fictional ones
    included. Another name is taken as it is unless it is close to a known one. Raises
    `FaultsFound`.
    """
    allowed = "an authority of England by name or code, or one that has editions in params/"
    plain = slug(asked)
    if not plain:
        raise FaultsFound([Fault("--authority", f"no name: {asked!r}", allowed)])
    if plain in own:
        return plain
    meant = matching(asked, known)
    if len(meant) == 1:
        return slug(meant[0].name)
    if len(meant) > 1:
        names = " or ".join(each.name for each in meant)
        found = f"{asked!r} fits more than one authority"
        raise FaultsFound([Fault("--authority", found, names, "choose one of these")])
    spelt = {slug(name): name for name in [*own, *(each.name for each in known)]}
    if near := difflib.get_close_matches(plain, spelt, n=1, cutoff=SLIP):
        mend = f"did you mean {spelt[near[0]]!r}?"
        raise FaultsFound([Fault("--authority", f"no authority called {asked!r}", allowed, mend)])
    return plain
