"""Figures: what they say, what they show, and that they stand in a page."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
from tests.render.sample import point, role_audit, time_audit

from fairlead.core.time_results import KindHours
from fairlead.render import charts, charts_time, theme

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def figures():
    return {d.name: d for d in charts.figures(role_audit())}


def plain(text):
    return text.replace("\u00a0", " ")


def test_every_figure_has_a_title_a_sentence_and_a_table_of_equal_rows(figures):
    assert len(figures) == 12
    for drawn in figures.values():
        assert drawn.title
        assert drawn.sentence.endswith("."), drawn.name
        assert drawn.table.rows, drawn.name
        assert {len(row) for row in drawn.table.rows} == {len(drawn.table.headers)}, drawn.name


def test_every_picture_is_one_described_image_and_carries_no_inline_style(figures):
    seen = set()
    for drawn in figures.values():
        root = ET.fromstring(drawn.svg)
        assert root.get("role") == "img"
        title, desc = root.findall(f"{SVG}title")[0], root.findall(f"{SVG}desc")[0]
        assert (title.text, desc.text) == (drawn.title, drawn.sentence)
        assert root.get("aria-labelledby") == f"{title.get('id')} {desc.get('id')}"
        ids = [e.get("id") for e in root.iter() if e.get("id")]
        assert len(ids) == len(set(ids))
        assert not seen & set(ids)
        seen |= set(ids)
        assert set(re.findall(r"url\(#([^)]+)\)", drawn.svg)) <= set(ids)
        for element in root.iter():
            assert "style" not in element.attrib
            assert not any(name.startswith("on") for name in element.attrib)
        assert "aria-label=" not in drawn.svg
        assert "http" not in drawn.svg.replace("http://www.w3.org/", "")


def test_the_page_drawing_takes_every_colour_from_the_page(figures):
    for drawn in figures.values():
        assert "var(--" in drawn.svg
        assert not re.search(r"#[0-9a-f]{6}\b", drawn.svg), drawn.name
        assert not re.search(r'"#[0-9a-f]{6}"', str(drawn.spec)), drawn.name
        assert "var(--" not in drawn.paper


def test_firefighting_is_told_apart_by_a_pattern_too(figures):
    root = ET.fromstring(figures["mean-week"].svg)
    fills = [e.get("fill") for e in root.iter() if e.tag == f"{SVG}path"]
    assert "url(#figure-mean-week-firefighting)" in fills
    assert "var(--leading)" in fills


def test_the_average_week_counts_whole_weeks_only(figures):
    # Weeks 0 to 10 are whole; leading is 5.5 + 0.5 * (n % 4): 3 * (0 + .5 + 1 + 1.5) - 1.5 above 5.5 a week.
    rows = {row[0]: plain(row[1]) for row in figures["mean-week"].table.rows}
    assert rows["Leading"] == f"{5.5 + 7.5 / 11:.1f} h"
    assert rows["Doing"] == "9.5 h"
    assert "Over 11 weeks" in figures["mean-week"].sentence


def test_weeks_of_leave_do_not_lower_the_average_week():
    time = time_audit()
    away = replace(time.weeks[0], off=True, hours=KindHours(), monday="2026-02-23")
    with_leave = replace(time, weeks=(away, *time.weeks))
    assert charts_time.mean_week(with_leave).table == charts_time.mean_week(time).table
    assert charts_time.weeks(with_leave).table.rows[0][0] == "23\u00a0Feb\u00a02026 (off)"


def test_stacks_add_up_to_the_hours_of_the_week(figures):
    tops = {}
    (rows,) = figures["weeks"].spec["datasets"].values()
    for row in rows:
        tops[row["monday"]] = max(tops.get(row["monday"], 0), row["top"])
    for week in time_audit().weeks:
        assert tops[week.monday] == pytest.approx(sum(getattr(week.hours, k) for k in theme.KINDS), abs=1e-3)


def test_the_map_says_where_asked_and_done_part():
    drawn = charts.the_map(role_audit())
    assert "The role asks for more leading than is done." in drawn.sentence
    same = replace(
        role_audit(),
        map=(
            point("asked", "Asked", 0.5, 0.5, "2025-12-01", "activities"),
            point("calendar", "Your calendar", 0.52, 0.7, "2026-05-24", "weeks"),
        ),
    )
    sentence = charts.the_map(same).sentence
    assert "For leading the two intervals meet." in sentence
    assert "More managing is done than the role asks for." in sentence


def test_older_points_stand_in_the_table_in_order_of_date():
    rows = charts.the_map(role_audit()).table.rows
    mine = [plain(row[1]) for row in rows if "calendar" in row[0]]
    assert mine == ["22 Feb 2026", "24 May 2026"]
    assert rows[0][0] == "◆ Asked by the role"


@pytest.mark.parametrize("width", [charts.WIDE, charts.NARROW])
def test_pictures_are_as_wide_as_asked(width):
    for drawn in charts.figures(role_audit(), width=width):
        found = float(ET.fromstring(drawn.svg).get("width"))
        assert width - 6 <= found <= width + 24, drawn.name


def test_without_data_a_figure_says_what_will_stand_there():
    bare = replace(role_audit(), time=None, gaps=(), map=(), rut=None)
    for drawn in charts.figures(bare):
        assert drawn.svg == drawn.paper == ""
        assert drawn.spec is None
        assert "will stand here" in drawn.sentence


def test_an_empty_calendar_draws_nothing_and_says_so():
    time = replace(
        time_audit(weeks=0), competencies=(), high_payoff=(), by_size=(), by_relation=(), one_to_ones=()
    )
    for drawn in charts.figures(replace(role_audit(), time=time)):
        if drawn.name not in {"map", "asked-and-done", "drift", "changes"}:
            assert drawn.spec is None, drawn.name


def test_a_title_that_looks_like_markup_stays_text():
    drawn = charts_time.one_to_ones(
        replace(time_audit(), one_to_ones=(replace(time_audit().one_to_ones[0], report='<script>"&'),))
    )
    assert "<script>" not in drawn.svg
    assert any((e.text or "") == '<script>"&' for e in ET.fromstring(drawn.svg).iter(f"{SVG}text"))


@pytest.mark.slow
def test_the_browser_bundle_is_the_one_of_the_renderer():
    code = charts.bundle()
    assert "vegaEmbed" in code
    assert 500_000 < len(code) < 2_000_000


def test_the_index_has_its_own_line_and_other_scales_stand_apart(figures):
    assert [row[0] for row in figures["drift"].table.rows] == ["Rut index"]
    assert [row[0] for row in figures["changes"].table.rows] == ["Balance with life outside work"]
    assert figures["changes"].sentence.startswith("Clearly moved: balance with life outside work (lower)")


def words_on(chart, text):
    """Where a word stands in a map, as (leading, managing), wherever in its layers."""
    found, stack = [], [chart.to_dict()]
    while stack:
        one = stack.pop()
        stack += [
            part
            for part in (one.values() if isinstance(one, dict) else one)
            if isinstance(part, (dict, list))
        ]
        if isinstance(one, dict) and one.get("text") == text and "leading" in one:
            found.append((one["leading"], one["managing"]))
    return found


def test_the_word_of_a_corner_makes_way_for_what_lies_there():
    at_the_edge = point("calendar", "What the calendar shows", 0.15, 0.98, "2026-05-24", "weeks")
    away = point("self", "What you say", 0.4, 0.4, "2026-05-24", "answers")
    moved = charts._map_chart([at_the_edge, away], [at_the_edge, away], charts.WIDE)
    free = charts._map_chart([away], [away], charts.WIDE)
    assert set(words_on(free, "more managing")) == {(0.02, 0.98)}
    (place,) = set(words_on(moved, "more managing"))
    assert 0.15 < place[0] < 0.5
    assert set(words_on(moved, "other work")) == {(0.02, 0.02)}
