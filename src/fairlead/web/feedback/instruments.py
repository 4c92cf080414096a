"""Questionnaires that the organization wrote: taken in when nothing is wrong with them, and retired."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils import timezone

from fairlead.core.problems import BadInput
from fairlead.library.load import instruments, read_instrument
from fairlead.library.schema import Asks
from fairlead.sources.sandbox import read_document
from fairlead.web import trail
from fairlead.web.feedback import terms
from fairlead.web.feedback.models import OwnInstrument
from fairlead.web.runs.actions import Refused

if TYPE_CHECKING:
    from fairlead.library.load import Document
    from fairlead.library.schema import Instrument
    from fairlead.web.people.models import Person

ABOUT_ONESELF: Final = "People answer this one about themselves."
ASK_OTHERS: Final = "For a survey write “asks: role” (about one person's work) or “asks: pulse”."


@transaction.atomic
def upload(actor: Person, *, name: str, data: bytes) -> tuple[OwnInstrument, bool]:
    """Take a questionnaire in, and say whether it is new; ``BadInput`` with every problem placed.

    The same file sent twice changes nothing. A new version stands beside the old one; one that was
    retired is offered again.
    """
    document = read_document(name[:200], data)
    found = read_instrument(document)
    text = data.decode("utf-8-sig")
    digest = terms.digest_of(text)
    known = OwnInstrument.objects.filter(digest=digest).first()
    if known is not None and known.retired_at is None:
        return known, False
    _check(document, found, digest)
    if known is not None:
        known.retired_at = None
        known.save(update_fields=["retired_at"])
    else:
        known = OwnInstrument.objects.create(
            made_by=actor,
            name=found.id,
            version=found.version,
            title=found.title,
            asks=found.asks.value,
            text=text,
            digest=digest,
        )
    trail.record(actor, "upload_instrument", known)
    return known, True


def _check(document: Document, found: Instrument, digest: str) -> None:
    """Refuse what a survey cannot ask, and a name that means something else already."""
    if found.asks is Asks.SELF:
        raise BadInput(document.problem(("asks",), ABOUT_ONESELF, ASK_OTHERS))
    if found.id in instruments():
        right = "Choose an id of your own."
        raise BadInput(document.problem(("id",), f"“{found.id}” ships with Fairlead.", right))
    same = OwnInstrument.objects.filter(name=found.id, version=found.version).exclude(digest=digest)
    if same.exists():
        wrong = f"Version {found.version} of “{found.id}” is here already, with other words."
        raise BadInput(document.problem(("version",), wrong, "Give this one a new version."))


@transaction.atomic
def retire(actor: Person, kept: OwnInstrument) -> None:
    """Offer a questionnaire no more; surveys that were launched with it go on with their own copy."""
    found = OwnInstrument.objects.select_for_update().get(pk=kept.pk)
    if found.retired_at is not None:
        raise Refused("It is retired already.")
    found.retired_at = timezone.now()
    found.save(update_fields=["retired_at"])
    trail.record(actor, "retire_instrument", found)
