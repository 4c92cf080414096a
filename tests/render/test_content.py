"""What a reading says, in order, before it becomes a page or paper."""

from __future__ import annotations

from dataclasses import replace

from tests.render.sample import gap, role_audit

from fairlead.core.next_step import RULE, RULE_BEGINS, RULE_ENDS, RULE_LINES
from fairlead.core.work import Competency
from fairlead.render import charts, content, page


def said(audit):
    return content.report(audit, charts.figures(audit, width=charts.WORDS_ONLY))


def explained(audit):
    methods = next(s for s in said(audit).sections if s.id == "methods")
    return next(b for b in methods.blocks if isinstance(b, content.Grid) and len(b.headers) == 5)


def test_sections_stand_in_the_order_in_which_people_need_them():
    assert [s.id for s in said(role_audit()).sections] == [
        "next-step", "map", "week", "gaps", "warnings", "rut", "time", "unclear", "notes", "methods",
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


def with_step(**changed):
    audit = role_audit()
    return replace(audit, next_step=replace(audit.next_step, rule=RULE, **changed))


def test_the_card_names_the_line_that_decided_and_the_method_notes_hold_the_whole_rule():
    found = said(with_step(line=3, line_says=RULE_LINES[2])).sections
    card, methods = found[0], next(s for s in found if s.id == "methods")
    told = " ".join(b.text for b in card.blocks)
    assert "Line 3 of the rule decided: The role is not named: name it." in told
    assert RULE_LINES[0] not in told
    listed = next(b for b in methods.blocks if isinstance(b, content.Bullets) and b.numbered)
    assert listed.items == RULE_LINES
    whole = " ".join(b.text for b in methods.blocks if isinstance(b, content.Text))
    assert RULE_BEGINS in whole
    assert RULE_ENDS in whole


def test_the_lines_of_the_rule_are_numbered_in_a_page():
    assert page.html(with_step()).count(f"<ol><li>{RULE_LINES[0]}</li>") == 1


def test_notes_stand_outside_the_methods_and_say_how_things_were_understood():
    audit = replace(role_audit(), notes=("Your address was taken to be ann@acme.example.",))
    notes = next(s for s in said(audit).sections if s.id == "notes")
    assert "Your address was taken to be ann@acme.example." in notes.blocks[0].items


def test_a_calendar_without_any_time_says_so_and_is_no_export_of_totals():
    audit = role_audit()
    time = replace(audit.time, events=0, weeks=(), left_out=(("declined", 19),))
    lead = said(replace(audit, time=time)).lead
    assert "0 events from" in lead
    assert "of totals" not in lead
    assert "No event of this period costs time" in lead
    assert "Left out: 19 declined." in lead


def test_parts_of_the_rut_index_are_no_shares_of_time():
    rut = next(s for s in said(role_audit()).sections if s.id == "rut")
    parts = next(b for b in rut.blocks if isinstance(b, content.Grid) and b.caption == "Parts of the index")
    assert parts.headers[1] == "0 (none) to 1"
    assert not any("%" in row[1] for row in parts.rows)
