"""Reading who offers to be a mentor, who could be asked, and one's own mentorships."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from fairlead.core.matching import Pair, in_order
from fairlead.library.practice import SKILLS
from fairlead.library.translations import ORIGINAL
from fairlead.web import asked_in
from fairlead.web.access.relations import here, in_chart
from fairlead.web.growth.mentor_actions import counts_until
from fairlead.web.growth.mentor_lines import lines
from fairlead.web.growth.models import MentorOffer, Mentorship, MentorWish
from fairlead.web.growth.topics import ASPECTS, TOPICS, TRACKS
from fairlead.web.people.models import Person
from fairlead.web.roster.models import Position
from fairlead.web.today import Waiting

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date
    from uuid import UUID

    from django.db.models import QuerySet

NEW_FOR_DAYS: Final = 14
"""For how many days an answer to one's own question stands under Today."""

_STANDING: Final = (Mentorship.State.ASKED, Mentorship.State.AGREED)
_SKILL, _TRACK, _OTHER_UNIT, _ROOM = 10, 4, 2, 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where somebody works, as every colleague sees it in the chart."""

    title: str = ""
    unit: str = ""

    @property
    def words(self) -> str:
        """Title and unit."""
        return ", ".join(filter(None, (self.title, self.unit)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """Somebody who could be asked: what they say, why they stand here, and whether there is room."""

    offer: MentorOffer
    place: str
    skills: tuple[str, ...]
    tracks: tuple[str, ...]
    aspects: tuple[str, ...]
    reasons: tuple[str, ...]
    has_room: bool
    standing: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotSuggested:
    """Somebody who offers it and is not suggested, and why."""

    person: Person
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """What came of looking for a mentor for one topic; ``seed`` decided among equals."""

    about: str
    track: str
    suggestions: tuple[Suggestion, ...]
    left_out: tuple[NotSuggested, ...]
    seed: str

    @property
    def word(self) -> str:
        """The plain words of the topic."""
        return TOPICS[self.about]


@dataclass(frozen=True, slots=True, kw_only=True)
class Two:
    """One mentorship as one of the two sees it; ``now`` says when a reporting line has come between them.

    ``stays_until`` is the day until which a no stands, so that it is kept.
    """

    mentorship: Mentorship
    other: Person
    place: str
    mine_to_answer: bool
    i_learn: bool
    now: str = ""
    stays_until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MentorHome:
    """What the page about mentors shows beside a search."""

    offer: MentorOffer | None
    offered: tuple[str, ...]
    waits_for_me: tuple[Two, ...]
    asked: tuple[Two, ...]
    standing: tuple[Two, ...]
    over: tuple[Two, ...]
    wishes: tuple[MentorWish, ...]


def own_offer(person: Person) -> MentorOffer | None:
    """Give what the person offers, if they do."""
    return MentorOffer.objects.filter(person=person).first()


def hope(person: Person, about: str) -> str:
    """Give what the person noted that they hope for, to begin a question with."""
    found = MentorWish.objects.filter(owner=person, about=about).first() if about in TOPICS else None
    return found.says if found else ""


def search(person: Person, about: str, track: str = "") -> Search:
    """Order who could be asked: by what fits, and among equals by a draw that is written down."""
    seed = f"{about} {timezone.localdate():%Y-%m}"
    offers = {
        str(one.person_id): one
        for one in _offers().exclude(person=person)
        if about in one.about and about in TOPICS
    }
    in_line, places = lines(person), _places([one.person_id for one in offers.values()] + [person.pk])
    # What is over says nothing about what stands between the same two now.
    mine = [one for one in _of(person) if one.learner_id == person.pk and one.state in _STANDING]
    known = {one.mentor_id: one.state for one in mine}
    pairs, left_out = [], []
    for name, offer in offers.items():
        if offer.person_id in in_line:
            left_out.append(NotSuggested(person=offer.person, why=in_line[offer.person_id]))
        else:
            pairs.append(_pair(person, name, offer, places, about, track))
    ordered = in_order(pairs, seed=seed)
    found = [_suggestion(offers[pair.place], pair, places, known) for pair in ordered]
    # Who has no room stands at the end whatever fits: there is nothing to ask at the moment.
    found.sort(key=lambda one: not one.has_room)
    left_out.sort(key=lambda one: str(one.person).casefold())
    return Search(about=about, track=track, suggestions=tuple(found), left_out=tuple(left_out), seed=seed)


def home(person: Person) -> MentorHome:
    """Give the person's own offer, what waits, what stands, what is over, and what they look for."""
    offer = own_offer(person)
    twos = _twos(person, _of(person))
    standing = [one for one in twos if one.mentorship.state == Mentorship.State.AGREED]
    asked = [one for one in twos if one.mentorship.state == Mentorship.State.ASKED]
    return MentorHome(
        offer=offer,
        offered=tuple(words(offer.about)) if offer else (),
        waits_for_me=tuple(one for one in asked if one.mine_to_answer),
        asked=tuple(one for one in asked if one.i_learn),
        standing=tuple(standing),
        over=tuple(one for one in twos if one not in asked and one not in standing and _is_told(one)),
        wishes=tuple(MentorWish.objects.filter(owner=person)),
    )


def waiting(person: Person) -> tuple[Waiting, ...]:
    """Say under Today what waits for the person's answer, and what was answered lately."""
    twos = _of(person)
    asked = [one for one in twos if one.mentor_id == person.pk and one.state == Mentorship.State.ASKED]
    since = timezone.localdate() - timedelta(days=NEW_FOR_DAYS)
    agreed = [
        one
        for one in twos
        if one.learner_id == person.pk
        and one.state == Mentorship.State.AGREED
        and one.answered_on is not None
        and one.answered_on >= since
    ]
    found = []
    if asked:
        says = "Somebody asks you to be their mentor." if len(asked) == 1 else f"{len(asked)} people ask you."
        found.append(Waiting(title="A mentor is asked for", href=reverse("growth:mentors"), says=says))
    if agreed:
        title = "Your mentor said yes" if len(agreed) == 1 else "Your mentors said yes"
        found.append(Waiting(title=title, href=reverse("growth:mentors"), says="Agree on a first hour."))
    return tuple(found)


def words(about: Iterable[str]) -> list[str]:
    """Give the plain words of topics, in their fixed order and in the language of the page."""
    chosen = set(about)
    return [asked_in.said(word) for name, word in TOPICS.items() if name in chosen]


def _offers() -> QuerySet[MentorOffer]:
    """Give the open offers of people who are here, have an account and stand in the chart."""
    can = Person.objects.filter(here(), in_chart(), user__is_active=True)
    return MentorOffer.objects.filter(open=True, person__in=can).select_related("person__user")


def _of(person: Person) -> list[Mentorship]:
    rows = Mentorship.objects.filter(Q(learner=person) | Q(mentor=person))
    return list(rows.order_by("-asked_on", "pk"))


def _places(numbers: Iterable[UUID]) -> dict[UUID, Place]:
    today = Position.objects.on(timezone.localdate()).filter(person__in=list(numbers))
    return {
        number: Place(title=title, unit=unit or "")
        for number, title, unit in today.values_list("person", "title", "unit__name")
    }


def _pair(
    person: Person, name: str, offer: MentorOffer, places: Mapping[UUID, Place], about: str, track: str
) -> Pair:
    """Say what speaks for one mentor; each reason counts for what it is worth, and is told."""
    offers = _knows(about) if about in TRACKS else _("offers %(topic)s") % {"topic": _in_a_sentence(about)}
    fit, reasons = _SKILL, [offers]
    if track and track != about and track in offer.about:
        fit += _TRACK
        reasons.append(_knows(track))
    there, mine = places.get(offer.person_id, Place()).unit, places.get(person.pk, Place()).unit
    if there and there != mine:
        fit += _OTHER_UNIT
        reasons.append(_("works in another unit, so that your daily work does not lie between you"))
    if offer.capacity - offer.taken > 1:
        fit += _ROOM
        reasons.append(_("has room for %(count)s people") % {"count": offer.capacity - offer.taken})
    return Pair(seeker=str(person.pk), place=name, fit=fit, reasons=tuple(reasons))


def _knows(track: str) -> str:
    return _("knows this track from the inside: %(track)s") % {"track": _in_a_sentence(track)}


def _in_a_sentence(topic: str) -> str:
    """Give the words of a topic as they stand inside a sentence: in German with their capitals."""
    return TOPICS[topic].lower() if asked_in.now() == ORIGINAL else asked_in.said(TOPICS[topic])


def _suggestion(
    offer: MentorOffer, pair: Pair, places: Mapping[UUID, Place], known: Mapping[UUID, str]
) -> Suggestion:
    return Suggestion(
        offer=offer,
        place=places.get(offer.person_id, Place()).words,
        skills=tuple(words(one for one in offer.about if one in SKILLS)),
        tracks=tuple(words(one for one in offer.about if one in TRACKS)),
        aspects=tuple(words(one for one in offer.about if one in ASPECTS)),
        reasons=pair.reasons,
        has_room=offer.taken < offer.capacity,
        standing=known.get(offer.person_id, ""),
    )


def _twos(person: Person, rows: list[Mentorship]) -> list[Two]:
    if not rows:
        return []
    numbers = {one.learner_id for one in rows} | {one.mentor_id for one in rows}
    people = {one.pk: one for one in Person.objects.filter(pk__in=numbers).select_related("user")}
    places, in_line = _places(numbers), lines(person)
    found = []
    for one in rows:
        i_learn = one.learner_id == person.pk
        other = people.get(one.mentor_id if i_learn else one.learner_id)
        if other is None:
            continue
        found.append(
            Two(
                mentorship=one,
                other=other,
                place=places.get(other.pk, Place()).words,
                mine_to_answer=not i_learn,
                i_learn=i_learn,
                now=in_line.get(other.pk, ""),
                stays_until=counts_until(one) if i_learn else None,
            )
        )
    return found


def _is_told(one: Two) -> bool:
    """Leave out what a mentor declined: to them it is done, and no list of it is kept in sight."""
    return one.i_learn or one.mentorship.state == Mentorship.State.ENDED
