"""The commands that sign an edition off, publish it, withdraw and correct it. They print."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from scrutinybook.workspace import Workspace

if TYPE_CHECKING:
    from scrutinybook.publish.places import Place

_PANEL = "Sign-off and publication"
Edition = Annotated[str, typer.Argument(help="An edition's id, e.g. plymouth-2023-03.")]
To = Annotated[
    str,
    typer.Option(
        "--to",
        help="Where readers look: a folder of books that a web server shows, git+REPOSITORY#BRANCH"
        " for static hosting, or an address that fsspec knows, such as s3://bucket/books.",
    ),
]
Reason = Annotated[
    str, typer.Option(help="What was wrong, in a plain sentence that the pages print; no names.")
]


def add_commands(app: typer.Typer, workspace: Callable[[], Workspace]) -> None:
    """Add the commands to the app."""

    @app.command(rich_help_panel=_PANEL)
    def sign(
        edition: Edition,
        role: Annotated[
            str,
            typer.Option(help="Who answers for it, by role, never by name: head of performance"),
        ],
    ) -> None:
        """Sign an edition off: its record and its pages as they stand today.

        A later run that changes a figure or a page needs a new sign-off. Exit codes: 0 signed · 3
        no record, no pages, or a role that looks like a person's name.
        """
        from scrutinybook.pipeline import working  # noqa: PLC0415
        from scrutinybook.signoff.sign_off import sign as sign_  # noqa: PLC0415

        here = workspace()
        with working(here, f"signing {edition}", datetime.now):
            signed = sign_(here, edition, role, datetime.now().date())
        print(f"{edition}: signed by the {signed.role} on {signed.signed}.")
        print(f"What was signed: {signed.digest}")

    @app.command(rich_help_panel=_PANEL)
    def publish(edition: Edition, to: To) -> None:
        """Copy a signed edition's pages into a folder of books, whole or not at all.

        Exit codes: 0 published · 3 refused: unsigned, changed since it was signed, invented figures
        marked as real or real ones as invented, a check that fails or is open, a small count that
        could be worked out, a share of nobody or of everybody that nobody looked at, withdrawn, or
        there already with other figures · 6 another run is at work · 74 the system refused a file.
        After 3 to 74 the folder is as it was.
        """
        from scrutinybook.signoff.publishing import publish as publish_  # noqa: PLC0415

        here = workspace()
        with _before_readers(here, edition, to, "publishing") as place:
            page = publish_(here, edition, place.folder, datetime.now, place.deliver)
            print(f"Published. Open {place.page(page)}")

    @app.command(rich_help_panel=_PANEL)
    def withdraw(edition: Edition, to: To, reason: Reason) -> None:
        """Put a notice on every page of a published edition that it is withdrawn, and why.

        The pages stay, and so does the notice. Exit codes: 0 withdrawn · 3 not published there,
        withdrawn already, or no reason · 6 another run is at work · 74 the system refused a file.
        """
        from scrutinybook.signoff.publishing import withdraw as withdraw_  # noqa: PLC0415

        here = workspace()
        with _before_readers(here, edition, to, "withdrawing") as place:
            page = withdraw_(here, edition, place.folder, reason, datetime.now, place.deliver)
            print(f"Withdrawn. Open {place.page(page)}")

    @app.command(rich_help_panel=_PANEL)
    def correct(edition: Edition, to: To, reason: Reason) -> None:
        """Publish an edition anew with other figures, and say on every page that it was corrected.

        Make it anew and sign it first. Exit codes: 0 corrected · 3 refused, as for `publish`, or
        nothing has changed · 6 another run is at work · 74 the system refused a file.
        """
        from scrutinybook.signoff.publishing import correct as correct_  # noqa: PLC0415

        here = workspace()
        with _before_readers(here, edition, to, "correcting") as place:
            page = correct_(here, edition, place.folder, reason, datetime.now, place.deliver)
            print(f"Corrected. Open {place.page(page)}")


@contextmanager
def _before_readers(here: Workspace, edition: str, to: str, doing: str) -> Iterator[Place]:
    """Hold the checkout's lock, with the place where readers look at hand."""
    from scrutinybook.pipeline import working  # noqa: PLC0415
    from scrutinybook.publish.places import place_at  # noqa: PLC0415

    with (
        working(here, f"{doing} {edition}", datetime.now),
        place_at(to, edition, here.scratch, datetime.now) as place,
    ):
        yield place
