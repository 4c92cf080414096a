"""A request to be erased has thirty days, two people, and an end that can be shown."""

from __future__ import annotations

import datetime as dt
import json

import pytest
import time_machine
from tests.factories import RunFactory
from tests.organization import assemble_organization, sign_in
from tests.web.roster import made as roster

from fairlead.web.people.models import Person, User
from fairlead.web.privacy import actions, queries
from fairlead.web.privacy.models import ErasureRequest
from fairlead.web.roster import actions as hand
from fairlead.web.roster import imports
from fairlead.web.roster.models import Position, RosterImport
from fairlead.web.runs.actions import Refused
from fairlead.web.runs.models import Run
from fairlead.web.trail.models import Entry

REASON = "Tax law keeps payroll records for six years; they are erased on 1 January 2031."


@pytest.fixture
def organization(db):
    return assemble_organization()


def test_asking_starts_a_clock_of_thirty_days_and_asking_twice_starts_none(organization):
    with time_machine.travel(dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)):
        first, second = (actions.ask(organization.person("cleo")) for _ in range(2))
    assert first == second
    assert first.due_on == dt.date(2026, 4, 1)


def test_the_most_urgent_request_stands_first_with_the_days_that_are_left(organization):
    with time_machine.travel(dt.datetime(2026, 3, 9, tzinfo=dt.UTC)):
        actions.ask(organization.person("max"))
    with time_machine.travel(dt.datetime(2026, 3, 2, tzinfo=dt.UTC)):
        actions.ask(organization.person("cleo"))
    with time_machine.travel(dt.datetime(2026, 3, 30, tzinfo=dt.UTC)):
        waiting = queries.requests(organization.person("ada").user)
    assert [(one.name, one.days_left) for one in waiting] == [("Cleo", 2), ("Max", 9)]


def test_erasing_removes_everything_and_keeps_a_proof_without_a_name(
    organization,
):
    cleo, ada = organization.person("cleo"), organization.person("ada")
    RunFactory.create(owner=cleo)
    request = actions.ask(cleo)
    actions.erase(ada, request=request)
    assert not Person.objects.filter(pk=cleo.pk).exists()
    assert not User.objects.filter(email="cleo@example.org").exists()
    assert not Position.objects.filter(person_id=cleo.pk).exists()
    assert not Run.objects.filter(owner_id=cleo.pk).exists()
    request.refresh_from_db()
    assert (request.state, request.answered_by) == (ErasureRequest.State.DONE, ada.pk)
    assert not [line for line in Entry.objects.all() if "Cleo" in str(line.facts)]


def test_whoever_reported_to_somebody_erased_has_no_manager_and_stays(organization):
    ben = organization.person("ben")
    actions.erase(organization.person("ada"), request=actions.ask(ben))
    left_over = Position.objects.standing().get(person=organization.person("cleo"))
    assert left_over.manager is None


def test_a_refusal_needs_a_reason_that_the_person_reads(organization):
    cleo, ada = organization.person("cleo"), organization.person("ada")
    request = actions.ask(cleo)
    with pytest.raises(Refused, match="at least 50"):
        actions.refuse(ada, request=request, reason="No.")
    actions.refuse(ada, request=request, reason=REASON)
    page = organization["cleo"].browser.get("/privacy/").content.decode()
    assert REASON in page
    assert Person.objects.filter(pk=cleo.pk).exists()


def test_nobody_answers_their_own_request_and_none_is_answered_twice(organization):
    ada, finn = organization.person("ada"), organization.person("finn")
    own = actions.ask(ada)
    with pytest.raises(Refused, match="Somebody else"):
        actions.erase(ada, request=own)
    actions.refuse(finn, request=own, reason=REASON)
    with pytest.raises(Refused, match="answered or taken back already"):
        actions.erase(finn, request=own)
    assert Person.objects.filter(pk=ada.pk).exists()


def test_a_request_taken_back_is_over_and_a_new_one_can_be_made(organization):
    cleo = organization.person("cleo")
    first = actions.ask(cleo)
    actions.take_back(cleo)
    first.refresh_from_db()
    assert first.state == ErasureRequest.State.WITHDRAWN
    assert actions.ask(cleo) != first


def test_requests_wait_on_the_page_of_people_operations_and_on_no_other(organization):
    actions.ask(organization.person("cleo"))
    assert "1 request to be erased" in [w.title for w in queries.today(organization.person("ada")).waiting]
    assert queries.today(organization.person("eve")) is None


LIST = "id,name,email,manager_id\nZ900,Zita Zaun,zita@example.net,\n901,Ulf Roe,ulf@example.net,Z900\n"


def everything_kept(model=RosterImport):
    return json.dumps(list(model.objects.values()), default=str)


def test_nobody_erased_is_named_in_lists_that_wait_or_can_be_undone(organization):
    ada = organization.person("ada")
    done = roster.take_in(LIST)
    roster.take_in(LIST.replace("zita@", "zz@"))
    zita = roster.person("Z900")
    hand.save_person(ada, person=zita, verb="change_person", title="Head of Zeal")
    hand.save_person(ada, person=zita, verb="change_person", title="Head")
    roster.read(LIST.replace("901,Ulf", "901,Ulfert"))
    roster.read("id,name\nZ900,\n902,\n901,Ulf\n")
    kept_list = roster.read("id,name\n901,Ulf Roehm\n")
    assert all(word in everything_kept() for word in ("Zita Zaun", "zita@example.net", "Zeal"))
    actions.erase(ada, request=actions.ask(zita))
    kept = everything_kept()
    assert not [word for word in ("Zita", "Zaun", "zita@", "zz@", "Z900", "Zeal") if word in kept]
    assert Person.objects.filter(number="901").exists()
    done.refresh_from_db()
    assert done.before["people"], "what can be undone about others stays"
    kept_list.refresh_from_db()
    assert kept_list.state == RosterImport.State.PREVIEW


def test_a_change_is_undone_after_the_manager_before_it_was_erased(organization):
    ada = organization.person("ada")
    roster.take_in(LIST)
    _, change = hand.save_person(
        ada, person=roster.person("901"), verb="change_person", manager_id=ada.number
    )
    actions.erase(ada, request=actions.ask(roster.person("Z900")))
    imports.undo(ada, change)
    assert roster.position("901").manager is None


def test_a_request_taken_back_while_somebody_reads_it_erases_and_refuses_nobody(organization):
    cleo, ada = organization.person("cleo"), organization.person("ada")
    read = actions.ask(cleo)
    actions.take_back(cleo)
    for does in (
        lambda: actions.erase(ada, request=read),
        lambda: actions.refuse(ada, request=read, reason=REASON),
    ):
        with pytest.raises(Refused, match="taken back"):
            does()
    assert Person.objects.filter(pk=cleo.pk).exists()
    assert ErasureRequest.objects.get().state == ErasureRequest.State.WITHDRAWN


def test_an_answer_that_comes_too_late_is_a_sentence(organization):
    request = actions.ask(organization.person("cleo"))
    actions.take_back(organization.person("cleo"))
    ada = sign_in(organization.person("ada"), fresh=True)
    answer = ada.post(f"/privacy/requests/{request.pk}/erase/", {"typed": "Cleo"}, follow=True)
    assert "answered or taken back" in answer.content.decode()
    assert Person.objects.filter(pk=organization.person("cleo").pk).exists()
