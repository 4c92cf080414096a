"""The HTML file: whole in itself, without script, and the same words as on paper."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from tests.render.sample import ATTRIBUTION, role_audit

from fairlead.render import charts, page

EMPTY = {"meta", "link", "br", "hr", "img", "input"}


class Reader(HTMLParser):
    """Collects tags and checks that they close in order."""

    def __init__(self):
        super().__init__()
        self.open, self.tags, self.ids, self.text = [], [], [], []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self.ids += [value for name, value in attrs if name == "id"]
        if tag not in EMPTY:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text.append(data)


def read(html):
    reader = Reader()
    reader.feed(html)
    assert reader.open == []
    return reader


@pytest.fixture(scope="module")
def html():
    return page.html(role_audit())


def test_it_is_well_formed_and_every_id_is_its_own(html):
    reader = read(html)
    assert len(reader.ids) == len(set(reader.ids))
    pointed = {a["href"][1:] for tag, a in reader.tags if tag == "a"}
    named = {i for _, a in reader.tags for i in (a.get("aria-labelledby") or "").split()}
    assert pointed | named <= set(reader.ids)


def test_it_runs_nothing_and_fetches_nothing(html):
    reader = read(html)
    assert not {"script", "iframe", "link", "img", "object", "form"} & {tag for tag, _ in reader.tags}
    assert not [a for _, a in reader.tags for name in a if name.startswith("on") or name in {"style", "src"}]
    assert not re.search(r"url\((?!\"data:font/woff2;base64|#)", html)
    assert "@import" not in html
    assert "http://" not in html.replace("http://www.w3.org/2000/svg", "")


def test_both_widths_of_every_picture_are_there(html):
    wide = [d for d in charts.figures(role_audit()) if d.svg]
    assert html.count("<svg") == 2 * len(wide)
    for drawn in wide:
        assert f'id="figure-{drawn.name}-title"' in html
        assert f'id="figure-{drawn.name}-narrow-title"' in html


def test_every_picture_stands_with_its_sentence_and_its_table(html):
    text = "".join(read(html).text)
    for drawn in charts.figures(role_audit()):
        assert drawn.sentence in text
        for row in drawn.table.rows:
            assert all(cell in text for cell in row)
    assert html.count("<summary>") == len([d for d in charts.figures(role_audit()) if d.table.rows])


def test_the_step_comes_first_and_sources_are_named(html):
    text = "".join(read(html).text)
    assert text.index("Meet report 3") < text.index("The map: leading")
    assert ATTRIBUTION in text


def test_headings_descend_one_by_one(html):
    levels = [int(tag[1]) for tag, _ in read(html).tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(below - above <= 1 for above, below in itertools.pairwise(levels))


def test_text_from_a_calendar_stays_text():
    audit = role_audit()
    hostile = "<script>alert(1)</script>\"'&"
    time = replace(
        audit.time,
        unsorted=(replace(audit.time.unsorted[0], title=hostile),),
        one_to_ones=(replace(audit.time.one_to_ones[0], report=hostile),),
    )
    written = page.html(replace(audit, time=time))
    assert "<script" not in written
    assert hostile in "".join(read(written).text)


def test_letters_of_other_languages_bring_their_font():
    plain = page.html(role_audit())
    audit = role_audit()
    polish = page.html(replace(audit, next_step=replace(audit.next_step, title="Porozmawiaj z Łucją")))
    assert polish.count("@font-face") == 2 * plain.count("@font-face") == 6


def test_dark_light_and_paper_are_prepared(html):
    assert "prefers-color-scheme: dark" in html
    assert "@media print" in html
    assert html.startswith('<!doctype html>\n<html lang="en">')
