"""A report in words: ranges that are true, reasons where there is none, the same on every kind of paper."""

from __future__ import annotations

import json
from dataclasses import asdict

import pytest

from fairlead.core.notches import Shown, show
from fairlead.core.released_scales import Range
from fairlead.library import load
from fairlead.library.conversation import ASK_OPENLY
from fairlead.render import feedback_paper
from fairlead.render.content import Grid, Picture, Text
from fairlead.render.feedback_behaviour import RULE, advice
from fairlead.render.feedback_content import lay_out
from fairlead.render.feedback_parts import WIDE, Given, Own
from fairlead.render.feedback_words import APART, ends, people, spoken

MULTIPLIER = load.instrument("multiplier")
OTHERS = load.instrument("role-audit-others")


def cell(question, total=20, n=5, **more):
    notch = show(total, n, 1, 5, k=5)
    assert notch is not None
    told = {"question": question, "reach": "team", "group": "7", "shown": asdict(notch.shown), "value": ""}
    return told | {"trend": "", "held": False, "as_of": None, "agreement": ""} | more


def figures(cells, **more):
    usual = {"withheld": [], "participation": [], "lens": "", "some_in_no_figure": False, "k": 5}
    return usual | {"cells": cells, "closed_on": "2026-03-19", "earlier_on": None} | more


def given(cells=None, instrument=MULTIPLIER, reader="self", **more):
    if cells is None:
        cells = [cell(one.id) for one in instrument.questions()]
    told = figures(cells, **more.pop("figures", {}))
    usual = {"kind": "upward", "reach": "team", "title": "How we work", "name": "Cleo"} | more
    return Given(instrument=instrument, figures=told, reader=reader, **usual)


def advised(told):
    return advice(told, load.conversations(), load.conversation_research())


def line(told, name):
    return next(one for one in told.lines if one.id == name)


# --- ranges in words ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("low", "high", "step", "said"),
    [
        (3.5, 4.5, 1.0, "between 3½ and 4½"),
        (4.5, 5.0, 1.0, "4½ or more"),
        (1.0, 1.5, 1.0, "1½ or less"),
        (3.75, 4.25, 0.5, "between 3¾ and 4¼"),
        (3.875, 4.125, 0.25, "between 3⅞ and 4⅛"),
        (3.9, 4.1, 0.2, "between 3.9 and 4.1"),
        (3.95, 4.05, 0.1, "between 3.95 and 4.05"),
        (3.975, 4.025, 0.05, "between 3.97 and 4.03"),
        (3.3334, 4.3333, 1.0, "between 3¼ and 4½"),
    ],
)
def test_a_range_is_said_as_finely_as_it_is_known(low, high, step, said):
    assert spoken(Range(low=low, high=high, lowest=1.0, highest=5.0), step) == said


def test_what_is_said_is_never_narrower_than_what_is_known():
    for step in (1.0, 0.5, 0.25, 0.2, 0.1, 0.05):
        for number in range(1, 300):
            low = 1 + number / 91
            found = Range(low=low, high=low + step / 3, lowest=1.0, highest=9.0)
            first, last = ends(found, step)
            assert first <= low + 1e-3
            assert last >= low + step / 3 - 1e-3


def test_how_many_answered_is_a_range():
    assert people(5, 7) == "5 to 7 people"
    assert people(80, None) == "80 people or more"


def test_no_decimal_that_pretends_stands_in_a_figure_of_few():
    told = lay_out(given())
    assert all("." not in one.figure for one in told.lines)
    assert all("." not in one.figure for line_ in told.lines for one in line_.questions)


# --- scales ------------------------------------------------------------------------------------


def test_a_scale_is_the_mean_of_its_questions_with_the_reversed_ones_turned():
    scale = next(one for one in MULTIPLIER.scales if one.id == "backing")
    items = [item for item in MULTIPLIER.items if scale.id in item.scales]
    assert sorted(item.reverse for item in items) == [False, False, False, True]
    cells = [cell(item.id, 10 if item.reverse else 20) for item in items]
    found = line(lay_out(given(cells)), "backing")
    assert found.figure == "between 3½ and 4½"
    assert (found.bar.low, found.bar.high) == (WIDE * 2.5 / 4, WIDE * 3.5 / 4)
    reversed_one = next(one for one in found.questions if one.label.startswith("When something failed"))
    assert reversed_one.figure == "between 1½ and 2½"


def test_what_is_seen_differently_has_no_mean_anywhere():
    cells = [cell(one.id, agreement="differently") for one in MULTIPLIER.questions()]
    told = lay_out(given(cells))
    assert told.apart == APART
    assert told.behaviour is None
    everything = [*told.lines, *(one for line_ in told.lines for one in line_.questions)]
    assert {one.figure for one in everything} == {""}
    assert {one.low for one in everything} == {None}
    assert all("differently" in one.why for one in everything)
    rows = feedback_paper.rows(told)[1:]
    assert {row[3:6] for row in rows} == {("", None, None)}


def test_agreement_is_said_of_teams_only():
    cells = [cell(one.id, reach="organization", group="") for one in MULTIPLIER.questions()]
    told = lay_out(given(cells, reader="asked", reach="whole", kind="pulse", name=""))
    assert {one.agreement for one in told.lines} == {""}
    assert all(one.agreement.startswith("Too few to say") for one in lay_out(given()).lines)


def test_a_figure_that_stands_as_last_time_says_so():
    cells = [cell(one.id, held=True, as_of="2025-09-01") for one in MULTIPLIER.questions()]
    told = lay_out(given(cells, figures={"earlier_on": "2025-09-01"}))
    assert {one.held[:12] for one in told.lines} == {"As last time"}
    assert all("1\N{NO-BREAK SPACE}Sep\N{NO-BREAK SPACE}2025" in one.held for one in told.lines[0].questions)


def test_an_old_release_without_later_fields_still_opens():
    bare = {"question": "stood_by", "reach": "team", "group": "7", "value": "", "trend": ""}
    shown = {"at": 4.0, "end": "", "step": 1.0, "people_from": 5, "people_to": 7}
    found = line(lay_out(given([bare | {"shown": shown}])), "backing")
    assert next(one for one in found.questions if one.id == "stood_by").figure == "between 3½ and 4½"


# --- what changed ------------------------------------------------------------------------------


def test_a_change_is_said_only_where_the_release_says_it():
    cells = [cell(one.id, trend="higher") for one in MULTIPLIER.questions() if one.id != "stood_by"]
    cells.append(cell("stood_by", trend=""))
    told = lay_out(given(cells, figures={"earlier_on": "2025-12-01"}))
    assert line(told, "growing").trend == "Higher than on 1\N{NO-BREAK SPACE}Dec\N{NO-BREAK SPACE}2025."
    assert line(told, "backing").trend == ""
    assert any(one.startswith("People grow: higher than") for one in told.changed)


def test_a_hidden_change_gives_its_reason_and_no_direction():
    told = lay_out(given(figures={"earlier_on": "2025-12-01"}))
    assert told.changed == ()
    assert "is not said" in told.changed_note
    assert not any(
        word in json.dumps(asdict(told)) for word in ("Higher", "Lower", "higher than", "lower than")
    )


def test_nothing_is_said_about_a_last_time_that_never_was():
    told = lay_out(given())
    assert (told.changed, told.changed_note) == ((), "")


# --- self beside others ------------------------------------------------------------------------


def test_own_answers_stand_beside_in_words_and_no_difference_is_computed():
    cells = [cell(one.id, 15) for one in OTHERS.questions()]
    own = {
        "reliability": Own(score=4.4, on="2026-03-02"),
        "innovation": Own(score=1.2, on="2026-03-02"),
        "culture_shaping": Own(score=3.4, on="2026-03-02"),
    }
    told = lay_out(given(cells, OTHERS, own=own))
    assert line(told, "reliability").gap == "More of it in your own eyes than in theirs."
    assert line(told, "innovation").gap == "Less of it in your own eyes than in theirs."
    assert line(told, "culture_shaping").gap == "About the same in your eyes and in theirs."
    assert line(told, "risk_mitigation").own == ""
    assert "1.4" not in json.dumps(asdict(told))  # 4.4 - 3


@pytest.mark.parametrize("reader", ["shown", "operations", "asked"])
def test_nobody_else_reads_own_answers_comments_themes_or_advice(reader):
    more = {
        "own": {"growing": Own(score=1.0, on="2026-03-02")},
        "comments": [{"question": "", "text": "Zinkblech", "choice": "verbatim"}],
        "themes": ["Quarzlibelle"],
    }
    told = lay_out(given(reader=reader, **more))
    assert (told.comments, told.themes, told.comments_note) == ((), (), "")
    assert {one.own for one in told.lines} == {""}
    assert {one.bar.own for one in told.lines} == {None}
    printed = json.dumps(asdict(told))
    assert "Zinkblech" not in printed
    assert "Quarzlibelle" not in printed
    if reader != "asked":
        assert told.behaviour is None


# --- what to do --------------------------------------------------------------------------------


def test_first_what_one_sees_most_more_in_oneself():
    cells = [cell(one.id, 15) for one in OTHERS.questions()]
    own = {"innovation": Own(score=4.0, on="2026-03-02"), "reliability": Own(score=5.0, on="2026-03-02")}
    found = lay_out(given(cells, OTHERS, own=own)).behaviour
    assert (found.scale, found.line) == ("reliability", 1)


def test_else_what_lies_furthest_from_its_better_end():
    """A reversed question that is high is the worst of all."""
    totals = {"looked_for_blame": 24, "stood_by": 10}
    cells = [
        cell(one.id, totals.get(one.id, 8 if one.id == "took_over" else 20)) for one in MULTIPLIER.questions()
    ]
    found = lay_out(given(cells)).behaviour
    assert (found.question, found.scale, found.line) == ("looked_for_blame", "backing", 2)
    assert "Cleo" in found.text


def test_what_is_seen_differently_is_never_chosen():
    cells = [
        cell(one.id, 6, agreement="differently") if one.id == "stood_by" else cell(one.id, 20)
        for one in MULTIPLIER.questions()
    ]
    assert lay_out(given(cells)).behaviour.question != "stood_by"


def test_else_what_was_seen_least_often_and_never_how_often_somebody_was_bossy():
    boss = next(item.id for item in OTHERS.items if "boss" in item.scales)
    cells = [
        cell(one.id, 5 if one.id == boss else 10 if one.id == "said_why" else 20)
        for one in OTHERS.questions()
    ]
    found = lay_out(given(cells, OTHERS)).behaviour
    assert (found.question, found.line) == ("said_why", 3)


def test_the_guide_is_that_of_the_scale_and_the_rule_is_told():
    told = lay_out(given())
    found = advised(told)
    guide = load.conversations()[told.behaviour.scale]
    assert (found.title, found.opening) == (guide.title, guide.opening)
    assert found.rule == RULE
    assert len(found.leans_on) == len(guide.research)
    assert found.said.startswith(("between", "1½", "4½"))


def test_every_scale_that_others_answer_leads_to_a_conversation():
    for name in load.instruments("role", "pulse"):
        instrument = load.instrument(name)
        assert {one.id for one in instrument.scales} <= set(load.conversations()), name


def test_an_own_questionnaire_without_a_guide_is_answered_by_a_conversation_too():
    found = advice(lay_out(given()), {ASK_OPENLY: load.conversations()[ASK_OPENLY]}, {})
    assert found.title
    assert len(found.ask) == 2


# --- no figure ---------------------------------------------------------------------------------


def test_without_a_figure_there_is_the_reason_and_how_to_ask_openly():
    why = [{"question": "", "reach": "team", "group": "7", "why": "Fewer than 5 answers."}]
    told = lay_out(given([], figures={"withheld": why}))
    assert told.nothing.startswith("Fewer than 5 answers.")
    assert (told.lines, told.clearest, told.behaviour) == ((), "", None)
    assert advised(told).title == load.conversations()[ASK_OPENLY].title
    assert not any(figure.isdigit() and figure != "5" for figure in told.nothing)


def test_a_question_without_a_figure_says_why():
    why = [{"question": "stood_by", "reach": "team", "group": "7", "why": "Fewer than 5 answers."}]
    cells = [cell(one.id) for one in MULTIPLIER.questions() if one.id != "stood_by"]
    told = lay_out(given(cells, figures={"withheld": why}))
    found = next(one for one in line(told, "backing").questions if one.id == "stood_by")
    assert (found.figure, found.why) == ("", "Fewer than 5 answers.")
    assert line(told, "backing").figure
    assert any("1 question without a figure" in said for _, said in told.facts)


# --- everything explains itself ------------------------------------------------------------------


def test_every_figure_says_how_from_whom_when_without_what_and_who_sees_it():
    for one in lay_out(given()).lines:
        assert [what for what, _ in one.how] == ["How", "From", "As of", "Left out", "Seen by"]
        assert all(said for _, said in one.how)


def test_facts_hold_the_number_the_rate_the_floor_the_day_and_the_readers():
    rate = [{"reach": "team", "group": "7", "low": 80, "high": 90}]
    facts = dict(lay_out(given(figures={"participation": rate, "some_in_no_figure": True})).facts)
    assert facts["How many"] == "5 to 7 people behind each figure."
    assert facts["How many of those asked"] == "80 to 90\N{NO-BREAK SPACE}%."
    assert facts["Least number"].startswith("5;")
    assert "19\N{NO-BREAK SPACE}Mar\N{NO-BREAK SPACE}2026" in facts["Date"]
    assert "Up to 4 answers" in facts["Left out"]
    assert facts["Who sees this page"].startswith("You and people operations.")


def test_who_sees_it_changes_with_showing_and_with_whose_survey_it_is():
    def seen(**more):
        return dict(lay_out(given(**more)).facts)["Who sees this page"]

    assert seen(own_survey=True) == "You alone."
    assert seen(shown=True).startswith("You, the team and people operations.")
    assert seen(own_survey=True, shown=True, kind="role").startswith("You and those who were asked.")
    everybody = seen(reader="operations", reach="whole", kind="pulse", name="")
    assert everybody == "Everybody who was asked, and people operations."
    assert seen(reader="operations", reach="whole", name="") == "People operations."


def test_what_several_teams_said_about_their_managers_is_about_nobody_by_name():
    cells = [cell(one.id, reach="organization") for one in OTHERS.questions()]
    own = {"reliability": Own(score=5.0, on="2026-03-02")}
    told = lay_out(given(cells, OTHERS, reach="organization", own=own, heard=False))
    labels = [one.label for line_ in told.lines for one in line_.questions]
    assert not any("Cleo" in label for label in labels)
    assert any(label.startswith("Their manager ") for label in labels)
    assert (told.behaviour, told.own_there, told.own_missing) == (None, False, False)


# --- paper and table ---------------------------------------------------------------------------


def texts(report):
    blocks = [block for section in report.sections for block in section.blocks]
    return "\n".join([report.title, report.lead, *(str(asdict(block)) for block in blocks)])


def test_page_paper_and_table_say_the_same_numbers():
    cells = [cell(one.id, 11 + at % 9) for at, one in enumerate(MULTIPLIER.questions())]
    told = lay_out(given(cells))
    rows = {row[1]: row for row in feedback_paper.rows(told)[1:]}
    printed = texts(feedback_paper.paper(told, advised(told)))
    for one in (*told.lines, *(each for line_ in told.lines for each in line_.questions)):
        assert rows[one.id][3] == one.figure
        assert one.figure in printed
        assert (rows[one.id][4], rows[one.id][5]) == (one.low, one.high)


def test_paper_draws_one_bar_for_each_scale_that_has_a_figure():
    told = lay_out(given())
    (drawn,) = feedback_paper.drawings(feedback_paper.paper(told))
    assert drawn.paper.count("<text") == len(told.lines)


def test_paper_without_a_figure_draws_nothing():
    said = feedback_paper.paper(lay_out(given([])))
    assert feedback_paper.drawings(said) == ()
    assert not any(isinstance(b, Grid) and b.caption == "Scales" for s in said.sections for b in s.blocks)
    assert any(isinstance(block, Text) for block in said.sections[0].blocks)


def test_hostile_words_stay_words_in_the_drawing():
    told = lay_out(given(title="</svg><script>alert(1)</script>"))
    report = feedback_paper.paper(told)
    picture = next(b for s in report.sections for b in s.blocks if isinstance(b, Picture))
    assert "<script" not in picture.drawn.paper


def test_the_lens_has_a_row_a_question_and_a_column_a_value():
    values = ("1 to 3 years", "under 1 year")
    cells = [
        cell(one.id, total, reach=reach, group="", value=value)
        for one in MULTIPLIER.questions()
        for reach, value, total in (
            ("organization", "", 20),
            ("lens", values[0], 15),
            ("lens", values[1], 25),
        )
    ]
    told = lay_out(given(cells, reader="asked", reach="whole", kind="pulse", lens="time here"))
    assert told.by_lens.columns == ("Question", "under 1 year", "1 to 3 years")
    assert {row[1:] for row in told.by_lens.rows} == {("4½ or more", "between 2½ and 3½")}
    assert all(one.figure.startswith("between 3½") for one in told.lines[0].questions)


def test_a_shown_figure_reads_back_from_plain_json():
    assert Shown(**json.loads(json.dumps(cell("stood_by")))["shown"]).step == 1.0
