"""Asking people operations to look at something, and what they do then.

The record says that somebody asked, and not who: whoever points at something stays unnamed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils import timezone

from fairlead.web import trail
from fairlead.web.handbook import tips
from fairlead.web.handbook.models import Idea, IdeaAnswer, Notice, Tip
from fairlead.web.runs.actions import Refused

if TYPE_CHECKING:
    from fairlead.web.people.models import Person

    Thing = Tip | Idea | IdeaAnswer

MOST_OPEN: Final = 10

_FIELDS: Final = {Tip: "tip", Idea: "idea", IdeaAnswer: "answer"}


def about(notice: Notice) -> Thing:
    """Give the one thing that a notice is about."""
    found = notice.tip or notice.idea or notice.answer
    assert found is not None  # noqa: S101 - a constraint of the table
    return found


@transaction.atomic
def send(actor: Person, *, thing: Thing, text: str) -> None:
    """Ask people operations to look at a tip, an idea or an answer; asking twice changes nothing."""
    about_it = {_FIELDS[type(thing)]: thing}
    if thing.author_id == actor.pk:
        raise Refused("This is your own. You can change it or take it back yourself.")
    open_ones = Notice.objects.filter(by=actor, settled_on=None)
    if open_ones.filter(**about_it).exists():
        raise Refused("You asked already. People operations have not answered yet.")
    if open_ones.count() >= MOST_OPEN:
        raise Refused(f"{MOST_OPEN} of your notices wait for an answer. Wait for one of them.")
    Notice.objects.create(by=actor, text=text, **about_it)


@transaction.atomic
def settle(actor: Person, *, notice: Notice, take_away: bool, reason: str) -> None:
    """Leave it as it is, or take it away with a reason that its author reads.

    All open notices about the same thing are answered together, and forget who sent them.
    """
    now = Notice.objects.select_for_update().filter(pk=notice.pk, settled_on=None).first()
    if now is None:
        raise Refused("Somebody else answered this notice already.")
    thing = about(now)
    if thing.author_id == actor.pk:
        raise Refused("Somebody else answers a notice about what you wrote.")
    if take_away and not reason.strip():
        raise Refused("Say why: its author reads it.")
    if take_away:
        _take_away(actor, thing, reason.strip())
    same = Notice.objects.filter(settled_on=None, **{_FIELDS[type(thing)]: thing})
    same.update(settled_on=timezone.localdate(), settled_by=actor, taken_away=take_away, by=None)
    subject = tips.subject_of(thing) if isinstance(thing, Tip) else thing.author
    trail.record(actor, "take_away" if take_away else "leave_it", now, subject=subject)


def _take_away(actor: Person, thing: Thing, reason: str) -> None:
    thing.reason = reason
    if isinstance(thing, Tip):
        thing.state, thing.moderated_on, thing.moderated_by = Tip.State.DECLINED, timezone.localdate(), actor
        thing.save(update_fields=["state", "reason", "moderated_on", "moderated_by"])
        return
    thing.state = Idea.State.HIDDEN if isinstance(thing, Idea) else IdeaAnswer.State.HIDDEN
    thing.save(update_fields=["state", "reason"])
