"""Two surveys of one name are told apart wherever a link leads to them."""

from __future__ import annotations

import re

from django.template.loader import render_to_string
from django.utils.html import strip_tags

from fairlead.web import today
from fairlead.web.today import Today, Waiting


def test_links_of_one_name_are_named_apart_on_today(cast, monkeypatch):
    from fairlead.web.feedback import queries

    twice = (
        Waiting(title="How we work here", href="/a/", says="closed on 2 March."),
        Waiting(title="How we work here", href="/b/", says="closed on 9 March."),
        Waiting(title="Another", href="/c/", says="now"),
    )
    monkeypatch.setattr(queries, "today", lambda _person: Today(waiting=twice))
    found = [one.title for one in today.today(cast.ada.person).waiting]
    assert found == [
        "How we work here (closed on 2 March)",
        "How we work here (closed on 9 March)",
        "Another",
    ]


def test_figures_of_two_surveys_of_one_name_are_links_with_two_names():
    rows = [
        {"href": f"/{number}/", "title": "How we work here", "says": f"Everybody, closed on {number} March"}
        for number in (2, 9)
    ]
    shown = render_to_string("feedback/_report_rows.html", {"rows": rows})
    links = [strip_tags(one) for one in re.findall(r"<a [^>]+>.*?</a>", shown)]
    assert links == [f"How we work here, Everybody, closed on {number} March" for number in (2, 9)]
