"""The strict YAML reader: what stays what it is, what is refused, and where a problem is placed."""

from typing import Annotated, Literal

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, Field, model_validator

from fairlead.core.problems import BadInput
from fairlead.library.load import read_yaml, validate
from fairlead.library.strict_yaml import MAX_BYTES, MAX_DEPTH
from fairlead.library.wording import misfits


def read(text):
    return read_yaml("a.yaml", text.encode()).value


def refusal(text):
    with pytest.raises(BadInput) as caught:
        read(text)
    return caught.value.problems[0]


@pytest.mark.parametrize(
    "written",
    ["no", "yes", "on", "off", "12:30", "1.10", "007", "0o17", "0x1F", "1e3", "1_000", "+1", "2026-01-31",
     ".inf", ".nan", "<<", "n", "Y", "0.", "1.", "-0", "NO", "99999999999999999999"],
)  # fmt: skip
def test_plain_text_stays_what_was_written(written):
    assert read(f"a: {written}") == {"a": written}


@pytest.mark.parametrize(
    ("written", "value"),
    [("1", 1), ("-12", -12), ("0", 0), ("1.5", 1.5), ("-0.25", -0.25), ("true", True), ("False", False),
     ("null", None), ("~", None), ("", None), ("'1'", "1"), ('"true"', "true"), ("'null'", "null")],
)  # fmt: skip
def test_core_values_are_read(written, value):
    found = read(f"a: {written}")["a"]
    assert found == value
    assert type(found) is type(value)


def test_names_are_text_even_when_they_look_like_numbers():
    assert read("1: low\n2: high\nno: never") == {"1": "low", "2": "high", "no": "never"}


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers(-(10**9), 10**9) | st.text("aäß:#-'\" \n1.0", max_size=12),
        lambda inner: (
            st.lists(inner, max_size=4) | st.dictionaries(st.text("abc1 ", max_size=3), inner, max_size=4)
        ),
        max_leaves=12,
    )
)
def test_what_pyyaml_writes_is_read_back(value):
    written = yaml.safe_dump({"top": value}, allow_unicode=True).encode()
    assert read_yaml("a.yaml", written).value == {"top": value}


@pytest.mark.parametrize(
    ("text", "line", "column", "says"),
    [
        ("a: 1\nb: 2\na: 3", 3, 1, "already on line 1"),
        ("a:\n  - x: 1\n    x: 2", 3, 5, "already on line 2"),
        ("a: &x 1", 1, 4, "anchor"),
        ("a: &x [1]", 1, 4, "anchor"),
        ("b: 1\na: *x", 2, 4, "alias"),
        ("a: !!python/object:os.system x", 1, 4, "tag"),
        ("a: ! x", 1, 4, "tag"),
        ("a: 1\n---\nb: 2", 2, 1, "second document"),
        ("%YAML 1.1\n---\na: 1", 1, 1, "% line"),
        ("? [a, b]\n: 1", 1, 3, "name should be"),
        ("a: 1\nb: x: y", 2, 5, "colon"),
        ("a:\n\t- x", 2, 1, "cannot begin"),
        ('a: "x\nb: 2', None, None, "quote"),
        ("a: 1\nb: x\u202ey", 2, 5, "U+202E"),
        ('a: 1\nb: "x\\u202ey"', 2, 4, "U+202E"),
        ("a: \x00", 1, 4, "U+0000"),
    ],
)
def test_refusals_name_line_and_column(text, line, column, says):
    problem = refusal(text)
    assert says in problem.wrong
    assert problem.right
    if line is not None:
        assert (problem.line, problem.column) == (line, column)


@pytest.mark.parametrize("opening", ["[", "{a: ", "- "])
def test_nesting_deeper_than_twenty_is_refused_and_twenty_is_read(opening):
    closing = {"[": "]", "{a: ": "}", "- ": ""}[opening]
    read(opening * MAX_DEPTH + "1" + closing * MAX_DEPTH)
    deep = refusal(opening * 40_000 + "1" + closing * 40_000)
    assert "20 levels" in deep.wrong
    assert deep.line == 1


def test_large_files_are_refused_before_reading():
    assert "262,145 bytes" in refusal("#" * (MAX_BYTES + 1)).wrong
    assert read("a: " + "x" * (MAX_BYTES - 3)) == {"a": "x" * (MAX_BYTES - 3)}


def test_empty_and_broken_encodings_are_told():
    assert "empty" in refusal("").wrong
    assert "empty" in refusal("# only a remark\n").wrong
    with pytest.raises(BadInput) as caught:
        read_yaml("a.yaml", b"a: 1\nb: \xff")
    assert (caught.value.problems[0].line, caught.value.problems[0].column) == (2, 4)


def test_a_byte_order_mark_and_windows_line_ends_are_read():
    assert read_yaml("a.yaml", b"\xef\xbb\xbfa: 1\r\nb: no\r\n").value == {"a": 1, "b": "no"}


def test_the_digest_is_that_of_the_bytes():
    known = "6b23c0d5f35d1b11f9b683f0b0a617355deb11277d91ae091d399c655b87940d"  # printf 'C' | sha256sum
    assert read_yaml("a.yaml", b"C").sha256 == known


class Leaf(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    kind: Literal["leaf"]
    size: int = Field(ge=1, le=5)
    label: str = ""


class Stone(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    kind: Literal["stone"]
    weight: float


class Heap(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    name: str
    things: tuple[Annotated[Leaf | Stone, Field(discriminator="kind")], ...]
    limit: int | None = None

    @model_validator(mode="after")
    def _fits(self):
        found = [
            (("things", i, "size"), "Too large for the heap.", f"At most {self.limit}.")
            for i, thing in enumerate(self.things)
            if isinstance(thing, Leaf) and self.limit is not None and thing.size > self.limit
        ]
        if found:
            raise misfits(found)
        return self


def problems(text):
    with pytest.raises(BadInput) as caught:
        validate(Heap, read_yaml("heap.yaml", text.encode()))
    return caught.value.problems


def test_a_fitting_document_becomes_the_model():
    heap = validate(
        Heap, read_yaml("h", b"name: x\nthings:\n- {kind: leaf, size: 2}\n- {kind: stone, weight: 1.50}")
    )
    assert heap.things == (Leaf(kind="leaf", size=2), Stone(kind="stone", weight=1.5))


def test_every_problem_is_placed_in_the_order_of_the_file():
    found = problems(
        "nme: x\nthings:\n  - {kind: leaf, size: nine}\n  - kind: leaf\n    size: 9\n  - {kind: twig}\n"
    )
    assert [(p.line, p.column) for p in found] == [(1, 1), (1, 1), (3, 24), (5, 11), (6, 5)]
    said = [str(p) for p in found]
    assert any("“name” is missing" in text for text in said)
    assert any("Did you mean “name”?" in text for text in said)
    assert "whole number, not “nine”" in said[2]
    assert "at most 5" in said[3]
    assert "“twig” is not known here. It should be leaf, stone." in said[4]


def test_unknown_names_inside_a_tagged_kind_name_what_is_known():
    found = problems("name: x\nthings:\n- kind: leaf\n  size: 1\n  lable: y\n")
    assert str(found[0]) == "heap.yaml, line 5, column 3: “lable” is not known here. Did you mean “label”?"


def test_cross_checks_are_placed_one_by_one():
    found = problems(
        "name: x\nlimit: 2\nthings:\n"
        "- {kind: leaf, size: 3}\n- {kind: leaf, size: 2}\n- {kind: leaf, size: 5}\n"
    )
    assert [(p.line, p.column) for p in found] == [(4, 22), (6, 22)]
    assert found[0].right == "At most 2."


def test_a_wrong_entry_is_told_once_and_not_as_a_list_that_is_too_short():
    class Rows(BaseModel):
        rows: tuple[int, ...] = Field(min_length=1)

    with pytest.raises(BadInput) as caught:
        validate(Rows, read_yaml("rows.yaml", b"rows: [x]"))
    (problem,) = caught.value.problems
    assert (problem.column, problem.wrong) == (8, "Entry 1 of “rows” should be a whole number, not “x”.")


def test_numbers_where_text_belongs_ask_for_quotes():
    assert "quotes" in problems("name: 12\nthings: []\n")[0].right


def test_a_list_where_a_mapping_belongs_is_told():
    assert "mapping" in problems("- a\n- b\n")[0].wrong
