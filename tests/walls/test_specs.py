"""Charts carry no rows: a spec holds the numbers that are shown, and nothing computes in it."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from jsonschema import ValidationError
from tests.render.sample import role_audit

from fairlead.render import charts

COMPUTING = {
    "aggregate", "bin", "calculate", "density", "filter", "flatten", "fold", "impute", "joinaggregate",
    "loess", "lookup", "pivot", "quantile", "regression", "sample", "timeUnit", "transform", "url", "window",
}  # fmt: skip


def nodes(value):
    yield value
    for child in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from nodes(child)


@pytest.mark.parametrize("width", [charts.WIDE, charts.NARROW])
def test_no_spec_computes_or_fetches(width):
    for drawn in charts.figures(role_audit(), width=width):
        for node in nodes(drawn.spec):
            if isinstance(node, dict):
                assert not COMPUTING & set(node), (drawn.name, COMPUTING & set(node))
                assert node.get("stack") is None, drawn.name


def check_schema(spec):
    import altair as alt
    from altair.utils import schemapi

    schemapi.validate_jsonschema(spec, alt.load_schema())


@pytest.mark.parametrize("width", [charts.WIDE, charts.NARROW])
def test_every_spec_keeps_to_the_schema_that_drawing_does_not_check(width):
    specs = [drawn.spec for drawn in charts.figures(role_audit(), width=width)]
    assert len(specs) > 8
    for spec in specs:
        check_schema(spec)


def test_a_spec_against_the_schema_is_noticed():
    spec = json.loads(json.dumps(charts.figures(role_audit())[0].spec))
    spec["layer"][0]["mark"] = {"type": "no such mark"}
    with pytest.raises(ValidationError):
        check_schema(spec)


def test_drawing_leaves_the_checks_of_other_charts_as_they_were():
    import altair as alt
    from altair.utils import schemapi

    charts.figures(role_audit())
    with pytest.raises(schemapi.SchemaValidationError):
        alt.Chart({"values": []}).mark_bar().encode(x=alt.X("a:Q", scale=3)).to_dict()


def test_no_spec_and_no_picture_holds_a_title_of_an_event():
    audit = role_audit()
    planted = "Dismissal talk with Kim"
    time = replace(audit.time, unsorted=(replace(audit.time.unsorted[0], title=planted),))
    for drawn in charts.figures(replace(audit, time=time)):
        everything = json.dumps(drawn.spec) + drawn.svg + drawn.paper + drawn.sentence + repr(drawn.table)
        assert planted not in everything
        assert "Kim" not in everything


def test_a_spec_holds_no_more_rows_than_the_table_beside_it_has_cells():
    for drawn in charts.figures(role_audit()):
        sets = [n["datasets"].values() for n in nodes(drawn.spec) if isinstance(n, dict) and "datasets" in n]
        rows = [len(values) for found in sets for values in found]
        shown = len(drawn.table.rows) * len(drawn.table.headers)
        assert max(rows) <= shown, drawn.name
