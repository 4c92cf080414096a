"""Reading offers: what stands on their pages, and what of them waits under Today."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from fairlead.library.translations import ORIGINAL
from fairlead.render import words
from fairlead.web import asked_in
from fairlead.web.direction import offer_rules, offer_words
from fairlead.web.direction.later_sittings import today_of
from fairlead.web.direction.models import Offer, OfferCheck, OfferPromise
from fairlead.web.today import Waiting

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from fairlead.web.people.models import Person

CAME_WORDS: Final = {
    "yes": gettext_noop("came"),
    "partly": gettext_noop("partly"),
    "no": gettext_noop("did not come"),
}
DECIDED: Final = {
    "accepted": gettext_noop("accepted on %(on)s"),
    "declined": gettext_noop("declined on %(on)s"),
    "postponed": gettext_noop("put off on %(on)s"),
}
KINDS: Final = (
    (OfferPromise.Kind.BENEFIT, "benefit", gettext_noop("Promised benefits")),
    (OfferPromise.Kind.BURDEN, "burden", gettext_noop("Burdens that come with it")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One offer in the list."""

    offer: Offer
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """One promise, and what came of it at each look back (an empty word where nothing was said)."""

    promise: OfferPromise
    came: tuple[str, ...]
    says: tuple[str, ...]

    @property
    def text(self) -> str:
        """The promise in the language of the page."""
        return offer_words.in_words(self.promise.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Benefits or burdens of one offer, with what came of them in one sentence."""

    kind: str
    title: str
    lines: tuple[Compared, ...]
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Everything about one offer."""

    offer: Offer
    sections: tuple[Section, ...]
    checks: tuple[OfferCheck, ...]
    done: tuple[OfferCheck, ...]
    due: tuple[OfferCheck, ...]
    speed: str
    thinking: bool
    early: bool

    @property
    def is_decided(self) -> bool:
        """Whether it was accepted or declined; put off is still open."""
        return self.offer.decision in {Offer.Decision.ACCEPTED, Offer.Decision.DECLINED}


def offers(person: Person) -> list[Line]:
    """Give the person's offers, newest first, each with one line."""
    today = today_of(person)
    return [Line(offer=one, says=_says(one, today)) for one in Offer.objects.filter(owner=person)]


def promises_of(offer: Offer) -> list[OfferPromise]:
    """Give the promises of an offer, benefits first."""
    return list(OfferPromise.objects.filter(offer=offer))


def promise_of(offer: Offer, number: int) -> OfferPromise | None:
    """Give one promise of an offer."""
    return OfferPromise.objects.filter(offer=offer, pk=number).first()


def check_of(offer: Offer, months: int) -> OfferCheck | None:
    """Give the look back at an offer after so many months."""
    return OfferCheck.objects.filter(offer=offer, months=months).first()


def page(offer: Offer, today: date) -> Page:
    """Lay one offer out, with what came of its promises so far."""
    checks = tuple(OfferCheck.objects.filter(offer=offer))
    done = tuple(one for one in checks if one.done_on)
    promises = promises_of(offer)
    early = offer.decided_on is not None and offer.decision != Offer.Decision.POSTPONED
    return Page(
        offer=offer,
        sections=tuple(_sections(promises, done)),
        checks=checks,
        done=done,
        due=tuple(one for one in checks if not one.done_on and one.due_on <= today),
        speed=offer_rules.speed(offer.came_on, offer.answer_by),
        thinking=offer_rules.is_thinking(offer.think_until, today),
        early=early and offer.decided_on is not None and offer.decided_on < offer.think_until,
    )


def today_part(person: Person) -> tuple[Waiting, ...]:
    """Say what of the person's offers waits, what asks for something first; never what was offered."""
    today = today_of(person)
    offers = list(Offer.objects.filter(owner=person))
    if not offers:
        return ()  # Today asks at every visit, and most people have none
    undecided = [one for one in offers if one.decision in {Offer.Decision.OPEN, Offer.Decision.POSTPONED}]
    open_ones = sorted(undecided, key=lambda one: one.think_until)
    due = OfferCheck.objects.filter(offer__owner=person, done_on=None, due_on__lte=today)
    later = [one for one in open_ones if offer_rules.is_thinking(one.think_until, today)]
    now = [one for one in open_ones if one not in later]
    return (
        *(_waiting(one, today) for one in now),
        *(_look_back(one) for one in due),
        *(_waiting(one, today) for one in later),
    )


def _waiting(offer: Offer, today: date) -> Waiting:
    href = reverse("direction:offer", args=[offer.pk])
    if offer_rules.is_thinking(offer.think_until, today):
        put_off = offer.decision == Offer.Decision.POSTPONED
        until = words.day(offer.think_until.isoformat())
        return Waiting(
            title="An offer that you put off" if put_off else "An offer to think about",
            href=href,
            says=f"Until {until}. No answer is asked of you before." if not put_off else f"Until {until}.",
        )
    by = f" An answer is wanted by {words.day(offer.answer_by.isoformat())}." if offer.answer_by else ""
    return Waiting(title="An offer to decide about", href=href, says=f"Your time to think is over.{by}")


def _look_back(check: OfferCheck) -> Waiting:
    return Waiting(
        title=f"{check.months} months since you decided about an offer",
        href=reverse("direction:look_back", args=[check.offer_id, check.months]),
        says="What came of what was promised?",
    )


def _says(offer: Offer, today: date) -> str:
    came = _("came on %(on)s") % {"on": asked_in.day(offer.came_on)}
    if offer.decision and offer.decided_on:
        now = asked_in.said(DECIDED[offer.decision]) % {"on": asked_in.day(offer.decided_on)}
    elif offer_rules.is_thinking(offer.think_until, today):
        now = _("thinking until %(until)s") % {"until": asked_in.day(offer.think_until)}
    else:
        now = _("not decided")
    return f"{came} · {now}"


def _sections(promises: Sequence[OfferPromise], done: Sequence[OfferCheck]) -> Iterator[Section]:
    for kind, word, title in KINDS:
        mine = [one for one in promises if one.kind == kind]
        lines = tuple(_compared(one, done) for one in mine)
        yield Section(kind=kind, title=asked_in.said(title), lines=lines, says=_sum(lines, word, done))


def _compared(promise: OfferPromise, done: Sequence[OfferCheck]) -> Compared:
    came = tuple(check.content.get(str(promise.pk), "") for check in done)
    told = zip(done, came, strict=True)
    after, open_ = _("after %(months)s months: %(came)s"), gettext_noop("not said")
    says = tuple(
        after % {"months": check.months, "came": asked_in.said(CAME_WORDS.get(word, open_))}
        for check, word in told
    )
    return Compared(promise=promise, came=came, says=says)


def _sum(lines: Sequence[Compared], word: str, done: Sequence[OfferCheck]) -> str:
    """Say in one sentence what came by the last look back."""
    if not lines or not done or not any(line.came[-1] for line in lines):
        return ""
    last = [line.came[-1] for line in lines]
    told = [
        f"{count} {words_}"
        for count, words_ in (
            (last.count("yes"), "came"),
            (last.count("partly"), "came partly"),
            (last.count("no"), "did not come"),
            (last.count(""), "cannot be said yet"),
        )
        if count
    ]
    if asked_in.now() != ORIGINAL:
        return _summed(last, done[-1].months)
    whole = words.count(len(lines), word)
    return f"Of {whole}, after {done[-1].months} months: {words.listed(told)}."


def _summed(last: Sequence[str], months: int) -> str:
    """Say the same with the numbers behind their words: no language has to bend one for another."""
    counts = {name or "open": last.count(name) for name in ("yes", "partly", "no", "")}
    says = _(
        "After %(months)s months, of %(all)s: came %(yes)s, came partly %(partly)s, did not come %(no)s, "
        "cannot be said yet %(open)s."
    )
    return says % {**counts, "months": months, "all": len(last)}
