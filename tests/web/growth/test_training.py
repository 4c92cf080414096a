"""The register of support: four kinds, by skill; was the people side ever taught (rows 73, 152)?"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from fairlead.web.growth import queries
from fairlead.web.growth.models import Training


def had(person, name, kind="training", about="", **more):
    return Training.objects.create(owner=person, name=name, kind=kind, about=about, state="done", **more)


def test_an_entry_is_written_down_changed_and_removed(cast):
    sent = {"name": "Hard talks", "kind": "training", "about": "conflict_navigation", "state": "wished"}
    cast.ada.browser.post("/growth/training/", sent)
    one = Training.objects.get()
    cast.ada.browser.post(f"/growth/training/{one.pk}/", sent | {"state": "booked", "hours": "7.5"})
    one.refresh_from_db()
    assert (str(one), one.state, one.hours) == ("Hard talks", "booked", 7.5)
    cast.ada.browser.post(f"/growth/training/{one.pk}/remove/")
    assert not Training.objects.exists()


def test_the_table_counts_what_was_had_and_not_what_is_wished_for(cast):
    ada = cast.ada.person
    had(ada, "One", "coaching", "innovation")
    had(ada, "Two", "coaching", "innovation")
    had(ada, "Three", "feedback")
    Training.objects.create(owner=ada, name="Four", kind="training", about="innovation", state="wished")
    had(cast.ben.person, "Five", "coaching", "innovation")
    assert queries.register(ada).rows == (
        ("Innovation", "none", "none", "2", "none"),
        ("No skill in particular", "none", "1", "none", "none"),
    )


def test_it_says_whether_the_people_side_was_ever_taught(cast):
    had(cast.ada.person, "Spreadsheets", about="resource_allocation")
    had(cast.ada.person, "A coach", "coaching", "developing_people")
    assert "No training for the people side" in cast.ada.browser.get("/growth/training/").content.decode()
    had(cast.ada.person, "Hard talks", about="conflict_navigation", day="2024-05-02")
    page = cast.ada.browser.get("/growth/training/").content.decode()
    assert "For the people side you have had 1 training, last in May 2024." in page


def test_what_was_had_lies_in_the_past(cast):
    tomorrow = timezone.localdate() + timedelta(days=1)
    sent = {"name": "Hard talks", "kind": "training", "state": "done", "day": tomorrow.isoformat()}
    answer = cast.ada.browser.post("/growth/training/", sent)
    assert answer.status_code == 422
    assert "still to come" in answer.content.decode()
    assert cast.ada.browser.post("/growth/training/", sent | {"state": "booked"}).status_code == 302


def test_nobody_else_reaches_an_entry(cast):
    one = had(cast.ada.person, "Hard talks")
    for other in (cast.ben, cast.eve):
        assert other.browser.get(f"/growth/training/{one.pk}/").status_code == 404
        assert other.browser.post(f"/growth/training/{one.pk}/remove/").status_code == 404
        assert "Hard talks" not in other.browser.get("/growth/training/").content.decode()


@pytest.mark.parametrize("many", [1, 3])
def test_the_register_asks_as_often_for_three_entries_as_for_one(cast, django_assert_num_queries, many):
    for _one in range(many):
        had(cast.ada.person, "Hard talks")
    cast.ada.browser.get("/growth/training/")
    with django_assert_num_queries(9):
        cast.ada.browser.get("/growth/training/")
