"""Writing an offer down, deciding about it, looking back at it (rows 4, 9, 10, 70)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from fairlead.web import erasing, trail
from fairlead.web.direction import offer_rules
from fairlead.web.direction.later_sittings import today_of
from fairlead.web.direction.models import Offer, OfferCheck, OfferPromise
from fairlead.web.runs.actions import Refused

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from fairlead.web.people.models import Person

MOST_PROMISES: Final = 40
"""Promises of one offer: nobody compares more than that."""

NOT_YET_DUE: Final = gettext_noop("This look back is not due yet. Its day stands below.")

GONE: Final = gettext_noop("This offer was deleted in another window.")

LOOKED_BACK = gettext_noop(
    "You have looked back at this offer already, so its decision stays as it was written. "
    "What came since can stand in the next look back."
)


@transaction.atomic
def record(*, actor: Person, think_until: date | None = None, **values: Any) -> Offer:
    """Write down an offer that came; without a day of its own, thinking takes a week or until it is due."""
    until = think_until or offer_rules.thinking_until(values["came_on"], values.get("answer_by"))
    made = Offer.objects.create(owner=actor, think_until=until, **values)
    trail.record(actor, "add", made)
    return made


@transaction.atomic
def change(*, actor: Person, offer: Offer, think_until: date | None = None, **values: Any) -> None:
    """Change what was written about an offer."""
    _one_window(offer)
    for name, value in values.items():
        setattr(offer, name, value)
    offer.think_until = think_until or offer_rules.thinking_until(offer.came_on, offer.answer_by)
    offer.save(update_fields=[*values, "think_until"])
    trail.record(actor, "change", offer)


@transaction.atomic
def promises(*, actor: Person, offer: Offer, texts: Mapping[str, Sequence[str]]) -> int:
    """Add what was promised, by its kind; all of it or, where that is too much, nothing."""
    return sum(promise(actor=actor, offer=offer, kind=kind, texts=said) for kind, said in texts.items())


@transaction.atomic
def promise(*, actor: Person, offer: Offer, kind: str, texts: Sequence[str]) -> int:
    """Add promised benefits or burdens, each once, and say how many were new."""
    there = list(OfferPromise.objects.filter(offer=offer))
    known = {one.text.casefold() for one in there if one.kind == kind}
    fresh = [text for text in dict.fromkeys(texts) if text.casefold() not in known]
    if len(there) + len(fresh) > MOST_PROMISES:
        wrong = _("An offer holds at most %(most)s promises. Remove one that counts less.")
        raise Refused(wrong % {"most": MOST_PROMISES})
    for text in fresh:
        OfferPromise.objects.create(offer=offer, kind=kind, text=text)
    if fresh:
        trail.record(actor, "change", offer, promises=len(there) + len(fresh))
    return len(fresh)


@transaction.atomic
def remove_promise(*, actor: Person, promise: OfferPromise) -> None:
    """Remove a promise; what was said of it in a look back goes too."""
    offer = promise.offer
    for check in OfferCheck.objects.filter(offer=offer):
        if check.content.pop(str(promise.pk), None) is not None:
            check.save(update_fields=["content"])
    promise.delete()
    trail.record(actor, "change", offer)
    erasing.for_good()


@transaction.atomic
def decide(
    *,
    actor: Person,
    offer: Offer,
    decision: str,
    reasons: str,
    begins_on: date | None = None,
    until: date | None = None,
) -> None:
    """Write the decision down with its reasons; accepting and declining set the days of looking back.

    ``begins_on`` is when the new role begins, ``until`` the day on which a postponed offer comes up
    again.
    """
    _one_window(offer)
    if offer.decision in {Offer.Decision.ACCEPTED, Offer.Decision.DECLINED}:
        raise Refused(gettext_noop("This offer is decided. Take the decision back first."))
    today = today_of(actor)
    if decision == Offer.Decision.POSTPONED:
        until = until or today + timedelta(days=offer_rules.PUT_OFF_DAYS)
        if until <= today:
            raise Refused(gettext_noop("Choose a day after today on which it shall come up again."))
        offer.think_until = until
    offer.decision, offer.reasons, offer.decided_on = decision, reasons, today
    offer.save(update_fields=["decision", "reasons", "decided_on", "think_until"])
    if decision != Offer.Decision.POSTPONED:
        begins = max(begins_on, today) if begins_on and decision == Offer.Decision.ACCEPTED else today
        for months in offer_rules.LOOKS_BACK:
            due = offer_rules.months_after(begins, months)
            OfferCheck.objects.create(offer=offer, months=months, due_on=due)
    trail.record(actor, "decide", offer)  # which one is content, and auditors read the record


@transaction.atomic
def reopen(*, actor: Person, offer: Offer) -> None:
    """Take a decision back; refused once somebody has looked back at it."""
    _one_window(offer)
    checks = OfferCheck.objects.filter(offer=offer)
    if checks.filter(done_on__isnull=False).exists():
        raise Refused(LOOKED_BACK)
    checks.delete()
    offer.decision, offer.decided_on = Offer.Decision.OPEN, None
    offer.save(update_fields=["decision", "decided_on"])
    trail.record(actor, "change", offer)


@transaction.atomic
def look_back(
    *, actor: Person, check: OfferCheck, came: Mapping[str, str], satisfaction: int | None, note: str
) -> None:
    """Say what came of each promise; not before its day, and what was said can be changed later."""
    today = today_of(actor)
    if today < check.due_on:
        raise Refused(NOT_YET_DUE)
    known = {str(one.pk) for one in OfferPromise.objects.filter(offer=check.offer_id)}
    check.content = {number: said for number, said in came.items() if number in known}
    check.satisfaction, check.note, check.done_on = satisfaction, note, check.done_on or today
    check.save(update_fields=["content", "satisfaction", "note", "done_on"])
    trail.record(actor, "finish", check, months=check.months)


@transaction.atomic
def delete(*, actor: Person, offer: Offer) -> None:
    """Delete an offer with its promises and looks back."""
    trail.record(actor, "delete", offer)
    offer.delete()
    erasing.for_good()


def _one_window(offer: Offer) -> None:
    """Let a second click wait until this transaction is over, and know what the first one did."""
    try:
        offer.refresh_from_db(from_queryset=Offer.objects.select_for_update())
    except Offer.DoesNotExist:
        raise Refused(GONE) from None
