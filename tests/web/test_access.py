"""The only ways to an object: one by ``get``, many by ``visible``."""

from __future__ import annotations

import uuid

import pytest
from django.db.models.signals import post_init
from django.http import Http404
from tests.factories import RunFactory

from fairlead.web import access
from fairlead.web.runs.models import Run


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
