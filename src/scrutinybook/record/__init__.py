"""What was published, from what, and how: one record an edition, and what follows from records.

A record is a manifest and the edition's published tables. It lies in ``record/<edition>/``; what
two records hold is compared cell by cell, never from anything that was not published.
"""

from scrutinybook.record.manifest import (
    Manifest,
    NotebookState,
    read_manifest,
    record_folder,
)

__all__ = ["Manifest", "NotebookState", "read_manifest", "record_folder"]
