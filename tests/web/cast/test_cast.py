"""Stepping into the demo company, and its absence everywhere else."""

from __future__ import annotations

import pytest
from django.core.management.base import CommandError
from tests.factories import PersonFactory

from fairlead.web.cast import queries
from fairlead.web.management.commands import demo
from fairlead.web.people.models import Person


@pytest.fixture
def mara(db, monkeypatch):
    """One member of a cast, with an account, and a person outside the cast."""
    member = queries.Member(
        key="mara",
        email="mara@demo.example",
        name="Mara Lindt",
        role="Team lead",
        story="Days full of incidents.",
    )
    monkeypatch.setattr(queries, "members", lambda: (member,))
    PersonFactory.create(name="Outsider", user__email="outsider@demo.example")
    return PersonFactory.create(name="Mara Lindt", user__email="mara@demo.example")


@pytest.mark.parametrize("method", ["get", "post", "head", "put", "delete", "options"])
@pytest.mark.parametrize("path", ["/demo/", "/demo/step-in/"])
def test_outside_demo_mode_nothing_is_there(mara, client, method, path, settings):
    assert settings.DEMO is False, "a fresh installation is no demo"
    assert getattr(client, method)(path).status_code == 404


def test_outside_demo_mode_nobody_is_signed_in(mara, client):
    assert client.post("/demo/step-in/", {"member": "mara"}).status_code == 404
    assert client.get("/today/").status_code == 302


def test_a_visitor_steps_in_with_one_press(mara, client, settings):
    settings.DEMO = True
    page = client.get("/demo/").content.decode()
    assert "Days full of incidents." in page
    client.post("/demo/step-in/", {"member": "mara"})
    assert client.get("/today/").wsgi_request.user.person == mara


def test_only_the_cast_can_be_stepped_into(mara, client, settings):
    settings.DEMO = True
    for key in ("outsider", "outsider@demo.example", "", "mara@demo.example"):
        assert client.post("/demo/step-in/", {"member": key}).status_code == 404
    assert client.get("/today/").status_code == 302


def test_stepping_in_needs_a_press_and_not_a_link(mara, client, settings):
    settings.DEMO = True
    assert client.get("/demo/step-in/?member=mara").status_code == 405


def test_being_somebody_else_leaves_nothing_of_the_first(mara, client, settings):
    settings.DEMO = True
    client.post("/demo/step-in/", {"member": "mara"})
    client.session["left"] = "behind"
    first = client.session.session_key
    client.post("/demo/step-in/", {"member": "mara"})
    assert client.session.session_key != first
    assert "left" not in client.session


def test_the_demo_does_not_start_over_other_people(db, settings):
    settings.DEMO = True
    PersonFactory.create(name="Outsider", user__email="outsider@example.org")
    with pytest.raises(CommandError, match="holds other people than this demo company"):
        demo.Command().fill(print)
    assert Person.objects.count() == 1
