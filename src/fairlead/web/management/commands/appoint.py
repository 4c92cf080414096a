"""The first people operations and the first system administrator, from the server's own shell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    """Works until two different people can propose and confirm; then they do it in Fairlead."""

    help = "Begin with the first roles: people_operations and system_admin."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Ask whom, for what, and why."""
        parser.add_argument("email", help="the address of their account, or their address at work")
        parser.add_argument("role", choices=["people_operations", "system_admin"])
        parser.add_argument("--reason", required=True, help="why; it is kept with the role")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Appoint, or refuse with a sentence."""
        from fairlead.web.grants import actions, queries  # noqa: PLC0415 - after the tables stand

        person = queries.find(options["email"]) if "@" in options["email"] else None
        if person is None:
            raise CommandError(f"Nobody here has the address {options['email']}.")
        try:
            grant = actions.appoint(person=person, role=options["role"], reason=options["reason"].strip())
        except actions.Refused as no:
            raise CommandError(str(no)) from None
        self.stdout.write(f"{person} holds “{grant.get_role_display()}” until {grant.until:%-d %B %Y}.")
