"""What a reading says, in order, before it becomes a page or paper."""

from __future__ import annotations

from dataclasses import replace

from tests.render.sample import gap, role_audit

from fairlead.core.work import Competency
from fairlead.render import charts, content


def said(audit):
    return content.report(audit, charts.figures(audit, width=charts.WORDS_ONLY))


def explained(audit):
    methods = next(s for s in said(audit).sections if s.id == "methods")
    return next(b for b in methods.blocks if isinstance(b, content.Grid) and len(b.headers) == 5)


def test_sections_stand_in_the_order_in_which_people_need_them():
    assert [s.id for s in said(role_audit()).sections] == [
        "next-step", "map", "week", "gaps", "warnings", "rut", "time", "unclear", "methods",
    ]  # fmt: skip


def test_a_reading_without_calendar_role_and_answers_has_no_empty_sections():
    bare = replace(
        role_audit(), time=None, role=None, gaps=(), map=(), aspects=(), warnings=(), rut=None, notes=()
    )
    assert [s.id for s in said(bare).sections] == ["next-step", "map", "gaps", "warnings", "methods"]


def test_every_number_says_where_it_comes_from():
    audit = role_audit()
    rows = explained(audit).rows
    names = {row[0] for row in rows}
    assert {f"{g.label}, {side}" for g in audit.gaps for side in ("asked", "done")} <= names
    assert {"Communication, leading style", "Communication, managing style", "Rut index"} <= names
    for figure in audit.time.figures:
        assert any(row[3] == (figure.too_little or figure.formula) for row in rows), figure.name
    assert all(all(cell for cell in row) for row in rows)


def test_numbers_made_alike_share_a_row_and_all_are_named():
    audit = role_audit()
    same = gap(Competency.RELIABILITY, 0.1, 0.2, clear=False)
    gaps = tuple(replace(same, name=c.value, label=f"<{c.value}>") for c in Competency)
    rows = explained(replace(audit, gaps=gaps)).rows
    shared = [row[0] for row in rows if row[0].endswith(": asked")]
    assert len(shared) == 1
    assert all(f"<{c.value}>" in shared[0] for c in Competency)


def test_only_clear_gaps_become_sentences():
    gaps = next(s for s in said(role_audit()).sections if s.id == "gaps")
    texts = [b.text for b in gaps.blocks if isinstance(b, content.Text) and b.role == "plain"]
    assert texts == ["Leading: The role asks for more leading than you do."]


def test_a_state_that_has_expired_is_called_history():
    audit = role_audit()
    rut = next(
        s for s in said(replace(audit, rut=replace(audit.rut, expired=True))).sections if s.id == "rut"
    )
    assert any(isinstance(b, content.Text) and "it is history" in b.text for b in rut.blocks)


def test_the_largest_unclear_events_come_first_and_titles_that_were_not_kept_are_called_so():
    unclear = next(s for s in said(role_audit()).sections if s.id == "unclear")
    grid = next(b for b in unclear.blocks if isinstance(b, content.Grid))
    assert [row[0] for row in grid.rows] == ["Jour fixe <Atlas>", "(title not kept)"]


def test_the_sample_reading_says_word_for_word_what_it_said():
    from tests.golden.report.make import GOLDEN, as_text

    assert as_text() == GOLDEN.read_text(encoding="utf-8")
