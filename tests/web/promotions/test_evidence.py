"""Evidence typed by hand: what its kind stands on, days that have been, changed by who put it in."""

from __future__ import annotations

import datetime as dt
from uuid import uuid4

import pytest
from django.utils import timezone
from tests.factories import PersonFactory, PositionFactory
from tests.organization import sign_in
from tests.web.promotions import made

from fairlead.web.promotions import cases
from fairlead.web.promotions.evidence_forms import EvidenceForm
from fairlead.web.runs.actions import Refused

pytestmark = pytest.mark.django_db

SAID = {"criterion": "vision", "kind": "account", "text": "Named each date", "what_else": "", "day": "",
        "link": "", "seen_by": ""}  # fmt: skip


@pytest.fixture
def case():
    boss, cleo = PersonFactory.create(name="Boss Bea"), PersonFactory.create(name="Cleo")
    PositionFactory.create(person=boss)
    PositionFactory.create(person=cleo, manager=boss)
    return made.case(made.a_round("evidence", opened_at=timezone.now()), cleo, manager=boss)


def wrong(case, **values):
    form = EvidenceForm(SAID | values, case=case)
    return {name: str(found[0]) for name, found in form.errors.items()}


def test_a_kind_asks_for_what_it_stands_on_at_its_field(case):
    assert wrong(case) == {}
    assert list(wrong(case, kind="link")) == ["link"]
    assert wrong(case, kind="link", link="intranet.example.org/a") == {}
    assert list(wrong(case, kind="witness")) == ["seen_by"]
    assert wrong(case, kind="witness", seen_by="Ben") == {}
    assert wrong(case, kind="link", link="javascript:alert(1)").keys() == {"link"}
    assert len(EvidenceForm(SAID | {"kind": "link", "link": "no address"}, case=case).errors["link"]) == 1


def test_no_file_is_offered_where_none_can_be_put(case):
    assert "file" not in dict(EvidenceForm(case=case).fields["kind"].choices)
    assert list(wrong(case, kind="file")) == ["kind"]


def test_a_day_to_come_is_refused_at_its_field(case):
    today = timezone.localdate()
    assert wrong(case, day=today.isoformat()) == {}
    assert "still to come" in wrong(case, day=(today + dt.timedelta(days=1)).isoformat())["day"]


def test_who_put_a_piece_in_changes_it_and_nobody_else(case):
    mine = cases.add_evidence(case.candidate, case, criterion="vision", kind="account", text="Namde it")
    path = f"/promotions/evidence/{mine.pk}/change/"
    cleo, bea = (sign_in(one, fresh=True) for one in (case.candidate, case.manager))
    assert path in cleo.get(f"/promotions/cases/{case.pk}/").content.decode()
    assert path not in bea.get(f"/promotions/cases/{case.pk}/").content.decode()
    assert bea.get(path).status_code == 404
    assert bea.post(path, SAID).status_code == 404
    page = cleo.get(path).content.decode()
    assert "Namde it" in page
    refused = cleo.post(path, SAID | {"kind": "link"})
    assert refused.status_code == 422
    assert "Named each date" in refused.content.decode()
    assert cleo.post(path, SAID | {"criterion": "craft"}).status_code == 302
    mine.refresh_from_db()
    assert (mine.text, mine.criterion, mine.added_by) == ("Named each date", "craft", case.candidate)


def test_a_copy_out_of_the_log_and_a_case_that_is_read_are_not_changed(case):
    copy = cases.add_evidence(
        case.candidate, case, criterion="vision", kind="witness", text="Confirmed so", source=uuid4()
    )
    mine = cases.add_evidence(case.candidate, case, criterion="vision", kind="account", text="Mine")
    assert str(copy.pk) + "/change/" not in (
        sign_in(case.candidate, fresh=True).get(f"/promotions/cases/{case.pk}/").content.decode()
    )
    with pytest.raises(Refused, match="out of the log"):
        cases.change_evidence(case.candidate, copy, **SAID | {"day": None})
    case.round.state = "rating"
    case.round.save(update_fields=["state"])
    with pytest.raises(Refused):
        cases.change_evidence(case.candidate, mine, **SAID | {"day": None})
    copy.refresh_from_db()
    mine.refresh_from_db()
    assert (copy.text, mine.text) == ("Confirmed so", "Mine")
