"""What is done with tips: written, read by people operations, published, reworded, declined, taken back.

The record keeps who did what, except for tips without a name: there it has no line of the author, and
no line of others says whose tip it was.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils import timezone

from fairlead.web import erasing, trail
from fairlead.web.handbook import looking, pages
from fairlead.web.handbook.models import Tip
from fairlead.web.runs.actions import Refused

if TYPE_CHECKING:
    from fairlead.web.people.models import Person

State = Tip.State

MOST_WAITING: Final = 5
"""Tips of one person that wait at the same time: people operations read each of them."""

ANSWERED: Final = "This tip was answered, changed or taken back in the meantime."
CHANGED: Final = (
    "Its author changed this tip after you opened it. It stands here as it is now; please read it again."
)


class Changed(Refused):
    """What was read is not what stands there any more."""


@transaction.atomic
def write(actor: Person, *, page: str, text: str, name_shown: bool) -> Tip:
    """Send a tip to people operations; nobody else reads it before it is published."""
    if page not in pages.pages():
        raise Refused("There is no such page in the handbook.")
    _not_too_many(actor)
    made = Tip.objects.create(author=actor, page=page, text=text, name_shown=name_shown)
    _record(actor, "write_tip", made)
    return made


@transaction.atomic
def change(actor: Person, *, tip: Tip, text: str) -> None:
    """Say a tip in other words; people operations read it anew, and until then nobody else does."""
    now = _own(actor, tip)
    if now.state != State.WAITING:
        _not_too_many(actor)
    now.text, now.suggestion, now.reason, now.state = text, "", "", State.WAITING
    now.moderated_on, now.moderated_by = None, None
    now.save(update_fields=["text", "suggestion", "reason", "state", "moderated_on", "moderated_by"])
    _record(actor, "change_tip", now)
    erasing.for_good()


@transaction.atomic
def accept(actor: Person, *, tip: Tip) -> None:
    """Agree to the other wording: it is published like this."""
    now = _own(actor, tip)
    if now.state != State.SUGGESTED:
        raise Refused(ANSWERED)
    now.text, now.suggestion, now.reason, now.state = now.suggestion, "", "", State.PUBLISHED
    now.save(update_fields=["text", "suggestion", "reason", "state"])
    _record(actor, "accept_wording", now)


@transaction.atomic
def withdraw(actor: Person, *, tip: Tip) -> None:
    """Take a tip back; it is deleted."""
    now = _own(actor, tip)
    _record(actor, "withdraw_tip", now)
    now.delete()
    erasing.for_good()


# --- people operations ----------------------------------------------------------------------------


@transaction.atomic
def publish(actor: Person, *, tip: Tip, read: str) -> None:
    """Let everybody in the chart read it as its author wrote it; ``read`` is the digest of what was read."""
    _answer(actor, tip, State.PUBLISHED, "publish_tip", read=read)


@transaction.atomic
def decline(actor: Person, *, tip: Tip, read: str, reason: str) -> None:
    """Do not publish it; its author reads the reason."""
    if not reason.strip():
        raise Refused("Say why: its author reads it.")
    _answer(actor, tip, State.DECLINED, "decline_tip", read=read, reason=reason.strip())


@transaction.atomic
def suggest(actor: Person, *, tip: Tip, read: str, wording: str, reason: str) -> None:
    """Ask the author whether it may be published in another wording; without their yes it is not."""
    if wording.strip() == tip.text.strip():
        raise Refused("This is the author's own wording. Change it, or publish it as it is.")
    said = {"reason": reason.strip(), "suggestion": wording.strip()}
    _answer(actor, tip, State.SUGGESTED, "suggest_wording", read=read, **said)


def _answer(
    actor: Person, tip: Tip, state: str, verb: str, *, read: str, reason: str = "", suggestion: str = ""
) -> None:
    now = Tip.objects.select_for_update().filter(pk=tip.pk, state=State.WAITING).first()
    if now is None:
        raise Refused(ANSWERED)
    if now.author_id == actor.pk:
        raise Refused("Somebody else answers your own tip.")
    # What was read is what is answered: its author may have changed it while the page stood open.
    if looking.digest(now.text) != read:
        raise Changed(CHANGED)
    now.state, now.reason, now.suggestion = state, reason, suggestion
    now.moderated_on, now.moderated_by = timezone.localdate(), actor
    now.save(update_fields=["state", "reason", "suggestion", "moderated_on", "moderated_by"])
    trail.record(actor, verb, now, subject=subject_of(now))


def subject_of(tip: Tip) -> Person | None:
    """Say whose tip it is where the record may: only with their name under it."""
    return tip.author if tip.name_shown else None


def _own(actor: Person, tip: Tip) -> Tip:
    now = Tip.objects.select_for_update().filter(pk=tip.pk, author=actor).first()
    if now is None:
        raise Refused(ANSWERED)
    return now


def _not_too_many(actor: Person) -> None:
    if Tip.objects.filter(author=actor, state=State.WAITING).count() >= MOST_WAITING:
        raise Refused(f"{MOST_WAITING} tips of yours wait to be read. Wait for an answer, or take one back.")


def _record(actor: Person, verb: str, tip: Tip) -> None:
    if tip.name_shown:
        trail.record(actor, verb, tip)
