"""Offering, looking, asking, saying yes, declining kindly, ending: every write about mentors (row 81)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from fairlead.web import erasing, trail, vault
from fairlead.web.finding import can_be_reached
from fairlead.web.growth.mentor_lines import lines
from fairlead.web.growth.models import MentorOffer, Mentorship, MentorWish
from fairlead.web.growth.topics import TOPICS
from fairlead.web.people.models import Person
from fairlead.web.runs.actions import Refused
from fairlead.web.trail.models import Entry

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

MOST_ASKED: Final = 3
"""Questions that wait at the same time: who asks ten people at once asks nobody."""

LAPSES_AFTER: Final = timedelta(days=30)
"""A question without an answer is over then; nobody has to say no."""

NOT_AGAIN_FOR: Final = timedelta(days=90)
"""How long the same person is not asked again."""

BETWEEN: Final = gettext_noop(
    "Who asks stands in your reporting line, and a mentor does not decide about somebody’s work. Decline, "
    "and help them find somebody else."
)
STANDS: Final = gettext_noop(
    "This goes by itself on the day that stands beside it. Until then the same person is not asked again."
)
MAIL: Final = (
    "Something about mentors waits for you in Fairlead. This mail says neither what nor from whom. "
    "Sign in to see it:\n\n{link}\n"
)
ONCE_IN: Final = timedelta(days=1)
"""How long a question counts that was taken back: each one sends a mail."""

_STANDING: Final = (Mentorship.State.ASKED, Mentorship.State.AGREED)


@transaction.atomic
def offer(actor: Person, *, about: Sequence[str], says: str, capacity: int, is_open: bool) -> MentorOffer:
    """Offer to be a mentor, or change the offer."""
    _lock(actor)
    # A yes and an end wait for this row: whoever counts holds it first.
    MentorOffer.objects.select_for_update().filter(person=actor).first()
    taken = Mentorship.objects.filter(mentor=actor, state=Mentorship.State.AGREED).count()
    if capacity < taken:
        wrong = _(
            "You are the mentor of %(taken)s people now. Choose room for %(taken)s or more, or end one first."
        )
        raise Refused(wrong % {"taken": taken})
    made, _new = MentorOffer.objects.update_or_create(
        person=actor,
        defaults={
            "about": list(about), "says": says, "capacity": capacity, "open": is_open, "taken": taken,
        },
    )  # fmt: skip
    trail.record(actor, "offer_mentoring", made)
    return made


@transaction.atomic
def withdraw_offer(actor: Person, *, found: MentorOffer) -> None:
    """Take the offer away; who has a yes keeps it."""
    trail.record(actor, "delete", found)
    found.delete()


@transaction.atomic
def wish(actor: Person, *, about: str, says: str) -> MentorWish:
    """Note that one looks for a mentor for a skill; nobody else sees it."""
    made, _new = MentorWish.objects.get_or_create(owner=actor, about=about)
    made.says = says
    made.save(update_fields=["says"])
    trail.record(actor, "add", made)
    return made


@transaction.atomic
def forget_wish(actor: Person, *, found: MentorWish) -> None:
    """Look no longer."""
    trail.record(actor, "delete", found)
    found.delete()
    erasing.for_good()


@transaction.atomic
def ask(actor: Person, *, found: MentorOffer, about: str, words: str) -> Mentorship:
    """Ask somebody to be one's mentor; it begins with their yes."""
    _lock(actor)
    # Of the offer alone: PostgreSQL locks no row that an outer join may leave out.
    rows = MentorOffer.objects.select_for_update(of=("self",)).select_related("person__user")
    found = rows.get(pk=found.pk)
    _check_offer(actor, found, about)
    _check_asked(actor, found.person)
    made = Mentorship.objects.create(learner=actor, mentor=found.person, about=about, words=words)
    trail.record(actor, "ask_mentor", made, subject=found.person)
    _tell(found.person)
    return made


@transaction.atomic
def agree(actor: Person, *, found: Mentorship, answer: str = "") -> Mentorship:
    """Say yes; the one who asked hears it."""
    now = _mine_to_answer(actor, found)
    place = MentorOffer.objects.select_for_update().filter(person=actor).first()
    if place is None:
        raise Refused(gettext_noop("You offer nothing at the moment. Offer it again first, or decline."))
    if place.taken >= place.capacity:
        raise Refused(gettext_noop("All your room is taken. Make more room in your offer, or decline."))
    if now.learner_id in lines(actor):
        raise Refused(BETWEEN)
    now.state, now.answer, now.answered_on = Mentorship.State.AGREED, answer, timezone.localdate()
    now.save(update_fields=["state", "answer", "answered_on"])
    place.taken += 1
    place.save(update_fields=["taken"])
    trail.record(actor, "confirm", now, subject=now.learner)
    _tell(now.learner)
    return now


@transaction.atomic
def decline(actor: Person, *, found: Mentorship) -> Mentorship:
    """Say no, without a reason; none is asked for, and none is sent."""
    now = _mine_to_answer(actor, found)
    now.state, now.answered_on = Mentorship.State.DECLINED, timezone.localdate()
    now.save(update_fields=["state", "answered_on"])
    trail.record(actor, "decline", now, subject=now.learner)
    _tell(now.learner)
    return now


@transaction.atomic
def take_back(actor: Person, *, found: Mentorship) -> None:
    """Take one's own question back before it is answered; it is gone for both."""
    now = _standing(found, Mentorship.State.ASKED)
    if now.learner_id != actor.pk:
        raise Refused(gettext_noop("Only the one who asked can take the question back."))
    trail.record(actor, "delete", now, subject=now.mentor)
    now.delete()
    erasing.for_good()


@transaction.atomic
def end(actor: Person, *, found: Mentorship) -> Mentorship:
    """End a mentorship; either does it, at any time, without a reason."""
    now = _standing(found, Mentorship.State.AGREED)
    now.state, now.ended_on = Mentorship.State.ENDED, timezone.localdate()
    now.save(update_fields=["state", "ended_on"])
    _give_room_back(now)
    other = now.mentor if now.learner_id == actor.pk else now.learner
    trail.record(actor, "end", now, subject=other)
    _tell(other)
    return now


@transaction.atomic
def remove(actor: Person, *, found: Mentorship) -> None:
    """Remove what is over; it is gone for both. A no stays with the one who asked while it counts."""
    if found.state in _STANDING:
        raise Refused(gettext_noop("It is not over yet. End it, or answer it, first."))
    if found.learner_id == actor.pk and counts_until(found) is not None:
        raise Refused(STANDS)
    trail.record(actor, "delete", found, subject=found.mentor if found.learner == actor else found.learner)
    found.delete()
    erasing.for_good()


def counts_until(found: Mentorship) -> date | None:
    """Give the day from which the same person may be asked again after a no; none where nothing counts."""
    if found.state != Mentorship.State.DECLINED or found.answered_on is None:
        return None
    until = found.answered_on + NOT_AGAIN_FOR
    return until if until > timezone.localdate() else None


def tick() -> None:
    """Let questions lapse that nobody answered, and forget declined ones after their time."""
    today = timezone.localdate()
    with vault.on_duty("retention"), transaction.atomic():
        old = Mentorship.objects.filter(state=Mentorship.State.ASKED, asked_on__lte=today - LAPSES_AFTER)
        old.update(state=Mentorship.State.DECLINED, answered_on=today)
        no = Mentorship.objects.filter(state=Mentorship.State.DECLINED)
        if no.filter(answered_on__lte=today - NOT_AGAIN_FOR).delete()[0]:
            erasing.for_good()


def forget(person: Person) -> None:
    """Give back the room that somebody took who goes; the vault removes the rows."""
    for one in Mentorship.objects.filter(learner=person, state=Mentorship.State.AGREED):
        _give_room_back(one)


def _lock(actor: Person) -> None:
    """Let a second window of the same person wait until this transaction is over."""
    Person.objects.select_for_update().get(pk=actor.pk)


def _check_offer(actor: Person, found: MentorOffer, about: str) -> None:
    mentor = found.person
    if mentor.pk == actor.pk:
        raise Refused(gettext_noop("This is your own offer. Ask somebody else."))
    if about not in TOPICS or about not in found.about or not found.open or not can_be_reached(mentor):
        raise Refused(_("%(mentor)s does not offer this at the moment.") % {"mentor": mentor})
    if found.taken >= found.capacity:
        wrong = _("%(mentor)s has no room at the moment. Ask somebody else, or look again later.")
        raise Refused(wrong % {"mentor": mentor})
    between = lines(actor)
    if mentor.pk in between:
        raise Refused(f"{mentor} {between[mentor.pk]}")


def _check_asked(actor: Person, mentor: Person) -> None:
    mine = Mentorship.objects.filter(learner=actor)
    if mine.filter(mentor=mentor, state__in=_STANDING).exists():
        wrong = _("You have asked %(mentor)s already, or %(mentor)s is your mentor now.")
        raise Refused(wrong % {"mentor": mentor})
    lately = timezone.localdate() - NOT_AGAIN_FOR
    if mine.filter(mentor=mentor, state=Mentorship.State.DECLINED, answered_on__gt=lately).exists():
        wrong = _(
            "You asked %(mentor)s not long ago, and it did not come about. Ask somebody else for now; after "
            "%(days)s days you can ask again."
        )
        raise Refused(wrong % {"mentor": mentor, "days": NOT_AGAIN_FOR.days})
    # A question that was taken back is gone; that it was asked stands in the record.
    asked = Entry.objects.filter(actor=actor.pk, subject=mentor.pk, verb="ask_mentor")
    if asked.filter(at__gt=timezone.now() - ONCE_IN).exists():
        wrong = _("You asked %(mentor)s less than a day ago. Wait until tomorrow before you ask again.")
        raise Refused(wrong % {"mentor": mentor})
    if mine.filter(state=Mentorship.State.ASKED).count() >= MOST_ASKED:
        wrong = _("%(most)s questions of yours wait already. Take one back, or wait for an answer.")
        raise Refused(wrong % {"most": MOST_ASKED})


def _mine_to_answer(actor: Person, found: Mentorship) -> Mentorship:
    now = _standing(found, Mentorship.State.ASKED)
    if now.mentor_id != actor.pk:
        raise Refused(gettext_noop("Only the one who was asked can answer."))
    return now


def _standing(found: Mentorship, state: Mentorship.State) -> Mentorship:
    """Read it again under lock: two people who act at the same moment do not both succeed."""
    now = Mentorship.objects.select_for_update().filter(pk=found.pk).first()
    if now is None or now.state != state:
        raise Refused(gettext_noop("This has changed in the meantime. Look at the page again."))
    return now


def _give_room_back(one: Mentorship) -> None:
    place = MentorOffer.objects.select_for_update().filter(person=one.mentor_id).first()
    if place is not None and place.taken:
        place.taken -= 1
        place.save(update_fields=["taken"])


def _tell(person: Person) -> None:
    """Send a link and nothing else; a mail server that is down stops nothing."""
    if not can_be_reached(person) or person.user is None:
        return
    address, link = person.user.email, f"{settings.URL}{reverse('growth:mentors')}"
    transaction.on_commit(
        lambda: send_mail("Fairlead: about mentors", MAIL.format(link=link), None, [address]), robust=True
    )
