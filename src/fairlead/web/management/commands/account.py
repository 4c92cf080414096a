"""Closing and opening an account from the server's own shell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    """For whoever runs the server: nobody's password is needed, nobody's content is seen."""

    help = "Close an account (every session of it ends at once), or open it again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Ask what to do, and with whose account."""
        parser.add_argument("do", choices=["close", "open"])
        parser.add_argument("email", help="the address of the account")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Close or open it, or say that there is none."""
        from fairlead.web.people import actions  # noqa: PLC0415 - after the tables stand
        from fairlead.web.people.models import Person  # noqa: PLC0415 - as above

        found = (
            Person.objects.filter(user__email__iexact=options["email"].strip()).select_related("user").first()
        )
        if found is None:
            raise CommandError(f"There is no account with the address {options['email']}.")
        if options["do"] == "close":
            actions.deactivate(None, found)
            self.stdout.write("Closed. Nobody is signed in with it any more.")
        else:
            actions.reactivate(None, found)
            self.stdout.write("Open again.")
