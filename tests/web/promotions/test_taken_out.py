"""A case, a decision, a calibration can be taken along: what the page shows its reader, and no more."""

from __future__ import annotations

import csv
import io
import json

import pytest
from tests.organization import assemble_organization, sign_in
from tests.web.promotions import made, walking
from tests.web.promotions.calibrated import calibrating
from tests.web.promotions.test_calibration import all_read, worked_out
from tests.web.promotions.test_pages import fresh

from fairlead.web.promotions import cases, deciding
from fairlead.web.promotions.models import CaseEvidence, Nomination, SelfRating
from fairlead.web.trail.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def organization():
    found = assemble_organization()
    walking.seat_everybody(found)
    return found


def table(answer):
    assert answer.status_code == 200
    assert "attachment" in answer.headers["Content-Disposition"]
    return list(csv.DictReader(io.StringIO(answer.content.decode())))


def test_a_case_is_taken_along_as_its_reader_reads_it(organization):
    one = walking.opened(organization)
    (case,) = walking.nominated(organization, one, "cleo")
    cases.write_packet(organization.person("cleo"), case, {"argument": "=HYPERLINK(1) I hold the plan"})
    CaseEvidence.objects.create(nomination=case, criterion="craft", text="Rebuilt the press")
    SelfRating.objects.create(nomination=case, criterion="vision", score=5)
    path = f"/promotions/cases/{case.pk}/file/"
    rows = table(fresh(organization, "cleo").get(f"{path}csv/"))
    assert [row["text"] for row in rows if row["part"] == "Evidence"] == ["Rebuilt the press"]
    assert rows[0]["text"] == "'=HYPERLINK(1) I hold the plan", "no formula reaches a spreadsheet"
    assert any(row["part"] == "The candidate’s own view" for row in rows)
    one = walking.to(organization, one, "rating")
    rater = str(case.assignments.first().rater).lower()
    plain = json.loads(fresh(organization, rater).get(f"{path}json/").content)
    assert plain["candidate"] == "Cleo"
    assert plain["terms_sha256"] == one.terms
    assert not any(row["part"] == "The candidate’s own view" for row in plain["rows"]), "as on the page"
    assert Entry.objects.filter(verb="export_case", subject=organization.person("cleo").pk).count() == 1
    assert fresh(organization, "max").get(f"{path}csv/").status_code == 404
    assert fresh(organization, "cleo").get(f"{path}xlsx/").status_code == 404
    assert "reauthenticate" in organization["cleo"].browser.get(f"{path}csv/").headers["Location"]


def test_a_decision_is_taken_along_with_ratings_and_what_it_said_before(organization):
    one = walking.opened(organization)
    (case,) = walking.nominated(organization, one, "cleo")
    one = walking.to(organization, one, "deciding")
    dora = organization.person("dora")
    other = made.REASONS.replace("Both", "Not both") + " It was read again."
    deciding.decide(dora, case, outcome="promoted", reasons=made.REASONS)
    deciding.change(dora, Nomination.objects.get(), outcome="not_now", reasons=other)
    path = f"/promotions/cases/{case.pk}/decision/file/csv/"
    assert fresh(organization, "cleo").get(path).status_code == 404, "nobody is told before all are decided"
    walking.to(organization, one, "decided")
    rows = table(fresh(organization, "cleo").get(path))
    parts = [row["part"] for row in rows]
    assert parts.count("Rating") == 6
    assert (rows[0]["part"], rows[0]["said"]) == ("Decision before it was changed", "Promoted")
    assert (rows[1]["said"], rows[1]["text"]) == ("Not in this round", other)


def test_a_calibration_is_taken_along_once_it_is_open(django_capture_on_commit_callbacks):
    found = calibrating(candidates=4)
    mira = found.raters["Mild Mira"]
    worked_out(found, mira, django_capture_on_commit_callbacks)
    path = f"/promotions/rounds/{found.round.pk}/calibration/file/"
    browser = sign_in(mira, fresh=True)
    assert browser.get(f"{path}csv/").status_code == 404, "raters read their own first"
    all_read(found)
    rows = table(browser.get(f"{path}csv/"))
    names = [row["name"] for row in rows if row["kind"] == "candidate"]
    assert names == sorted(found.cases)
    assert [row["name"] for row in rows if row["kind"] == "rater"] == sorted(found.raters)
    for row in rows:
        low, mid, high = (float(row[name]) for name in ("low", "fair score or points of strictness", "high"))
        assert low <= mid <= high
    assert json.loads(browser.get(f"{path}json/").content)["intervals"] == "80 of 100"
