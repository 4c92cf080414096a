"""Two surveys of one name are told apart wherever a link leads to them."""

from __future__ import annotations

import re

from django.template.loader import render_to_string
from django.utils.html import strip_tags

from fairlead.web.today import Today, Waiting, told_apart


def test_links_of_one_name_are_read_apart_on_today():
    waiting = (
        Waiting(title="How we work here", href="/a/", says="closed on 2 March"),
        Waiting(title="How we work here", href="/b/", says="closed on 9 March"),
        Waiting(title="Another", href="/c/", says="now"),
    )
    shown = render_to_string("today.html", {"today": Today(waiting=told_apart(waiting))})
    links = [strip_tags(one) for one in re.findall(r'<a href="/[abc]/">.*?</a>', shown)]
    assert links == [
        "How we work here, closed on 2 March",
        "How we work here, closed on 9 March",
        "Another",
    ]
    assert shown.count('<span class="quiet">closed on') == 2, "what it says stays where everybody sees it"


def test_figures_of_two_surveys_of_one_name_are_links_with_two_names():
    rows = [
        {"href": f"/{number}/", "title": "How we work here", "says": f"Everybody, closed on {number} March"}
        for number in (2, 9)
    ]
    shown = render_to_string("feedback/_report_rows.html", {"rows": rows})
    links = [strip_tags(one) for one in re.findall(r"<a [^>]+>.*?</a>", shown)]
    assert links == [f"How we work here, Everybody, closed on {number} March" for number in (2, 9)]
