"""Every official table that can be read, the statistical neighbours apart (see `neighbours`).

A table is recognised by its headings, never by its file name.
"""

from __future__ import annotations

from scrutinybook.sources.dfe_children_in_need import CHILDREN_IN_NEED
from scrutinybook.sources.dfe_children_looked_after import CHILDREN_LOOKED_AFTER
from scrutinybook.sources.dfe_workforce import WORKFORCE

FORMATS = CHILDREN_IN_NEED + CHILDREN_LOOKED_AFTER + WORKFORCE
"""Tables with periods, in the order of the chapters that they feed."""
