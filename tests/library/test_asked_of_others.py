"""Instruments for surveys: only what a release can count, a name in its place, others beside oneself."""

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.library.test_schema import SMALL

from fairlead.core.ballots import Ballot, Policy, Question
from fairlead.core.blocks import Organization, Team
from fairlead.core.disclosure import release
from fairlead.core.problems import BadInput
from fairlead.library.load import instrument, instruments, read_instrument, read_yaml
from fairlead.library.schema import NOT_MINE, NOT_SEEN, Asks, ItemKind, json_schema

OF_OTHERS = instruments(Asks.ROLE, Asks.PULSE)

SURVEY = """\
id: promises-others
version: "1.0"
asks: role
title: Promises, as others see them
purpose: What colleagues saw of promises that were made.
period: Think of the last month with {name}.
privacy: Answers are counted only together.
source: Written by us.
licence: CC0-1.0
languages: [en]
expires_after_days: 30
minutes: 1
research:
  simons2002: {cite: "Simons (2002), Behavioral integrity.", doi: 10.1287/orsc.13.1.18.543}
options:
  often:
    - {value: 1, label: Never}
    - {value: 2, label: Once}
    - {value: 3, label: Often}
  yes_no:
    - {value: 1, label: No}
    - {value: 2, label: A little}
    - {value: 3, label: Yes}
scales:
  - {id: kept, label: Promises kept, about: reliability, min_answered: 1, says: How often promises were kept.}
sections:
  - id: promises
    title: Promises
    intro: What did {name} do?
    items:
      - id: on_time
        text: "{name} was on time."
        options: often
        scales: [kept]
        may_not_be_mine: true
        rows: [138]
        research: [simons2002]
      - id: too_late
        text: "People waited for {name}."
        options: yes_no
        scales: [kept]
        reverse: true
        rows: [138]
        research: [simons2002]
      - {id: keep, kind: text, text: "What should {name} keep doing?", rows: [138]}
"""
"""An instrument that others are asked; every refusal below comes from one change of it."""

PULSE = SURVEY.replace("asks: role", "asks: pulse").replace("{name}", "anybody")
MIRROR = "asks: role\nmirrors: role-audit\n"


def read(text):
    return read_instrument(read_yaml("mine.yaml", text.encode()))


def refusals(text):
    with pytest.raises(BadInput) as caught:
        read(text)
    return caught.value.problems


def place(text, found):
    """Line and column of the last place where these words stand."""
    at = text.rindex(found)
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)


@pytest.mark.parametrize("text", [SURVEY, PULSE])
def test_a_survey_of_ones_own_is_read(text):
    form = read(text)
    assert form.questions() == (Question(id="on_time", highest=3), Question(id="too_late", highest=3))
    assert [item.id for item in form.comment_items()] == ["keep"]


def test_the_page_on_use_shows_a_whole_survey_that_is_read_and_counted():
    page = (Path(__file__).parents[2] / "docs" / "use" / "instruments.md").read_text(encoding="utf-8")
    (example,) = (text for text in page.split("```yaml\n")[1:] if text.startswith("id:"))
    form = read(example.split("```")[0])
    assert form.asks is Asks.ROLE
    assert [question.id for question in form.questions()] == ["was_complete", "on_the_day", "had_to_ask"]
    (comment,) = form.comment_items()
    assert form.worded(comment, "Ada") == "What one thing would make handovers from Ada easier?"
    (scale,) = form.scoring()
    assert [item.reverse for item in scale.items] == [False, False, True]


def test_an_instrument_asks_oneself_unless_it_says_otherwise():
    assert read(SMALL).asks is Asks.SELF
    assert {instrument(name).asks for name in ("role-audit", "rut-check")} == {Asks.SELF}


def test_the_name_comes_where_it_is_asked_for_and_nowhere_twice():
    form = read(SURVEY)
    assert form.worded(form.item("on_time"), "Ada Example") == "Ada Example was on time."
    assert form.with_name(form.period, "Ada") == "Think of the last month with Ada."
    assert form.worded(form.item("on_time"), "{name} {0}") == "{name} {0} was on time."


def test_what_cannot_be_known_is_called_by_its_name():
    form = read(SURVEY)
    assert form.choices(form.item("on_time"))[-1] == (0.0, NOT_SEEN)
    assert read(SMALL).not_mine == NOT_MINE
    own = read(SURVEY.replace("minutes: 1", "minutes: 1\nnot_mine: Cannot say"))
    assert own.choices(own.item("on_time"))[-1] == (0.0, "Cannot say")


@pytest.mark.parametrize(
    ("old", "new", "stands_at", "wrong", "right"),
    [
        ("asks: role", "asks: rolle", "rolle", "“rolle”", "self, role or pulse"),
        ("kind: text,", "kind: number, low: 0, high: 9, unit: h,", "number", "by number", "released safely"),
        ("kind: text,", "kind: date,", "date, text", "by date", "released safely"),
        ("kind: text,", "kind: register,", "register", "by register", "released safely"),
        (
            "kind: text,",
            "kind: many, presets: [{id: a, label: A}, {id: b, label: B}],",
            "many",
            "by many",
            "safely",
        ),
        (
            "    - {value: 3, label: Yes}\n",
            "",
            "yes_no\n        scales",
            "“too_late” has the options 1 to 2, “on_time” has 1 to 3",
            "as many options",
        ),
        ('"{name} was on', '"{nmae} was on', '"{nmae}', "Braces", "Only {name} is filled in"),
        ('"{name} was on', '"{{name}} was on', '"{{name', "Braces", "Only {name} is filled in"),
        ("intro: What did {name}", "intro: What did } {name}", "What did }", "Braces", "Only {name}"),
        ("month with {name}", "month with {team}", "Think of", "Braces", "Only {name} is filled in"),
        ("title: Promises, as", "title: Promises of {name}, as", "Promises of", "Braces", "the period"),
        ("label: Promises kept", 'label: "{name} kept"', '"{name} kept"', "Braces", "Leave them out"),
        ("label: Often", 'label: "Often {name}"', '"Often {name}"', "Braces", "Leave them out"),
        (
            "sections:",
            "pairs:\n  - {about: energy, mine: on_time, theirs: too_late}\nsections:",
            "- {about",
            "A pair sets oneself",
            "asks: self",
        ),
        ("asks: role", "asks: pulse", '"What should', "Braces", "asks: role” is about one person"),
        ("asks: role", "asks: pulse\nmirrors: role-audit", "role-audit", "mirrors none", "asks: role"),
        ("asks: role", "asks: role\nmirrors: rolle", "rolle", "no shipped instrument “rolle”", "role-audit"),
        (
            "asks: role",
            "asks: role\nmirrors: multiplier",
            "multiplier",
            "answer about themselves",
            "rut-check",
        ),
    ],
)
def test_what_cannot_be_asked_of_others_is_told_with_line_and_column(old, new, stands_at, wrong, right):
    text = SURVEY.replace(old, new)
    assert text != SURVEY
    line, column = place(text, stands_at)
    found = [p for p in refusals(text) if wrong in p.wrong and right in p.right]
    assert (line, column) in {(problem.line, problem.column) for problem in found}


def comments(count):
    line = '      - {id: keep, kind: text, text: "What should {name} keep doing?", rows: [138]}\n'
    return SURVEY.replace(line, "".join(line.replace("id: keep", f"id: keep_{i}") for i in range(count)))


def test_own_words_are_asked_for_three_times_at_most():
    assert len(read(comments(3)).comment_items()) == 3
    for count in (4, 6):
        text = comments(count)
        line, column = place(text, "keep_3, kind: text")
        (told,) = refusals(text)
        assert "“keep_3”" in told.wrong
        assert (told.line, told.column) == (line, column + len("keep_3, kind: "))


def test_own_words_alone_cannot_be_counted():
    head, tail = SURVEY[: SURVEY.index("      - id: on_time")], SURVEY[SURVEY.index("      - {id: keep") :]
    head = re.sub(r"scales:\n.*\n", "scales: []\n", head)
    head = re.sub(r"(?s)options:\n.*?(?=scales:)", "options: {}\n", head)
    head = re.sub(r"research:\n.*\n", "research: {}\n", head)
    (told,) = refusals(head + tail)
    assert "Nothing here can be counted" in told.wrong
    assert told.line == place(head + tail, "  - id: promises")[0]


def test_about_oneself_braces_have_nothing_to_stand_for():
    for brace in ("{name}", "{x}", "}"):
        (told,) = refusals(SMALL.replace("text: I was on time.", f'text: "I was on {brace} time."'))
        assert "Braces" in told.wrong
        assert told.line == place(SMALL, "I was on time.")[0]


def test_who_mirrors_the_role_audit_has_each_of_its_scales():
    text = SURVEY.replace("asks: role\n", MIRROR)
    (told,) = (p for p in refusals(text) if "missing" in p.wrong)
    assert (told.line, told.column) == place(text, "role-audit")
    assert "23 of 23" in told.wrong
    assert "resource_allocation" in told.right


def mirrored(old, new):
    path = (
        Path(str(pytest.importorskip("fairlead.library").__path__[0])) / "instruments/role-audit-others.yaml"
    )
    text = path.read_text(encoding="utf-8")
    assert old in text
    return text.replace(old, new, 1)


@pytest.mark.parametrize(
    ("old", "new", "stands_at", "wrong", "right"),
    [
        (
            "    about: risk_mitigation\n",
            "    about: innovation\n",
            'innovation\n    min_answered: 1\n    better: neither\n    says: "How often somebody looks',
            "not about the same",
            "risk_mitigation",
        ),
        ("better: lower", "better: higher", "about: boss", "not about the same", "better is lower"),
        (
            "scales: [strategic_influence, style_clearing]",
            "scales: [strategic_influence]",
            "scales: [strategic_influence]\n        may_not_be_mine: true\n        rows: [164, 84]",
            "other scales",
            "strategic_influence, style_clearing",
        ),
        ("  - id: boss\n", "  - id: bossy\n", "role-audit\n", "1 of 23", "add: boss"),
    ],
)
def test_what_keeps_self_and_others_apart_is_told_where_it_stands(old, new, stands_at, wrong, right):
    text = mirrored(old, new).replace(
        "scales: [boss]", "scales: [bossy]" if "bossy" in new else "scales: [boss]"
    )
    told = [p for p in refusals(text) if wrong in p.wrong and right in p.right]
    line, _ = place(text, stands_at)
    assert line in {problem.line for problem in told}


def test_a_mirrored_item_keeps_its_direction_and_its_options():
    turned = mirrored("scales: [boss]\n", "scales: [boss]\n        reverse: true\n")
    assert any("“told_them_how” counts for other scales" in p.wrong for p in refusals(turned))
    shorter = mirrored("    - {value: 5, label: More than once a week}\n", "")
    assert any("“said_why” has the options 1 to 4" in p.wrong for p in refusals(shorter))


def test_others_and_oneself_are_asked_the_same_behaviours_over_the_same_weeks():
    mine, theirs = instrument("role-audit"), instrument("role-audit-others")
    assert {scale.id for scale in mine.scales} <= {scale.id for scale in theirs.scales}
    assert {scale.id for scale in theirs.scales} - {scale.id for scale in mine.scales} == {
        "informal_leadership",
        "determination",
    }
    common = {item.id for item in mine.items} & {item.id for item in theirs.items}
    asked = {item.id for item in theirs.items if item.kind is ItemKind.CHOICE}
    assert asked - common == {"stayed_with_it", "went_to_first", "explained_the_new"}
    page = (Path(__file__).parents[2] / "docs" / "methods" / "questionnaires.md").read_text(encoding="utf-8")
    assert f"{len(common)} of its {len(asked)} questions" in page
    assert "the last four weeks" in mine.period
    assert "the last four weeks" in theirs.period
    for item in common:
        assert mine.options[mine.item(item).options] == theirs.options[theirs.item(item).options]


def test_every_scale_of_the_role_audit_can_be_set_beside_by_a_common_question():
    mine, theirs = instrument("role-audit"), instrument("role-audit-others")
    for scale in mine.scales:
        here = {item.id for item in mine.items if scale.id in item.scales}
        assert here & {item.id for item in theirs.items if scale.id in item.scales}, scale.id


def test_no_more_than_two_questions_stand_for_a_competency_because_a_rater_answers_for_many():
    form = instrument("role-audit-others")
    for scale in form.scales:
        if scale.about == scale.id:
            asked = [item for item in form.items if scale.id in item.scales]
            assert len(asked) <= (3 if scale.id == "informal_leadership" else 2)
    assert form.minutes <= 4


def test_rows_of_the_four_are_served():
    served = {name: {row for item in instrument(name).items for row in item.rows} for name in OF_OTHERS}
    role = {84, *range(133, 139), 154, *range(156, 160), *range(162, 170), 171}
    assert served["role-audit-others"] >= role
    assert 94 in served["multiplier"]
    assert served["pulse-culture"] >= {43, 44, 46, 136, 137, 150, 160, 174, 175, 176, 178, 194}
    assert served["pulse-fairness"] >= {120, 161}


@pytest.mark.parametrize("name", OF_OTHERS)
def test_every_construct_of_a_pulse_has_three_or_four_questions(name):
    form = instrument(name)
    if form.asks is Asks.PULSE:
        for scale in form.scales:
            asked = [item for item in form.items if scale.id in item.scales]
            assert 3 <= len(asked) <= 4
            assert scale.min_answered < len(asked)


@pytest.mark.parametrize("name", OF_OTHERS)
def test_whoever_cannot_know_can_say_so(name):
    form = instrument(name)
    for item in form.items:
        speaks_of_oneself = re.search(r"\b(I|my|me)\b", item.text)
        if item.kind is ItemKind.CHOICE and not speaks_of_oneself:
            assert item.may_not_be_mine, item.id
    assert form.not_mine == NOT_SEEN


@pytest.mark.parametrize("name", instruments(Asks.ROLE))
def test_every_question_about_a_person_names_the_person(name):
    assert all("{name}" in item.text for item in instrument(name).items)


@pytest.mark.parametrize("name", OF_OTHERS)
def test_what_is_reversed_is_named_at_the_head_of_the_file(name):
    folder = Path(__file__).parents[2] / "src" / "fairlead" / "library" / "instruments"
    head = (folder / f"{name}.yaml").read_text(encoding="utf-8").partition("\nid:")[0].replace("\n# ", " ")
    turned = [item.id for item in instrument(name).items if item.reverse]
    said = re.search(r"Reversed: ([a-z_, ]+)\.", head)
    assert turned == (said[1].split(", ") if said else [])
    assert turned or "None is reversed" in head


def test_charisma_is_not_asked_for():
    for name in OF_OTHERS:
        for item in instrument(name).items:
            assert not re.search(r"charis|inspir|charm|magnet|convinc", item.text, re.IGNORECASE)


@pytest.mark.parametrize("name", OF_OTHERS)
def test_a_release_takes_the_questions_as_they_are(name):
    questions = instrument(name).questions()
    people = tuple(f"p{i}" for i in range(6))
    organization = Organization(teams=(Team(id="boss", members=people),), alone=("boss",))
    policy = Policy(survey="w1", family="f", closed_on=date(2026, 3, 2), questions=questions)
    ballots = [Ballot(team="boss", answers=tuple(3 for _ in questions)) for _ in people]
    released = release(ballots, organization, policy)
    assert {cell.question for cell in released.cells} == {question.id for question in questions}


def test_the_editor_s_schema_knows_whom_an_instrument_asks():
    schema = json_schema()
    assert schema["$defs"]["Asks"]["enum"] == ["self", "role", "pulse"]
    assert {"asks", "mirrors"} <= set(schema["properties"])
    assert not {"asks", "mirrors"} & set(schema["required"])


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_broken_surveys_are_read_or_refused_with_a_line_and_never_crash(data):
    text = SURVEY.replace("asks: role\n", MIRROR) if data.draw(st.booleans()) else SURVEY
    broken = bytearray(text.encode())
    pieces = [b"{name}", b"{", b"role", b"pulse", b"self", b"role-audit", b"\n", b"[]", b"null", b"{}"]
    for _ in range(data.draw(st.integers(1, 5))):
        at = data.draw(st.integers(0, len(broken) - 1))
        broken[at : at + data.draw(st.integers(0, 30))] = data.draw(st.sampled_from(pieces))
    told = ()
    try:
        form = read_instrument(read_yaml("mine.yaml", bytes(broken)))
        form.questions(), form.comment_items(), [form.worded(item, "Ada") for item in form.items]
    except BadInput as refused:
        told = refused.problems
    assert all(problem.wrong and problem.line for problem in told)
