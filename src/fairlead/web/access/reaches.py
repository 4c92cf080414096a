"""Which rows somebody reaches because of who they are to them; permissions name these."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from fairlead.web.access.relations import coached_by, everything, is_in_chart, led_by
from fairlead.web.feedback.models import Report, Seat, Survey
from fairlead.web.grants.models import Over, Role
from fairlead.web.handbook.models import Idea, IdeaAnswer, Tip
from fairlead.web.journey.models import Advocacy, Witness
from fairlead.web.sharing.models import COMMENTED, FOR_COACHES, FOR_NEAR

if TYPE_CHECKING:
    from fairlead.web.people.models import Person


def read_share(person: Person) -> Q:
    """Give what one shares, and what was shared with one while it stands."""
    shown = Q(reader=person, ended_at=None, ends_at__gt=timezone.now())
    return Q(owner=person) | (shown & may_be_shown(person))


def may_be_shown(person: Person) -> Q:
    """Give the shares whose kind may be shown to what somebody is to the owner: that ends, and they close."""
    coached = Q(owner__in=coached_by(person))
    free = ~Q(kind__in=FOR_COACHES | FOR_NEAR)
    return free | coached | Q(kind__in=FOR_NEAR, owner__in=led_by(person))


def comment_on(person: Person) -> Q:
    """Give what somebody is shown as the owner's manager or coach, and can write a comment on."""
    near = Q(owner__in=coached_by(person)) | Q(owner__in=led_by(person, two_steps=False))
    return Q(reader=person, ended_at=None, ends_at__gt=timezone.now(), kind__in=COMMENTED) & near


def own_grant(person: Person) -> Q:
    """Give the roles that are one's own, and the coach whom one has chosen."""
    return Q(person=person) | Q(over=Over.PERSON, over_id=person.pk)


def granted_roles(_person: Person) -> Q:
    """Give the roles of the organization; who coaches whom is known to these two alone."""
    return ~Q(role=Role.COACH)


ABOUT_WORK: Final = (Survey.Kind.UPWARD, Survey.Kind.PULSE)


def begun(person: Person) -> Q:
    """Give the surveys somebody began about themselves."""
    return Q(made_by=person, about=person)


def asked(person: Person) -> Q:
    """Give the surveys in which somebody has a seat."""
    return Q(Exists(Seat.objects.filter(owner=person, survey=OuterRef("pk"))))


def own_reports(person: Person) -> Q:
    """Give what is about oneself, what a manager shows the team, the whole of pulses one was asked in."""
    seats = Seat.objects.filter(owner=person, survey=OuterRef("survey"))
    # A seat names its team as text, the report its manager as a key: compared in Python, they are few.
    teams = Seat.objects.filter(owner=person).values_list("survey", "team")
    shown = Q(pk__in=[])
    for survey, team in teams:
        if team:
            shown |= Q(survey=survey, about=team, reach=Report.Reach.TEAM, shown_to_team_at__isnull=False)
    whole = Q(Exists(seats), about=None, survey__kind=Survey.Kind.PULSE)
    return Q(about=person) | shown | whole


def own_team_asked(person: Person) -> Q:
    """Give the finished surveys that asked somebody's own team about them, with a report or without one."""
    over = Survey.objects.filter(state__in=[Survey.State.RELEASED, Survey.State.HELD])
    found = over.exclude(kind=Survey.Kind.PULSE).values_list("pk", "organization")
    # Compared in Python: not every database looks for an entry in a list inside JSON.
    teams = {pk: (organization or {}).get("teams", ()) for pk, organization in found}
    mine = {
        pk
        for pk, those in teams.items()
        if any(one["id"] == str(person.pk) and one["members"] for one in those)
    }
    return Q(pk__in=mine)


def notes_while_coaching(person: Person) -> Q:
    """Give one's own notes about those whom one coaches today; with the coaching they close."""
    return Q(owner=person, person__in=coached_by(person))


SPEAKING: Final = (Advocacy.State.ASKED, Advocacy.State.YES, Advocacy.State.NOT_YET)


def asked_as_witness(person: Person) -> Q:
    """Give the questions about one's own entries, and those to oneself while they can be answered."""
    waits = Q(state=Witness.State.ASKED, ends_on__gte=timezone.localdate())
    stands = Q(owner=person) & Q(state__in=[Witness.State.ASKED, Witness.State.CONFIRMED])
    return stands | Q(witness=person) & (waits | Q(state=Witness.State.CONFIRMED))


def offered(person: Person) -> Q:
    """Give one's own, and to colleagues what somebody offers or publishes to them."""
    return everything(person) if is_in_chart(person) else Q(person=person)


def read_tips(person: Person) -> Q:
    """Give the published tips to everybody in the chart."""
    return Q(state=Tip.State.PUBLISHED) if is_in_chart(person) else Q(pk__in=[])


def read_ideas(person: Person) -> Q:
    """Give one's own ideas, and to everybody in the chart those that were not taken away."""
    shown = ~Q(state=Idea.State.HIDDEN) if is_in_chart(person) else Q(pk__in=[])
    return Q(author=person) | shown


def read_answers(person: Person) -> Q:
    """Give one's own answers, and to everybody in the chart those under an idea that they read."""
    shown = Q(state=IdeaAnswer.State.SHOWN) & ~Q(idea__state=Idea.State.HIDDEN)
    return Q(author=person) | (shown if is_in_chart(person) else Q(pk__in=[]))


def notices(person: Person) -> Q:
    """Give the open notices that are not about what somebody wrote themselves."""
    mine = Q(tip__author=person) | Q(idea__author=person) | Q(answer__author=person)
    return Q(settled_on=None) & ~mine
