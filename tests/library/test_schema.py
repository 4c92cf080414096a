"""What an instrument may say, and how a person's own file is told what does not fit."""

import copy
import json

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from fairlead.core.problems import BadInput
from fairlead.core.work import Aspect, Competency, HighPayoff, Kind, Trait
from fairlead.library.load import read_yaml, validate
from fairlead.library.schema import ABOUT, Instrument, json_schema

SMALL = """\
id: my-check
version: 1.10
title: My check
purpose: To see whether my weeks got better.
period: Think of last week.
privacy: Only I see it.
source: Written by me.
licence: CC0-1.0
languages: [en, no]
expires_after_days: 30
minutes: 1
research:
  simons2002: {cite: "Simons (2002), Behavioral integrity.", doi: 10.1287/orsc.13.1.18.543}
options:
  often:
    - {value: 1, label: Never}
    - {value: 2, label: Once}
    - {value: 3, label: Often}
scales:
  - {id: kept, label: Promises kept, about: reliability, min_answered: 2, says: How often promises were kept.}
sections:
  - id: promises
    title: Promises
    items:
      - id: on_time
        text: I was on time.
        options: often
        scales: [kept]
        rows: [138]
        research: [simons2002]
      - id: too_late
        text: I was late.
        options: often
        scales: [kept]
        reverse: true
        rows: [138]
        research: [simons2002]
  - id: numbers
    title: Numbers
    items:
      - {id: hours, kind: number, text: Hours, low: 0, high: 80, unit: hours, about: hours, rows: [18]}
      - id: needs
        kind: many
        text: What is needed
        presets: [{id: rest, label: Rest}, {id: help, label: Help}]
        rows: [15]
"""


def built(text=SMALL):
    return validate(Instrument, read_yaml("mine.yaml", text.encode()))


def problems(text):
    with pytest.raises(BadInput) as caught:
        built(text)
    return caught.value.problems


def test_a_small_instrument_of_ones_own_is_read():
    form = built()
    assert (form.version, form.languages, form.minutes) == ("1.10", ("en", "no"), 1)
    assert [item.id for item in form.items] == ["on_time", "too_late", "hours", "needs"]
    assert form.item("hours").unit == "hours"
    with pytest.raises(KeyError):
        form.item("nothing")


def test_scales_become_what_the_core_scores():
    (scale,) = built().scoring()
    assert (scale.id, scale.about, scale.min_answered, scale.spread) == ("kept", "reliability", 2, 0.2)
    assert [(item.id, item.reverse) for item in scale.items] == [("on_time", False), ("too_late", True)]
    assert (scale.low_option, scale.high_option) == (1.0, 3.0)


def test_not_part_of_my_work_is_offered_only_where_it_may_be():
    form = built(SMALL.replace("I was on time.", "I was on time.\n        may_not_be_mine: true"))
    assert form.choices(form.item("on_time"))[-1] == (0.0, "Not part of my work")
    assert form.choices(form.item("too_late")) == ((1.0, "Never"), (2.0, "Once"), (3.0, "Often"))
    assert form.choices(form.item("hours")) == ()


def test_the_vocabulary_covers_the_words_of_the_core():
    words = {
        *Kind,
        *Competency,
        *HighPayoff,
        *Trait,
        *(f"{a}.{s}" for a in Aspect for s in ("leading", "managing")),
    }
    assert words <= set(ABOUT)
    assert all(ABOUT.values())


@pytest.mark.parametrize(
    ("old", "new", "stands_at", "wrong", "right"),
    [
        ("about: reliability", "about: reliabilty", "reliabilty", "“reliabilty” is not a word", "Known"),
        ("scales: [kept]\n        rows", "scales: [ept]\n        rows", "ept]", "no scale “ept”", "kept"),
        ("[simons2002]\n      - id", "[simons]\n      - id", "simons]", "no research “simons”", "simons2002"),
        ("on time.\n        options: often", "on time.\n        options: oft", "oft", "no options", "often"),
        ("rows: [18]", "rows: [195]", "195]", "“195”", "at most 194"),
        ("rows: [18]", "rows: [0]", "0]", "“0”", "at least 1"),
        ("rows: [18]", "rows: []", "[]", "0 entries", "at least 1"),
        ("id: too_late", "id: on_time", "on_time", "another item", "its own"),
        ("min_answered: 2", "min_answered: 3", "3,", "never be reached", "2."),
        ("doi: 10.1287/orsc.13.1.18.543", "doi: orsc.13.1", "orsc.13.1", "“orsc.13.1”", "10."),
        ("id: my-check", "id: My Check", "My Check", "“My Check”", "small letters"),
        ("minutes: 1", "minutes: soon", "soon", "“soon”", "digits"),
        ("reverse: true", "reverse: yes", "yes", "“yes”", "true or false"),
        ("expires_after_days: 30", "expires_after_days: 0", "0", "“0”", "at least 1"),
        ("value: 3, label: Often", "value: 4, label: Often", "- {value: 1", "not numbered", "from 1"),
        ("high: 80", "high: 0", "0, high", "not below", "Turn"),
        (", unit: hours", "", "{id: hours", "without bounds or unit", "unit"),
        ("kind: many", "kind: choice", "id: needs", "without options", "options"),
        (", {id: help, label: Help}", "", "id: needs", "fewer than two", "presets"),
        ("id: help", "id: rest", "rest, label: Help", "another preset", "its own"),
        ("kind: number", "kind: numbers", "numbers,", "“numbers”", "choice, number, date"),
        ("kind: number", "kind: number, options: often", "{id: hours", "answered by number", "Only a choice"),
        ("kind: number", "kind: text", "{id: hours", "answered by text", "Only a number has bounds"),
        ("licence: CC0-1.0\n", "", "id: my-check", "“licence” is missing", "Add"),
        ("period:", "perod:", "perod:", "“perod” is not known", "Did you mean “period”?"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_placed(old, new, stands_at, wrong, right):
    assert SMALL.count(old) == 1, "the edit must be unambiguous"
    text = SMALL.replace(old, new)
    found = problems(text)
    (told,) = [p for p in found if wrong in p.wrong and right in p.right]
    assert text.splitlines()[told.line - 1][told.column - 1 :].startswith(stands_at)


def test_scored_items_need_research():
    found = problems(
        SMALL.replace("        research: [simons2002]\n      - id: too_late", "      - id: too_late")
    )
    assert "“on_time” is scored and names no research" in found[0].wrong


def test_options_and_research_that_nobody_uses_are_told():
    unused = "  spare:\n    - {value: 1, label: No}\n    - {value: 2, label: Yes}\nscales:"
    assert (
        "No item uses the options “spare”"
        in problems(SMALL.replace("scales:\n  - {id: kept", unused + "\n  - {id: kept"))[0].wrong
    )


def test_a_scale_without_items_is_told():
    empty = "  - {id: empty, label: E, about: own, min_answered: 1, says: Nothing.}\nsections:"
    assert "No item belongs to the scale “empty”" in problems(SMALL.replace("sections:", empty))[0].wrong


def test_items_of_one_scale_need_equally_many_options():
    two = "  yes_no:\n    - {value: 1, label: No}\n    - {value: 2, label: Yes}\nscales:\n  - {id: kept"
    text = SMALL.replace("scales:\n  - {id: kept", two).replace(
        "late.\n        options: often", "late.\n        options: yes_no"
    )
    assert "different options" in problems(text)[0].wrong


def test_pairs_need_two_choices_with_the_same_options():
    pair = "pairs:\n  - {about: energy, mine: on_time, theirs: %s}\nsections:"
    assert built(SMALL.replace("sections:", pair % "too_late")).compared()[0].theirs == "too_late"
    for name in ("hours", "nobody"):
        assert "no choice item" in problems(SMALL.replace("sections:", pair % name))[0].wrong


def test_a_pair_is_two_items_or_one_that_compares_the_two_outright():
    pair = "pairs:\n  - {about: energy, %s}\nsections:"
    (found,) = built(SMALL.replace("sections:", pair % "beside: too_late")).compared()
    assert (found.beside, found.middle, found.mine, found.theirs) == ("too_late", 2.0, "", "")
    for half in (
        "mine: on_time",
        "mine: on_time, beside: too_late",
        "mine: on_time, theirs: too_late, beside: on_time",
    ):
        assert "one that compares" in problems(SMALL.replace("sections:", pair % half))[0].wrong
    even = SMALL.replace("    - {value: 3, label: Often}\n", "")
    assert (
        "no option in the middle" in problems(even.replace("sections:", pair % "beside: too_late"))[0].wrong
    )


def test_models_are_frozen():
    with pytest.raises(ValidationError):
        built().title = "Another"


def test_every_wrong_name_anywhere_is_refused():
    """Put an unknown name into every mapping of the file, one at a time."""
    whole = yaml.safe_load(SMALL.replace("1.10", "'1.10'").replace("[en, no]", "[en, 'no']"))

    def mappings(value, path=()):
        if isinstance(value, dict):
            yield path
        for key, below in (
            value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
        ):
            yield from mappings(below, (*path, key))

    free = {("research",), ("options",)}  # these map names that the author chooses
    places = [path for path in mappings(whole) if path not in free]
    assert len(places) > 12
    for path in places:
        broken = copy.deepcopy(whole)
        at = broken
        for part in path:
            at = at[part]
        at["surprise"] = 1
        found = problems(yaml.safe_dump(broken, allow_unicode=True, sort_keys=False))
        assert any("“surprise” is not known here" in p.wrong for p in found), path


def test_the_json_schema_tells_editors_names_words_and_bounds():
    schema = json_schema()
    assert json.loads(json.dumps(schema)) == schema
    assert schema["additionalProperties"] is False
    assert set(schema["required"]) >= {"id", "version", "sections", "research", "licence"}
    item = schema["$defs"]["Item"]["properties"]
    assert item["rows"]["items"] == {"maximum": 194, "minimum": 1, "type": "integer"}
    assert "resource_allocation" in json.dumps(item["about"])


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_mutated_instruments_are_read_or_refused_with_a_line_and_never_crash(data):
    text = bytearray(SMALL.encode())
    pieces = [
        b"&a ",
        b"*a",
        b"!!x ",
        b"- ",
        b"[",
        b"}",
        b": ",
        b"\t",
        b"'",
        b"\n---\n",
        b"\xff",
        b"null",
        b"-1",
        b"1e9",
    ]
    for _ in range(data.draw(st.integers(1, 5))):
        at = data.draw(st.integers(0, len(text) - 1))
        text[at : at + data.draw(st.integers(0, 30))] = data.draw(
            st.binary(max_size=4) | st.sampled_from(pieces)
        )
    told = ()
    try:
        form = validate(Instrument, read_yaml("mine.yaml", bytes(text)))
        form.scoring(), form.counted(), form.compared()
    except BadInput as refused:
        told = refused.problems
    assert all(problem.wrong and problem.line for problem in told)
