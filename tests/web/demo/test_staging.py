"""Filling the demo: everybody of the cast stands where their story says."""

import datetime as dt

import pytest
from django.utils import timezone

from fairlead.core.skill_or_will import read_frustration
from fairlead.web import release
from fairlead.web.access.relations import holds
from fairlead.web.audits import queries
from fairlead.web.audits.models import AnswerSheet, CalendarImport, Reading
from fairlead.web.demo import CAST, cast, fill
from fairlead.web.direction import sittings
from fairlead.web.direction.models import Offer
from fairlead.web.feedback.models import OPEN, Report, Seat, Survey
from fairlead.web.grants.models import Role
from fairlead.web.growth.models import Experiment, Mentorship, PublishedPhilosophy, Skill
from fairlead.web.handbook import stated
from fairlead.web.handbook.models import Idea, Tip
from fairlead.web.people.models import Person, User

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

EMAILS = {player.key: player.email for player in CAST}


def newest(key):
    return queries.audit_of(Reading.objects.filter(owner__user__email=EMAILS[key]).first())


def test_the_demo_company_tells_its_stories():
    fill()
    monday = timezone.localdate() - dt.timedelta(days=timezone.localdate().weekday())

    for member in cast.CAST:
        readings = Reading.objects.filter(owner__user__email=EMAILS[member.key])
        assert readings.count() == len(member.symptoms)
        days = [reading.made_on for reading in readings]
        assert days == sorted(days, reverse=True)
        if days:
            assert days[0] == monday
    assert Person.objects.filter(user__isnull=False).count() == len(cast.CAST)
    assert Person.objects.filter(number__isnull=False, left=None).count() == 240
    operating = {member.key for member in cast.CAST if member.operates}
    assert {
        key for key in EMAILS if holds(User.objects.get(email=EMAILS[key]), Role.PEOPLE_OPERATIONS)
    } == operating
    assert not AnswerSheet.objects.filter(owner__user__email=EMAILS["newcomer"]).exists()

    read = {member.key for member in cast.CAST if member.symptoms}
    rut = newest("rut")
    assert rut.next_step.about == "firefighting"
    assert rut.rut is not None
    assert any(drift.moved == "higher" for drift in rut.rut.drift)
    hours = {key: newest(key).time.hours for key in EMAILS if key in read}
    assert hours["star"].doing > 2 * (hours["star"].leading + hours["star"].managing)
    assert hours["leadership_gap"].managing > 10 * hours["leadership_gap"].leading
    assert hours["management_gap"].leading > 5 * hours["management_gap"].managing
    assert hours["informal"].leading > hours["informal"].managing
    assert hours["both_gaps"].firefighting > hours["both_gaps"].leading + hours["both_gaps"].managing

    kept = CalendarImport.objects.exclude(titles=None)
    assert all(one.last_day >= monday - dt.timedelta(days=7) for one in kept)

    check_surveys()
    check_directions()
    check_growth()


def check_surveys():
    """Two waves of a pulse, feedback about managers, colleagues and a small team, and one that is open."""
    by_title = {one.title: one for one in Survey.objects.exclude(instrument="pulse-culture")}
    waves = list(Survey.objects.filter(instrument="pulse-culture").order_by("closes_on"))
    closed = by_title["How our managers lead and manage"]
    assert [one.state for one in (*waves, closed)] == ["released"] * 3
    assert (timezone.localdate() - closed.closes_on).days <= 3
    assert [one.state for one in by_title.values()].count("open") == 1

    rut = Person.objects.get(user__email=EMAILS["rut"])
    report = Report.objects.get(survey=closed, about=rut, reach="team")
    assert len(release.figures_of(report)["cells"]) > 20

    four = by_title["Do I make the team stronger?"]
    assert (four.state, Report.objects.filter(survey=four).exists()) == ("released", False)

    again = release.figures_of(Report.objects.get(survey=waves[1], reach="whole"))
    assert again["earlier_on"] == waves[0].closes_on.isoformat()
    assert any(cell["trend"] or cell["held"] for cell in again["cells"])

    seats = Seat.objects.filter(survey=by_title["What makes us stronger"])
    mine = {seat.owner_id: seat.used for seat in seats}
    asked = [Person.objects.get(user__email=EMAILS[key]) for key in ("rut", "star")]
    assert [mine[person.pk] for person in asked] == [OPEN, OPEN]


def check_directions():
    """The star is pushed and may think; one has no tools, one no wish; one gave a team back gladly."""
    people = {key: Person.objects.get(user__email=email) for key, email in EMAILS.items()}
    said = {key: sittings.answers_of(people[key]) for key in ("star", "rut", "will_gap", "stepped_back")}
    read = {
        key: [read_frustration(one).reading for one in one.frustrations or ()] for key, one in said.items()
    }
    assert read["rut"] == ["skill_gap", "skill_gap", "skill_gap"]
    assert read["will_gap"][:2] == ["will_gap", "will_gap"]
    assert said["star"].why.push == "pushed"
    waits = Offer.objects.get(owner=people["star"])
    assert (waits.decision, waits.think_until > timezone.localdate()) == ("", True)
    back = Offer.objects.get(owner=people["stepped_back"])
    assert back.decision == "accepted"
    looked = [one.satisfaction for one in back.checks.all() if one.done_on]
    assert looked == [4, 5]


def check_growth():
    """One skill is open, its experiment runs; a mentor is asked; tips, an idea, a philosophy, values."""
    rut, back = (Person.objects.get(user__email=EMAILS[key]) for key in ("rut", "stepped_back"))
    states = sorted(one.state for one in Skill.objects.filter(owner=rut))
    assert states == ["open", "waiting", "waiting"]
    running = Experiment.objects.get(owner=rut, ended_on=None)
    assert running.due_on > timezone.localdate()
    assert sum(one.done_on is not None for one in running.practices.all()) == 3
    assert Mentorship.objects.get(mentor=back).state == "asked"
    assert [one.person for one in PublishedPhilosophy.objects.all()] == [back]
    assert sorted(tip.state for tip in Tip.objects.all()) == ["published", "waiting"]
    assert Idea.objects.get().answers.count() == 1
    assert [entry.name for entry in stated.read(stated.newest()).entries] == [
        "True at sea", "One crew", "Room to decide",
    ]  # fmt: skip
