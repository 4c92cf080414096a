"""The only ways to an object: one by ``get``, many by ``visible``."""

from __future__ import annotations

import uuid

import pytest
from django.db.models.signals import post_init
from django.http import Http404
from tests.factories import RunFactory
from tests.organization import ROLES, assemble_organization

from fairlead.web import access
from fairlead.web.access import PERMISSIONS
from fairlead.web.access.rows import ROWS, TABLE
from fairlead.web.access.table import Cell, Verb, Who
from fairlead.web.grants.models import Grant
from fairlead.web.runs.models import Run

NOTHING = Cell(frozenset())


def test_the_owner_gets_the_object_and_nobody_else_does(cast):
    run = RunFactory.create(owner=cast.ada.person)
    assert access.get(cast.ada.person.user, "run.view", run.pk) == run
    for name, member in cast:
        if name != "ada":
            with pytest.raises(Http404):
                access.get(member.person.user, "run.view", run.pk)


@pytest.mark.parametrize("pk", [uuid.uuid4(), "not-a-number", "", "00000000-0000-4000-8000-000000000000"])
def test_missing_and_foreign_say_the_same_words(cast, pk):
    run = RunFactory.create(owner=cast.ada.person)
    said = []
    for asked in (pk, run.pk):
        with pytest.raises(Http404) as refused:
            access.get(cast.eve.person.user, "run.view", asked)
        said.append(str(refused.value))
    assert said[0] == said[1] == access.NOT_HERE


def test_a_visitor_gets_nothing(cast, client):
    from django.contrib.auth.models import AnonymousUser

    run = RunFactory.create(owner=cast.ada.person)
    with pytest.raises(Http404):
        access.get(AnonymousUser(), "run.view", run.pk)
    with pytest.raises(Http404):
        access.visible(AnonymousUser(), "run.view")


def test_an_account_without_a_person_gets_nothing(cast):
    from tests.factories import UserFactory

    run = RunFactory.create(owner=cast.ada.person)
    with pytest.raises(Http404):
        access.get(UserFactory.create(), "run.view", run.pk)


def test_one_and_many_agree_for_every_member_and_every_object(cast):
    for _name, member in cast:
        RunFactory.create(owner=member.person)
        RunFactory.create(owner=member.person, kind="description")
    for _name, member in cast:
        seen = set(access.visible(member.person.user, "run.view"))
        for run in Run.objects.all():
            one = _may(member.person.user, run)
            assert one == (run in seen) == (run.owner_id == member.person.pk)


def _may(user, run) -> bool:
    try:
        access.get(user, "run.view", run.pk)
    except Http404:
        return False
    return True


def test_every_permission_says_in_words_who_has_it():
    assert access.PERMISSIONS
    for name, permission in access.PERMISSIONS.items():
        assert permission.says.endswith("."), name


def test_a_foreign_object_is_never_loaded_so_that_its_size_takes_no_time(cast):
    run = RunFactory.create(owner=cast.ada.person, state="done", result={"long": "x" * 1_000_000})
    loaded: list[object] = []

    def note(instance: object, **_more: object) -> None:
        loaded.append(instance)

    post_init.connect(note, sender=Run)
    try:
        for pk in (run.pk, uuid.uuid4()):
            assert cast.eve.browser.get(f"/runs/{pk}/").status_code == 404
        assert loaded == []
        assert cast.ada.browser.get(f"/runs/{run.pk}/").status_code == 200
        assert loaded == [run]
    finally:
        post_init.disconnect(note, sender=Run)


HOLDERS = {Who(role): name for name, role in ROLES.items() if name != "finn"} | {Who.COACH: "lea"}
"""Somebody in each granted role; none of them is the person whose things are looked at."""


@pytest.fixture
def organization(db):
    return assemble_organization()


def test_the_table_has_a_row_and_a_verb_for_every_permission():
    for name, permission in PERMISSIONS.items():
        row = TABLE[permission.of]
        assert row.here, f"{name}: its room exists, so its row says so"
        if permission.own is not None or permission.anybody is not None:
            # Who coaches whom is a relation of two people, as who is oneself; a seat in a round is one, too.
            near = (Who.SELF, Who.COACH, Who.COMMITTEE)
            assert any(row.allows(who, permission.verb) for who in near), name
        if permission.rows is not None:
            assert row.roles(permission.verb), f"{name}: a permission that comes with no role"


@pytest.mark.parametrize("name", list(PERMISSIONS))
def test_no_permission_opens_to_a_role_what_the_table_does_not(organization, name):
    """Asked of the doors, not of the table: everybody in a role, with rows that are somebody else's."""
    permission = PERMISSIONS[name]
    row = TABLE[permission.of]
    for who, holder in HOLDERS.items():
        user = organization.person(holder).user
        as_a_person = permission.anybody is not None and permission.anybody(organization.person(holder))
        if access.may(user, name) and not as_a_person:
            assert row.allows(who, permission.verb), f"{name} opens to {who}"
        if permission.model is None:
            continue
        mine = set(permission.model.objects.filter(permission.own(user.person))) if permission.own else set()
        if set(access.visible(user, name)) - mine:
            assert row.allows(who, permission.verb), f"{name} shows rows to {who}"


def test_the_table_is_whole():
    assert len(ROWS) == len(TABLE), "two rows with one key"
    assert len(ROWS) >= 24, "the rows of the promise, and those that were needed beside them"
    for row in ROWS:
        assert row.cells, f"{row.key}: somebody reads it, or it would not be kept"
        assert row.what.endswith("."), row.key


def test_two_columns_stay_empty():
    """The system administrator reads no content anywhere; rank alone opens nothing personal."""
    content = {row.key for row in ROWS if Verb.READ in row.cells.get(Who.SYSTEM_ADMIN, NOTHING).verbs}
    assert content == {"roles", "settings", "processing", "signing_team"}, "about the house, nobody's content"
    rank = {row.key: row.cells[Who.SKIP].verbs for row in ROWS if Who.SKIP in row.cells}
    assert not any(Verb.WRITE in verbs for verbs in rank.values())
    own = {"account", "journal", "calendar", "time", "agenda", "manager_note", "coach_note", "self_statement"}
    assert own & set(rank) == set()


def test_who_coaches_whom_is_known_to_these_two_alone(organization):
    coach = Grant.objects.get(role="coach")
    for name, one in organization.members.items():
        seen = set(access.visible(one.person.user, "grant.own"))
        if access.may(one.person.user, "grant.view"):
            seen |= set(access.visible(one.person.user, "grant.view"))
        assert (coach in seen) == (name in {"cleo", "lea"}), name
