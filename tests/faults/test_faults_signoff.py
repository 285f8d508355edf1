"""What may be signed and published, what is refused, and what a kill in the middle leaves."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from signed_project import DAY, INVENTED, PAGES, REAL, audit, clock, make, write_results

from scrutinybook.errors import FaultsFound
from scrutinybook.publications import in_book, of_authority
from scrutinybook.roles import role_faults
from scrutinybook.signoff import looked_over
from scrutinybook.signoff.marks import UNSIGNED, marks_of
from scrutinybook.signoff.notices import read_notices
from scrutinybook.signoff.publishing import Clock, correct, publish, withdraw
from scrutinybook.signoff.sign_off import pages_digest, read_sign_off, sign
from scrutinybook.workspace import Workspace

Act = Callable[[Workspace, str, Path, str, Clock], Path]
WHY = "Referrals of one team were counted twice"


@pytest.fixture
def ready(tmp_path: Path) -> Workspace:
    """A project whose one book is signed."""
    workspace = make(tmp_path / "project")
    sign(workspace, REAL, "head of performance", DAY.date())
    return workspace


@pytest.fixture
def to(tmp_path: Path) -> Path:
    return tmp_path / "www" / "books"


def found(error: pytest.ExceptionInfo[FaultsFound]) -> list[str]:
    return [f"{fault.where}: {fault.found}" for fault in error.value.faults]


@pytest.mark.parametrize(
    "role",
    ["head of performance", "Head of Performance", "director for children’s services", "analyst"],
)
def test_a_role_may_sign(role: str) -> None:
    assert role_faults(role) == []


@pytest.mark.parametrize(
    "role",
    [
        *("", "Jane Smith", "jane smith", "head of performance Jane Smith", "Dr Patel, analyst"),
        *("jane.smith@council.gov.uk", "Cllr Smith", "analyst 7", "head of performance, J Smith"),
    ],
)
def test_a_person_may_not(role: str) -> None:
    assert role_faults(role)


def test_a_sign_off_names_record_role_and_day(ready: Workspace) -> None:
    signed = read_sign_off(ready, REAL)
    assert signed is not None
    assert (signed.role, signed.signed, signed.edition) == (
        "head of performance", DAY.date(), REAL,
    )  # fmt: skip
    assert signed.pages == pages_digest(ready.site / REAL)


def test_nothing_is_signed_without_record_and_pages(tmp_path: Path) -> None:
    workspace = make(tmp_path / "project")
    shutil.rmtree(workspace.site)
    with pytest.raises(FaultsFound) as error:
        sign(workspace, REAL, "Jane Smith", DAY.date())
    assert found(error) == [
        "scrutiny sign: --role: names no office",
        f"site/{REAL}: there are no pages to sign",
    ]
    assert read_sign_off(workspace, REAL) is None


def test_what_was_signed_is_published_and_noted(ready: Workspace, to: Path) -> None:
    page = publish(ready, REAL, to, clock)
    assert page == to / REAL / "index.html"
    for name in PAGES:
        assert (to / REAL / name).read_bytes() == (ready.site / REAL / name).read_bytes()
    assert f"{REAL}/index.html" in (to / "index.html").read_text(encoding="utf-8")
    (entry,) = of_authority(ready, REAL)
    assert (entry.what, entry.role, entry.day) == ("published", "head of performance", DAY.date())
    assert in_book(to / REAL) == (entry,)
    publish(ready, REAL, to, clock)  # again, as it stands, is no news
    assert of_authority(ready, REAL) == (entry,)


def spoil_nothing_signed(workspace: Workspace) -> None:
    (workspace.record / REAL / "sign-off.yml").unlink()


def spoil_figures(workspace: Workspace) -> None:
    write_results(workspace, REAL, 254)


def spoil_pages(workspace: Workspace) -> None:
    page = workspace.site / REAL / "index.html"
    page.write_text(page.read_text("utf-8").replace("255", "254"), encoding="utf-8")


def spoil_table(workspace: Workspace) -> None:
    path = workspace.results / REAL / "downloads/referrals.csv"
    path.write_text(path.read_text("utf-8").replace("255", "254"), encoding="utf-8")


def spoil_parameters(workspace: Workspace) -> None:
    path = workspace.params / "plymouth/2023-03.yml"
    path.write_text(path.read_text("utf-8").replace("begins: 2021-12", "begins: 2099-12"), "utf-8")


def spoil_inputs(workspace: Workspace) -> None:
    path = workspace.params / "measures.yml"
    path.write_text(path.read_text("utf-8") + "\n# changed\n", encoding="utf-8")


def spoil_sign_off(workspace: Workspace) -> None:
    path = workspace.record / REAL / "sign-off.yml"
    path.write_text(path.read_text("utf-8").replace(REAL, "plymouth-2024-03"), encoding="utf-8")


@pytest.mark.parametrize(
    ("spoil", "expected"),
    [
        (spoil_nothing_signed, "nobody has signed it"),
        (spoil_figures, "its figures have changed since it was signed"),
        (spoil_pages, "its pages have changed since it was signed"),
        (spoil_table, "not as the record has it"),
        (spoil_parameters, "2099-12 is after the edition's month"),
        (spoil_inputs, "have changed since the notebooks ran"),
        (spoil_sign_off, "the sign-off is of plymouth-2024-03"),
    ],
)
def test_what_is_refused(ready: Workspace, to: Path, spoil, expected: str) -> None:  # type: ignore[no-untyped-def]
    spoil(ready)
    with pytest.raises(FaultsFound) as error:
        publish(ready, REAL, to, clock)
    assert any(expected in each for each in found(error)), found(error)
    assert not to.exists()
    assert of_authority(ready, REAL) == ()


@pytest.mark.parametrize(
    ("edition_id", "as_it_is", "as_it_is_not", "expected"),
    [
        (INVENTED, '<body class="sb-is-demo">', "<body>", "a demonstration marked as real"),
        (REAL, "<body>", '<body class="sb-is-demo">', "real figures marked as invented"),
    ],
)
def test_real_and_invented_figures_are_never_taken_for_each_other(
    tmp_path: Path,
    to: Path,
    monkeypatch: pytest.MonkeyPatch,
    edition_id: str,
    as_it_is: str,
    as_it_is_not: str,
    expected: str,
) -> None:
    monkeypatch.setattr(looked_over, "audit_own", lambda *_: audit())
    workspace = make(tmp_path / "project", edition_id)
    page = workspace.site / edition_id / "methods.html"
    page.write_text(page.read_text("utf-8").replace(as_it_is, as_it_is_not), encoding="utf-8")
    sign(workspace, edition_id, "analyst", DAY.date())  # a signature does not make it right
    with pytest.raises(FaultsFound) as error:
        publish(workspace, edition_id, to, clock)
    assert found(error) == [f"site/{edition_id}: methods.html: {expected}"]
    assert not to.exists()


def test_a_demonstration_whose_file_calls_it_real_is_refused(tmp_path: Path, to: Path) -> None:
    workspace = make(tmp_path / "project", INVENTED)
    sign(workspace, INVENTED, "analyst", DAY.date())
    path = workspace.params / "demo/2023-01.yml"
    text = path.read_text("utf-8").replace("kind: demonstration", "kind: council")
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FaultsFound) as error:
        publish(workspace, INVENTED, to, clock)
    assert any("is the invented authority" in each for each in found(error))


def test_every_fault_is_told_at_once(ready: Workspace, to: Path) -> None:
    spoil_table(ready)
    spoil_pages(ready)
    to.mkdir(parents=True)
    (to / "letters.txt").write_text("not a book", encoding="utf-8")
    with pytest.raises(FaultsFound) as error:
        publish(ready, REAL, to, clock)
    assert len(error.value.faults) == 3
    assert (to / "letters.txt").read_text(encoding="utf-8") == "not a book"


def test_other_figures_are_published_as_a_correction_and_no_other_way(
    ready: Workspace, to: Path
) -> None:
    publish(ready, REAL, to, clock)
    before = pages_digest(to)
    for change in (withdrawn_nowhere, nothing_changed):
        change(ready, to)
    write_results(ready, REAL, 254)
    sign(ready, REAL, "analyst", DAY.date())
    with pytest.raises(FaultsFound, match="readers would not be told"):
        publish(ready, REAL, to, clock)
    assert pages_digest(to) == before
    correct(ready, REAL, to, WHY, clock)
    for name in PAGES:
        page = (to / REAL / name).read_text(encoding="utf-8")
        assert "This edition was corrected on 3 April 2023." in page
        assert f"Reason: {WHY}." in page
        assert page.index("corrected on") > page.index('<main id="main"')
    assert [entry.what for entry in of_authority(ready, REAL)] == ["published", "corrected"]
    publish(ready, REAL, to, clock)  # the notice stays with the edition
    assert "was corrected on" in (to / REAL / "index.html").read_text(encoding="utf-8")
    assert "was corrected on" in (to / "index.html").read_text(encoding="utf-8")


def withdrawn_nowhere(workspace: Workspace, to: Path) -> None:
    with pytest.raises(FaultsFound, match="not published there"):
        withdraw(workspace, REAL, to.with_name("elsewhere"), WHY, clock)


def nothing_changed(workspace: Workspace, to: Path) -> None:
    with pytest.raises(FaultsFound, match="nothing was corrected"):
        correct(workspace, REAL, to, WHY, clock)


def test_a_withdrawn_edition_says_so_on_each_page_for_good(ready: Workspace, to: Path) -> None:
    publish(ready, REAL, to, clock)
    withdraw(ready, REAL, to, "Two <b>teams</b> were mixed up", clock)
    for name in PAGES:
        page = (to / REAL / name).read_text(encoding="utf-8")
        assert "This edition was withdrawn on 3 April 2023. Do not use its figures." in page
        assert "Two &lt;b&gt;teams&lt;/b&gt; were mixed up." in page
        assert "There were 255 referrals." in page
        assert "withdrawn" not in (ready.site / REAL / name).read_text(encoding="utf-8")
    assert "was withdrawn on 3 April 2023" in (to / "index.html").read_text(encoding="utf-8")
    with pytest.raises(FaultsFound, match="withdrawn already"):
        withdraw(ready, REAL, to, WHY, clock)
    with pytest.raises(FaultsFound, match="it was withdrawn"):
        publish(ready, REAL, to, clock)
    shutil.rmtree(to)  # another server, an empty folder: it is withdrawn there, too
    with pytest.raises(FaultsFound, match="it was withdrawn"):
        publish(ready, REAL, to, clock)
    assert [each.what for each in read_notices(ready, REAL)] == ["withdrawn"]
    assert [each.what for each in of_authority(ready, REAL)] == ["published", "withdrawn"]


def test_a_withdrawn_edition_comes_back_as_a_correction(ready: Workspace, to: Path) -> None:
    publish(ready, REAL, to, clock)
    withdraw(ready, REAL, to, WHY, clock)
    write_results(ready, REAL, 254)
    sign(ready, REAL, "analyst", DAY.date())
    correct(ready, REAL, to, "Each referral is counted once now", clock)
    page = (to / REAL / "index.html").read_text(encoding="utf-8")
    assert page.index("was corrected on") < page.index("was withdrawn on")
    assert page.count('<aside class="sb-note sb-notice"') == 1


@pytest.mark.parametrize("reason", ["", "   ", "ask jane@council.gov.uk", "x" * 401])
def test_a_reason_is_said_in_plain_words(ready: Workspace, to: Path, reason: str) -> None:
    publish(ready, REAL, to, clock)
    with pytest.raises(FaultsFound, match="--reason"):
        withdraw(ready, REAL, to, reason, clock)


def test_other_books_and_a_second_authority_stay(ready: Workspace, to: Path) -> None:
    publish(ready, REAL, to, clock)
    other = to / "torbay-2023-03"
    shutil.copytree(to / REAL, other)
    card = json.loads((other / "edition.json").read_text(encoding="utf-8"))
    (other / "edition.json").write_text(json.dumps(card | {"edition": other.name}), "utf-8")
    kept = pages_digest(other)
    withdraw(ready, REAL, to, WHY, clock)
    assert pages_digest(other) == kept


def test_a_printed_copy_says_that_nobody_signed_or_that_it_is_withdrawn(
    ready: Workspace, to: Path
) -> None:
    assert marks_of(ready, REAL) == ()
    publish(ready, REAL, to, clock)
    withdraw(ready, REAL, to, WHY, clock)
    assert marks_of(ready, REAL) == ("Withdrawn on 3 April 2023.",)
    spoil_pages(ready)
    assert marks_of(ready, REAL) == (UNSIGNED, "Withdrawn on 3 April 2023.")
    (ready.record / REAL / "sign-off.yml").unlink()
    assert marks_of(ready, REAL)[0] == UNSIGNED


class Killed(BaseException):
    """Stands for a kill: nothing catches it."""


@pytest.mark.parametrize("act", [correct, withdraw])
def test_what_was_killed_before_readers_saw_it_is_noticed_once(
    ready: Workspace, to: Path, monkeypatch: pytest.MonkeyPatch, act: Act
) -> None:
    publish(ready, REAL, to, clock)
    write_results(ready, REAL, 254)
    sign(ready, REAL, "analyst", DAY.date())

    def killed(*_: object) -> None:
        raise Killed

    with monkeypatch.context() as patch, pytest.raises(Killed):
        patch.setattr("scrutinybook.signoff.publishing.swap_in", killed)
        act(ready, REAL, to, WHY, clock)
    act(ready, REAL, to, WHY, clock)
    assert len(read_notices(ready, REAL)) == 1
    assert (to / REAL / "index.html").read_text(encoding="utf-8").count(f"Reason: {WHY}.") == 1


@pytest.mark.parametrize("act", [correct, withdraw])
def test_a_ledger_that_a_killed_run_did_not_come_to_is_written_when_asked_again(
    ready: Workspace, to: Path, act: Act
) -> None:
    publish(ready, REAL, to, clock)
    write_results(ready, REAL, 254)
    sign(ready, REAL, "analyst", DAY.date())
    act(ready, REAL, to, WHY, clock)
    (ready.record / "plymouth" / "publications.json").unlink()
    with pytest.raises(FaultsFound):
        act(ready, REAL, to, WHY, clock)
    assert of_authority(ready, REAL) == in_book(to / REAL)
    assert len(in_book(to / REAL)) == 2
