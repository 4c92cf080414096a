"""A role takes two people, counts from day to day, and ends at the next request."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from io import StringIO
from itertools import product

import pytest
import time_machine
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.utils import timezone
from tests.cast import member
from tests.factories import GrantFactory, PersonFactory
from tests.organization import assemble_organization, sign_in

from fairlead.web import access
from fairlead.web.access.relations import _counting, held, holds
from fairlead.web.grants import actions, queries
from fairlead.web.grants.models import Grant, Role
from fairlead.web.people.models import User
from fairlead.web.trail.models import Entry

WHY = "Keeps the books in order"


@pytest.fixture
def organization(db):
    return assemble_organization()


def until(days=365):
    return timezone.localdate() + dt.timedelta(days=days)


def may_see_roles(one):
    return one.browser.get("/roles/").status_code == 200


def propose(organization, who="ada", whom="max", role="auditor", **more):
    person = organization.person(whom)
    return actions.propose(
        organization.person(who), person=person, role=role, until=until(), reason=WHY, **more
    )


def test_a_role_counts_after_the_second_yes_and_not_before(organization):
    grant = propose(organization)
    assert not may_see_roles(organization["max"])
    actions.confirm(organization.person("finn"), grant)
    assert may_see_roles(organization["max"])
    assert [e.verb for e in Entry.objects.filter(object_id=grant.pk).order_by("id")] == ["propose", "confirm"]


@pytest.mark.parametrize("who", ["ada", "max", "cleo", "hugo", "kim"])
def test_the_second_yes_comes_from_a_second_person_who_may(organization, who):
    """Not the proposer, not the grantee, not somebody without the right to."""
    grant = propose(organization)
    with pytest.raises(actions.Refused):
        actions.confirm(organization.person(who), grant)
    grant.refresh_from_db()
    assert grant.confirmed_at is None


def test_nobody_proposes_themselves(organization):
    with pytest.raises(actions.Refused, match="Nobody grants a role to themselves"):
        propose(organization, "ada", "ada", "committee")


@pytest.mark.parametrize("who", ["cleo", "hugo", "ida", "jon", "dora"])
def test_others_propose_nothing(organization, who):
    with pytest.raises(actions.Refused, match="not yours to propose"):
        propose(organization, who, "max")


def test_a_system_administrator_proposes_their_own_kind_only(organization):
    for role in Role:
        if role is Role.SYSTEM_ADMIN:
            assert propose(organization, "gina", "max", role).role == role
        else:
            with pytest.raises(actions.Refused, match="not yours to propose"):
                propose(organization, "gina", "max", role)


def test_the_database_itself_refuses_a_role_that_one_person_gave(organization):
    ada, ben = organization.person("ada"), organization.person("ben")
    for people in (
        {"person": ben, "proposed_by": ben, "confirmed_by": ada},
        {"person": ben, "proposed_by": ada, "confirmed_by": ben},
        {"person": ben, "proposed_by": ada, "confirmed_by": ada},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            GrantFactory.create(role="people_operations", **people)


@pytest.mark.parametrize(
    ("change", "when"),
    [
        ({"since": dt.date(2099, 1, 1)}, "not begun"),
        ({"until": dt.date(2024, 2, 1)}, "over"),
        ({"ended_at": dt.datetime(2024, 2, 1, tzinfo=dt.UTC)}, "ended"),
        ({"confirmed_at": None, "confirmed_by": None}, "not confirmed"),
        ({"over": "unit", "over_id": "00000000-0000-4000-8000-000000000001"}, "for one unit only"),
    ],
)
def test_what_does_not_count_opens_nothing(organization, change, when):
    Grant.objects.filter(role="people_operations").update(**change)
    assert not holds(User.objects.get(email="ada@example.org"), Role.PEOPLE_OPERATIONS), when
    assert not may_see_roles(organization["ada"]), when


def test_a_role_lasts_through_its_last_day(organization):
    grant = Grant.objects.get(person=organization.person("hugo"))
    grant.until = dt.date(2026, 5, 31)
    grant.save()
    for day, counts in (
        (dt.datetime(2026, 5, 31, 23, tzinfo=dt.UTC), True),
        (dt.datetime(2026, 6, 1, 1, tzinfo=dt.UTC), False),
    ):
        with time_machine.travel(day, tick=False):
            assert holds(organization.person("hugo").user, Role.AUDITOR) is counts


def test_two_years_at_most(organization):
    with pytest.raises(actions.Refused, match="two years at most"):
        actions.propose(
            organization.person("ada"),
            person=organization.person("max"),
            role="auditor",
            until=until(800),
            reason=WHY,
        )


def test_the_same_role_twice_is_refused(organization):
    propose(organization)
    with pytest.raises(actions.Refused, match="already"):
        propose(organization, "finn")


def test_who_keeps_the_people_does_not_keep_the_server(organization, settings):
    with pytest.raises(actions.Refused, match="two different people"):
        propose(organization, "ada", "gina", "people_operations")
    with pytest.raises(actions.Refused, match="two different people"):
        propose(organization, "ada", "finn", "system_admin")
    settings.SMALL = True
    assert propose(organization, "ada", "finn", "system_admin").pk


def test_two_proposals_cannot_go_around_it(organization):
    """Proposed for both while holding neither: the second one is refused."""
    propose(organization, "ada", "max", "system_admin")
    with pytest.raises(actions.Refused, match="two different people"):
        propose(organization, "ada", "max", "people_operations")


def test_somebody_without_an_account_or_who_left_gets_no_role(organization):
    left = organization.person("eve")
    left.left = timezone.localdate() - dt.timedelta(days=1)
    left.save()
    with pytest.raises(actions.Refused, match="has left"):
        propose(organization, whom="eve")
    nobody = PersonFactory.create(user=None, name="Only in the roster")
    with pytest.raises(actions.Refused, match="no account"):
        actions.propose(organization.person("ada"), person=nobody, role="auditor", until=until(), reason=WHY)


def test_one_answer_only(organization):
    grant = propose(organization)
    actions.decline(organization.person("max"), grant)
    for act in (actions.confirm, actions.decline):
        with pytest.raises(actions.Refused, match="declined"):
            act(organization.person("finn"), Grant.objects.get(pk=grant.pk))


def test_a_coach_is_agreed_between_two_people(organization):
    max_, eve = organization.person("max"), organization.person("eve")
    grant = actions.choose_coach(max_, coach=eve, until=until(), reason="Speaking in front of people")
    for who in ("max", "ada", "finn", "gina", "ben"):
        with pytest.raises(actions.Refused):
            actions.agree(organization.person(who), grant)
        with pytest.raises(actions.Refused):
            actions.confirm(organization.person(who), grant)
    actions.agree(eve, grant)
    assert access.relations.reach(eve.user, Role.COACH) == {"person": {max_.pk}}
    with pytest.raises(actions.Refused, match="not yours to end"):
        actions.end(organization.person("ada"), grant)
    actions.end(max_, grant)
    assert access.relations.reach(eve.user, Role.COACH) == {}


def test_a_role_ends_at_the_next_request(organization):
    grant = Grant.objects.get(person=organization.person("hugo"))
    assert may_see_roles(organization["hugo"])
    actions.end(organization.person("ada"), grant)
    assert not may_see_roles(organization["hugo"])


def test_the_last_day_is_brought_forward_and_never_back(organization):
    ada, grant = organization.person("ada"), Grant.objects.get(person=organization.person("hugo"))
    with pytest.raises(actions.Refused, match="takes two people"):
        actions.end_on(ada, grant, dt.date(2100, 1, 1))
    with pytest.raises(actions.Refused, match="is over"):
        actions.end_on(ada, grant, until(-1))
    assert actions.end_on(ada, grant, until(5)).until == until(5)


def test_mails_hold_a_link_and_no_name(organization, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        grant = propose(organization)
    assert {m.to[0] for m in mail.outbox} == {"max@example.org", "finn@example.org", "gina@example.org"}
    for sent in mail.outbox:
        text = f"{sent.subject}\n{sent.body}".lower()
        assert "/roles/" in text
        for word in ("max", "ada", "auditor", WHY.lower(), str(grant.pk)):
            assert word not in text.replace("example.org", ""), word


def test_a_mail_server_that_is_away_undoes_nothing(
    organization, settings, django_capture_on_commit_callbacks
):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    with django_capture_on_commit_callbacks(execute=True):
        grant = propose(organization)
    assert Grant.objects.filter(pk=grant.pk).exists()


def test_today_says_what_waits_and_only_to_whom_it_waits(organization):
    propose(organization)
    for name in ("finn", "gina"):
        assert "A role waits for your yes" in organization[name].browser.get("/today/").content.decode()
    for name in ("ada", "max", "cleo", "hugo"):
        assert "waits for your yes" not in organization[name].browser.get("/today/").content.decode()


def test_the_whole_way_by_the_pages(organization):
    ada = sign_in(organization.person("ada"), fresh=True)
    said = {"person": "max@example.org", "role": "committee", "until": until().isoformat(), "reason": WHY}
    answer = ada.post("/roles/propose/", {**said, "unit": str(organization.units["Works"].pk)})
    assert answer.status_code == 302, answer.content
    grant = Grant.objects.get(role="committee", person=organization.person("max"))
    assert (grant.over, grant.over_id) == ("unit", organization.units["Works"].pk)
    assert ada.post(f"/roles/{grant.pk}/confirm/").status_code == 404, "her own proposal"
    gina = sign_in(organization.person("gina"), fresh=True)
    assert gina.post(f"/roles/{grant.pk}/confirm/").status_code == 302
    grant.refresh_from_db()
    assert grant.confirmed_by == organization.person("gina")
    page = gina.get("/roles/").content.decode()
    assert "Promotion committee" in page
    assert "Works" in page
    max_ = sign_in(organization.person("max"), fresh=True)
    assert max_.post(f"/roles/{grant.pk}/end/", {"when": "now"}).status_code == 302
    grant.refresh_from_db()
    assert grant.ended_by == organization.person("max")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"person": "nobody@example.org"}, "Nobody is found"),
        ({"person": ""}, "required"),
        ({"reason": "short"}, "10"),
        ({"until": "2099-01-01"}, "two years"),
        ({"role": "coach"}, "Select a valid choice"),
        ({"unit": "x"}, "Select a valid choice"),
        ({"person": "ada@example.org"}, "Nobody grants a role to themselves"),
    ],
)
def test_a_wrong_proposal_says_what_would_be_right(organization, change, says):
    ada = sign_in(organization.person("ada"), fresh=True)
    said = {
        "person": "max@example.org",
        "role": "auditor",
        "until": until().isoformat(),
        "reason": WHY,
    } | change
    answer = ada.post("/roles/propose/", said)
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert not Grant.objects.filter(confirmed_at=None).exists()


def test_two_people_of_one_name_are_not_guessed_between(organization):
    PersonFactory.create(name="Max")
    assert queries.find("Max") is None
    assert queries.find("max@example.org") == organization.person("max")
    assert queries.find("E004") == organization.person("max")


def test_a_coach_is_found_in_the_chart_alone(organization):
    """Whether an address has an account is nobody's to try out."""
    outside = PersonFactory.create(name="Outside")
    assert queries.find(outside.user.email, in_chart_only=True) is None
    assert queries.find(outside.user.email) == outside


def appoint(email, role):
    out = StringIO()
    call_command("appoint", email, role, reason=WHY, stdout=out)
    return out.getvalue()


def test_the_first_two_are_appointed_from_the_shell_and_then_it_refuses(db, settings):
    one, two, three = (member(name) for name in ("one", "two", "three"))
    assert "holds “People operations”" in appoint("one@example.org", "people_operations")
    with pytest.raises(CommandError, match="two different people"):
        appoint("one@example.org", "system_admin")
    appoint("two@example.org", "system_admin")
    with pytest.raises(CommandError, match="they do it in Fairlead"):
        appoint("three@example.org", "people_operations")
    assert Entry.objects.filter(verb="appoint", actor=None).count() == 2
    grant = actions.propose(
        one.person, person=three.person, role="people_operations", until=until(), reason=WHY
    )
    actions.confirm(two.person, grant)
    assert holds(three.person.user, Role.PEOPLE_OPERATIONS)


def test_appointing_nobody_or_another_role_is_one_sentence(db):
    with pytest.raises(CommandError, match="Nobody here has the address"):
        appoint("nobody@example.org", "people_operations")
    member("one")
    with pytest.raises(CommandError):
        appoint("one@example.org", "auditor")


def test_when_the_last_who_may_confirm_is_gone_the_shell_works_again(organization):
    with pytest.raises(CommandError):
        appoint("max@example.org", "people_operations")
    Grant.objects.filter(role="people_operations").update(ended_at=timezone.now())
    assert "holds" in appoint("max@example.org", "people_operations")


def test_a_second_yes_that_is_refused_is_answered_with_the_reason(organization):
    """A role that was proposed for longer than a role may last."""
    grant = Grant.objects.create(
        person=organization.person("max"),
        role="auditor",
        since=dt.date(2024, 1, 1),
        until=dt.date(2099, 1, 1),
        reason="The work",
        proposed_by=organization.person("ada"),
    )
    gina = sign_in(organization.person("gina"), fresh=True)
    answer = gina.post(f"/roles/{grant.pk}/confirm/", follow=True)
    assert answer.status_code == 200
    assert "two years at most" in answer.content.decode()
    grant.refresh_from_db()
    assert grant.confirmed_at is None


def every_grant(person, proposer, other, today):
    """A grant in each state that the table takes, most of which do not count."""
    day = dt.timedelta(days=1)
    states = product(
        ("coach", "committee"), ("organization", "person"), (None, proposer.pk, other.pk), (None, proposer),
        (None, other, person), (None, timezone.now()), (today, today + day), (today - day, today),
        (None, timezone.now()),
    )  # fmt: skip
    for role, over, over_id, proposed_by, confirmed_by, confirmed_at, since, last, ended_at in states:
        if role == "coach" or confirmed_by != person:
            yield Grant(
                person=person, role=role, over=over, over_id=over_id, proposed_by=proposed_by,
                confirmed_by=confirmed_by, confirmed_at=confirmed_at, since=since, until=last,
                ended_at=ended_at, reason=WHY,
            )  # fmt: skip


def test_what_one_holds_is_what_counts_among_all(db):
    """Asked for one person it is sieved here, asked for many by the database: both let the same through."""
    one, proposer, other = PersonFactory.create_batch(3)
    today = timezone.localdate()
    Grant.objects.bulk_create(every_grant(one, proposer, other, today))
    Grant.objects.bulk_create(every_grant(other, proposer, one, today))
    for left, active in product((None, today, today - dt.timedelta(days=1)), (True, False)):
        type(one).objects.filter(pk=one.pk).update(left=left)
        User.objects.filter(pk=one.user_id).update(is_active=active)
        counting = _counting().filter(person=one).values_list("role", "over", "over_id")
        found = Counter((str(role.role), str(role.over), role.over_id) for role in held(one.user))
        assert found == Counter(counting)
        assert bool(found) is (active and left != today - dt.timedelta(days=1))
        assert found["coach", "person", other.pk] == 0
