"""Whether an edition may be put before readers; everything against it at once."""

from __future__ import annotations

from dataclasses import dataclass

from scrutinybook import pipeline
from scrutinybook.checked import check
from scrutinybook.edition import edition_file
from scrutinybook.errors import Fault, Faults, FaultsFound
from scrutinybook.made_record import published_tables
from scrutinybook.record.keyed import key_for
from scrutinybook.record.manifest import Manifest, read_manifest
from scrutinybook.signoff import notices as notices_
from scrutinybook.signoff.looked_over import audit_faults, check_faults
from scrutinybook.signoff.sign_off import SignOff, pages_digest, read_sign_off
from scrutinybook.workspace import Workspace

_DEMO_PAGE = '<body class="sb-is-demo">'


@dataclass(frozen=True)
class Ready:
    """A signed edition that may be published."""

    manifest: Manifest
    signed: SignOff
    notices: tuple[notices_.Notice, ...]


def ready_to_publish(workspace: Workspace, edition_id: str) -> Ready:
    """Look whether an edition may be published. Raises `FaultsFound` with every fault at once."""
    faults = Faults()
    manifest = read_manifest(workspace, edition_id)
    signed = faults.gather(read_sign_off, workspace, edition_id)
    known = faults.gather(notices_.read_notices, workspace, edition_id) or ()
    checked = faults.gather(check, workspace, edition_id)
    mend = f"look at it, then: scrutiny sign {edition_id} --role …"
    where = f"edition {edition_id}"
    if signed is None and not any("sign-off" in each.where for each in faults.found):
        faults.add([Fault(where, "nobody has signed it", mend=mend)])
    pages = workspace.site / edition_id
    if signed is not None:
        if signed.edition != edition_id:
            faults.add([Fault(where, f"the sign-off is of {signed.edition}", mend=mend)])
        elif signed.digest != manifest.digest:
            faults.add([Fault(where, "its figures have changed since it was signed", mend=mend)])
        elif not pages.is_dir() or signed.pages != pages_digest(pages):
            faults.add([Fault(where, "its pages have changed since it was signed", mend=mend)])
    faults.add(_table_faults(workspace, manifest))
    faults.add(_kind_faults(workspace, manifest))
    if checked is not None:
        faults.add(check_faults(workspace, checked))
        faults.add(audit_faults(workspace, checked.edition))
    if checked is not None:
        if checked.edition.kind != manifest.kind:
            found = f"kind is {checked.edition.kind}, and its book is of kind {manifest.kind}"
            again = f"scrutiny book {edition_id}"
            faults.add([Fault(edition_file(edition_id), found, mend=again)])
        elif fault := pipeline.results_fault(workspace, checked):
            faults.add([fault])
    if faults.found or signed is None:
        raise FaultsFound(dict.fromkeys(faults.found))
    return Ready(manifest, signed, known)


def _table_faults(workspace: Workspace, manifest: Manifest) -> list[Fault]:
    """Tables of the results that are not those of the record."""
    edition = manifest.edition_as_recorded()
    where, mend = f"results/{edition.id}", f"scrutiny book {edition.id}"
    key = key_for(edition.kind, edition.slug)
    if key.name != manifest.key:
        found = "the record was keyed with another key than is here"
        return [Fault(f"record/{edition.id}", found, mend="use the key that made it")]
    try:
        tables = published_tables(workspace.results / edition.id, edition)
    except (OSError, ValueError):
        return [Fault(where, "its results cannot be read", mend=mend)]
    names = sorted(tables.keys() | manifest.tables.keys())
    return [
        Fault(f"{where}: {name}", "not as the record has it", mend=mend)
        for name in names
        if name not in tables
        or name not in manifest.tables
        or key.of(tables[name]) != manifest.tables[name].hash
    ]


def _kind_faults(workspace: Workspace, manifest: Manifest) -> list[Fault]:
    """Pages of invented figures that do not say so, or of real ones that say they are invented."""
    invented = manifest.kind == "demonstration"
    pages = sorted((workspace.site / manifest.edition).rglob("*.html"))
    wrong = [each for each in pages if (_DEMO_PAGE in each.read_text("utf-8")) != invented]
    if not wrong:
        return []
    found = "a demonstration marked as real" if invented else "real figures marked as invented"
    names = ", ".join(path.name for path in wrong[:3])
    more = f" and {len(wrong) - 3} more pages" if len(wrong) > 3 else ""
    mend = f"scrutiny book {manifest.edition}"
    return [Fault(f"site/{manifest.edition}: {names}{more}", found, mend=mend)]
