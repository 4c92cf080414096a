"""The record of who did what."""

from __future__ import annotations

import pytest
from tests.factories import PersonFactory, RunFactory

from fairlead.web import trail
from fairlead.web.trail.models import Entry


def test_a_line_names_who_what_and_when_and_no_content(db):
    ada = PersonFactory.create(name="CANARY")
    run = RunFactory.create(owner=ada, params={"title": "CANARY"})
    trail.record(ada, "view", run, count=3)
    line = Entry.objects.values().get(verb="view")
    assert (line["actor"], line["object_kind"], line["object_id"]) == (ada.pk, "run", run.pk)
    assert line["facts"] == {"count": 3}
    assert "CANARY" not in str(line)


def test_what_a_person_wrote_is_refused_as_a_fact(db):
    ada = PersonFactory.create()
    with pytest.raises(ValueError, match="keeps no content"):
        trail.record(
            ada, "view", ada, note="A sentence that somebody wrote about somebody else, and its second half."
        )


def test_a_line_outlives_what_it_names(db):
    ada = PersonFactory.create()
    trail.record(ada, "join", ada)
    ada.user.delete()
    assert Entry.objects.get(verb="join").object_id == ada.pk
