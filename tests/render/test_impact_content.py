"""Words and tables of an impact report: what is said first, what is not dropped, the law's layout."""

import numpy as np
import pytest

from fairlead.core.decisions import Attribute, Decisions, attribute
from fairlead.core.impact import impact
from fairlead.core.impact_release import release_impact
from fairlead.render.content import Bullets, Grid, Part, Text
from fairlead.render.impact_content import impact_report, p_value, percent, released_report
from fairlead.render.impact_rows import Category, categories_rows, local_law_rows


def table(*, rounds=False, strata=False, second=False):
    rng = np.random.default_rng(5)
    sex = ["woman"] * 60 + ["man"] * 80 + [""] * 7 + ["other"] * 2
    n = len(sex)
    passed = (rng.random(n) < np.where(np.arange(n) < 60, 0.25, 0.6)).astype(np.int64)
    attributes = [attribute("sex", sex)]
    if second:
        attributes.append(attribute("age", rng.choice(["young", "50+"], n).tolist()))
    return Decisions(
        steps=("promoted",), passed=passed, open=np.zeros(n, bool), attributes=tuple(attributes),
        strata=Attribute(name="unit", values=("x", "y"), of=rng.integers(0, 2, n)) if strata else None,
        rounds=Attribute(name="round", values=("1", "2"), of=np.arange(n) % 2) if rounds else None,
    )  # fmt: skip


def words(report):
    for section in report.sections:
        yield section.title
        for block in section.blocks:
            match block:
                case Text(text):
                    yield text
                case Bullets(items):
                    yield from items
                case Part(title):
                    yield title
                case Grid(caption, headers, rows):
                    yield from (caption, *headers, *(cell for row in rows for cell in row))


@pytest.mark.parametrize("asked", [{}, {"rounds": True}, {"strata": True}, {"second": True}])
def test_every_report_says_who_did_not_state_it_and_how_it_was_made(asked):
    said = list(words(impact_report(impact(table(**asked)))))
    assert any(one.startswith("Not stated: 7 people") for one in said)
    assert "How this was made" in said
    assert not any("None" in one or "nan" in one for one in said)


def test_a_reversal_is_read_first():
    # Charig et al. (1986), doi:10.1136/bmj.292.6524.879: two treatments of kidney stones.
    words_of, unit, passed = [], [], []
    for group, where, x, n in (("a", 0, 81, 87), ("a", 1, 192, 263), ("b", 0, 234, 270), ("b", 1, 55, 80)):
        words_of += [group] * n
        unit += [where] * n
        passed += [1] * x + [0] * (n - x)
    stones = Decisions(
        steps=("healed",), passed=np.array(passed), open=np.zeros(len(passed), bool),
        attributes=(attribute("way", words_of),),
        strata=Attribute(name="size", values=("s", "l"), of=np.array(unit)),
    )  # fmt: skip
    section = impact_report(impact(stones)).sections[0]
    assert section.blocks[1].text.startswith("Read this first. All together, a is selected less often than b")


def test_the_watch_stands_before_the_single_rounds():
    report = impact_report(impact(table(rounds=True)))
    rounds = next(section for section in report.sections if section.id == "attribute-1-rounds")
    titles = [block.title for block in rounds.blocks if isinstance(block, Part)]
    assert titles == ["Watched over the rounds", "Round 1", "Round 2"]


def test_the_laws_layout_leaves_small_categories_out_of_the_ratios_and_counts_the_unknown():
    rows = local_law_rows(impact(table()))
    assert rows[0][2:6] == ("# of Applicants", "# Selected", "Selection Rate", "Impact Ratio")
    by_name = {row[1]: row for row in rows[1:]}
    assert by_name["other"][5] is None
    assert by_name["other"][6].startswith("Less than 2 %")
    assert by_name["Unknown"][2] == 7
    assert max(row[5] for row in rows[1:] if row[5] is not None) == 1.0


def test_the_sample_table_of_the_law():
    rows = categories_rows("Sex", [Category("Male", 1390, 667, False), Category("Female", 1181, 555, False)])
    assert rows[1][5] == pytest.approx(0.9793, abs=5e-5)


def test_a_released_report_says_withheld_where_a_count_is_withheld_and_no_small_one():
    report = released_report(release_impact(table(strata=True)))
    said = list(words(report))
    assert "withheld" in said
    for section in report.sections:
        for block in section.blocks:
            if isinstance(block, Grid) and block.headers[:3] == ("group", "n", "selected"):
                for row in block.rows:
                    if row[0] != "not stated":
                        assert all(cell == "withheld" or int(cell.replace(",", "")) >= 5 for cell in row[1:3])


def test_small_numbers_are_written_so_that_nothing_rounds_to_nothing():
    assert (p_value(0.0004), p_value(0.0496), p_value(None)) == ("< .001", "0.050", "–")
    assert (percent(0.333333), percent(None)) == ("33.3 %", "–")
