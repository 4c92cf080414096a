"""The registers and the dated decision."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.web.audits import made

from fairlead.web.audits.models import HighPayoffEntry, Procedure, Resolution, WeekTick


def test_an_entry_is_added_changed_and_removed(cast):
    browser = cast.ada.browser
    browser.post(
        "/role/high-payoff/", {"area": "training", "name": "Onboarding", "saves": "weeks of questions"}
    )
    entry = HighPayoffEntry.objects.get()
    page = browser.get("/role/high-payoff/").content.decode()
    assert "Training · weeks of questions" in page
    browser.post(f"/role/high-payoff/{entry.pk}/", {"area": "own", "name": "Onboarding days"})
    entry.refresh_from_db()
    assert (entry.area, entry.name, entry.saves) == ("own", "Onboarding days", "")
    browser.post(f"/role/high-payoff/{entry.pk}/remove/")
    assert not HighPayoffEntry.objects.exists()


def test_words_of_an_entry_mark_its_time_when_a_calendar_is_read(cast):
    cast.ada.browser.post(
        "/role/high-payoff/", {"area": "own", "name": "Nursery", "words": f"{made.TITLE}, kiosk"}
    )
    reading = made.read(cast.ada)
    shares = {one["name"]: one["hours"] for one in reading.run.result["audit"]["time"]["high_payoff"]}
    assert shares["Nursery"] == 24.0
    assert made.TITLE not in repr(reading.run.result)


def test_a_procedure_says_where_it_stands_and_when_it_was_checked(cast):
    cast.ada.browser.post(
        "/role/procedures/", {"name": "Handover", "kept_at": "wiki/handover", "checked_on": "2026-03-02"}
    )
    page = cast.ada.browser.get("/role/procedures/").content.decode()
    assert "wiki/handover · checked on 2 Mar 2026" in page.replace("\N{NO-BREAK SPACE}", " ")
    procedure = Procedure.objects.get()
    cast.ada.browser.post(f"/role/procedures/{procedure.pk}/remove/")
    assert not Procedure.objects.exists()


def test_daily_work_is_offered_to_begin_a_procedure_with_until_it_is_there(cast):
    browser = cast.ada.browser
    page = browser.get("/role/procedures/").content.decode()
    for words in (
        "Staff scheduling and call-outs",
        "Stock and supply checks",
        "Payroll, hours and",
        "Quality checks",
    ):
        assert words in page
    assert 'value="Quality checks"' in browser.get("/role/procedures/?begin=quality").content.decode()
    assert (
        'value="'
        not in browser.get("/role/procedures/?begin=x").content.decode().split('name="name"')[1][:200]
    )
    browser.post("/role/procedures/", {"name": "Quality checks"})
    assert "?begin=quality" not in browser.get("/role/procedures/").content.decode()


@pytest.mark.parametrize("name", ["", "Right\u202eleft"])
def test_an_entry_needs_a_name_that_can_be_seen(cast, name):
    assert cast.ada.browser.post("/role/procedures/", {"name": name}).status_code == 422
    assert not Procedure.objects.exists()


def test_a_decision_has_a_date_that_is_not_in_the_future(cast):
    tomorrow = timezone.localdate() + timedelta(days=1)
    answer = cast.ada.browser.post("/role/decision/", {"text": "Lead", "decided_on": tomorrow.isoformat()})
    assert answer.status_code == 422
    assert "A decision is made on its day" in answer.content.decode()
    assert not Resolution.objects.exists()


def test_weeks_are_ticked_and_unticked(cast):
    today = timezone.localdate()
    day = today - timedelta(days=14)
    cast.ada.browser.post("/role/decision/", {"text": "Fewer fires", "decided_on": day.isoformat()})
    resolution = Resolution.objects.get()
    page = cast.ada.browser.get("/role/decision/").content.decode()
    assert page.count('class="tick-week"') == 3
    monday = today - timedelta(days=today.weekday())
    path = f"/role/decision/{resolution.pk}/tick/"
    cast.ada.browser.post(path, {"monday": monday.isoformat()})
    assert WeekTick.objects.get().monday == monday
    assert "1 of 3 weeks ticked" in cast.ada.browser.get("/role/decision/").content.decode()
    cast.ada.browser.post(path, {"monday": monday.isoformat()})
    assert not WeekTick.objects.exists()


def test_a_week_before_the_decision_cannot_be_ticked(cast):
    today = timezone.localdate()
    cast.ada.browser.post("/role/decision/", {"text": "Fewer fires", "decided_on": today.isoformat()})
    path = f"/role/decision/{Resolution.objects.get().pk}/tick/"
    cast.ada.browser.post(path, {"monday": (today - timedelta(days=30)).isoformat()})
    assert not WeekTick.objects.exists()


def test_deciding_anew_closes_and_keeps_the_decision_before(cast):
    day = timezone.localdate().isoformat()
    cast.ada.browser.post("/role/decision/", {"text": "First", "decided_on": day})
    cast.ada.browser.post("/role/decision/", {"text": "Second", "decided_on": day})
    page = cast.ada.browser.get("/role/decision/").content.decode()
    assert [one.text for one in Resolution.objects.filter(closed_on=None)] == ["Second"]
    assert "Earlier decisions" in page
    assert "First" in page


def test_a_tick_leads_back_to_the_weeks_and_not_to_the_top_of_the_page(cast):
    browser = cast.ada.browser
    browser.post("/role/decision/", {"text": "Hand over the on-call rota", "decided_on": "2026-03-02"})
    resolution = Resolution.objects.get(owner=cast.ada.person)
    answer = browser.post(f"/role/decision/{resolution.pk}/tick/", {"monday": "2026-03-02"})
    assert answer.headers["Location"].endswith("#weeks")


def test_a_decision_on_the_first_day_of_all_can_be_ticked_like_another(cast):
    cast.ada.browser.post("/role/decision/", {"text": "Long ago", "decided_on": "0001-01-01"})
    decision = Resolution.objects.get()
    for monday in ("0001-01-01", "2026-10-05", "9999-12-31"):
        answer = cast.ada.browser.post(f"/role/decision/{decision.pk}/tick/", {"monday": monday})
        assert answer.status_code == 302
    assert cast.ada.browser.get("/role/decision/").status_code == 200
