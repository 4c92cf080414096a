"""The shipped questionnaires: complete, traceable to rows and research, short enough, in plain words."""

import hashlib
import re
from collections import Counter
from importlib import resources
from pathlib import Path

import pytest

from fairlead.core.direction import DAYS
from fairlead.core.scales import score
from fairlead.core.tables import Answers
from fairlead.core.work import Aspect, Competency, HighPayoff, Trait
from fairlead.library import pace
from fairlead.library.load import instrument, instrument_digest, instruments
from fairlead.library.schema import ABOUT, Asks, ItemKind

NAMES = instruments()
OWN = instruments(Asks.SELF)
OF_DIRECTION = ("motives", "two-sides")


def texts(form):
    yield from (form.title, form.purpose, form.period, form.privacy)
    for section in form.sections:
        yield from (section.title, section.intro)
        for item in section.items:
            yield from (item.text, item.help, *(preset.label for preset in item.presets))
    for scale in form.scales:
        yield from (scale.label, scale.says)
    for options in form.options.values():
        yield from (option.label for option in options)


def test_four_questionnaires_are_for_oneself_and_four_are_asked_of_others():
    assert OWN == ("motives", "role-audit", "rut-check", "two-sides")
    assert instruments(Asks.ROLE) == ("multiplier", "role-audit-others")
    assert instruments(Asks.PULSE) == ("pulse-culture", "pulse-fairness")
    assert sorted(NAMES) == sorted((*OWN, *instruments(Asks.ROLE, Asks.PULSE)))
    with pytest.raises(KeyError):
        instrument("no-such-thing")


@pytest.mark.parametrize("name", NAMES)
def test_the_digest_is_that_of_the_file(name):
    data = resources.files("fairlead.library").joinpath(f"instruments/{name}.yaml").read_bytes()
    assert instrument_digest(name) == hashlib.sha256(data).hexdigest()
    assert instrument(name).id == name


@pytest.mark.parametrize("name", NAMES)
def test_the_whole_takes_no_longer_than_it_says_and_at_most_five_minutes(name):
    form = instrument(name)
    seconds = 3 * len(form.sections) + sum(pace.SECONDS[item.kind] for item in form.items)
    assert pace.of_instrument(form) == seconds
    assert form.minutes == pace.minutes(seconds)
    assert form.minutes <= pace.MOST_MINUTES == 5


@pytest.mark.parametrize("name", NAMES)
def test_screens_fit_a_phone(name):
    for section in instrument(name).sections:
        assert len(section.items) <= 10
        for item in section.items:
            assert len(item.text) <= 110
            assert all(len(label) <= 34 for _, label in instrument(name).choices(item))


@pytest.mark.parametrize("name", NAMES)
def test_every_scored_item_has_five_options_in_words(name):
    form = instrument(name)
    for item in form.items:
        if item.scales:
            assert len(form.options[item.options]) == 5
            assert all(re.search(r"[a-z]", option.label) for option in form.options[item.options])


@pytest.mark.parametrize("name", NAMES)
def test_every_item_names_research(name):
    assert all(item.research and item.rows for item in instrument(name).items)


@pytest.mark.parametrize("name", NAMES)
def test_words_are_plain(name):
    for text in texts(instrument(name)):
        assert "!" not in text
        assert not re.search(
            r"\b(stakeholder|leverage|synerg|alignment|empower|holistic|impact)", text, re.IGNORECASE
        )
        assert not re.search(r"\b(he|she|his|her|him)\b", text, re.IGNORECASE)
        assert "  " not in text


@pytest.mark.parametrize("name", NAMES)
def test_no_question_stands_twice(name):
    counted = Counter(item.text for item in instrument(name).items)
    assert max(counted.values()) == 1


@pytest.mark.parametrize("name", NAMES)
def test_the_highest_and_lowest_answers_reach_the_ends_of_every_scale(name):
    form = instrument(name)
    for end in (1, 5):
        values = {
            item.id: float(6 - end if item.reverse else end)
            for item in form.items
            if item.kind is ItemKind.CHOICE
        }
        said = Answers(
            instrument=name, version=form.version, answered_on="2026-03-02", values=values, texts={}
        )
        assert {found.score for found in score(said, form.scoring()).scores} == {float(end)}


def test_rows_of_the_role_audit_are_served():
    served = {row for item in instrument("role-audit").items for row in item.rows}
    assert served >= {3, 84, 87, *range(133, 139), 154, *range(156, 160), *range(162, 170)}
    assert 171 not in served  # asked of others, not of oneself


def test_rows_of_the_rut_check_are_served():
    served = {row for item in instrument("rut-check").items for row in item.rows}
    # The dated decision (21, 34) is asked on its own page, which goes on over weeks.
    asked = {5, 6, 7, 12, 13, 15, 16, 18, 19, 20, *range(22, 34), *range(35, 43), 60, 155, *range(181, 185)}
    assert served >= asked


@pytest.mark.parametrize("competency", Competency)
def test_each_competency_has_three_behaviours_that_need_no_reports(competency):
    form = instrument("role-audit")
    (scale,) = [scale for scale in form.scales if scale.about == competency]
    items = [item for item in form.items if scale.id in item.scales]
    assert len(items) >= 3
    assert all(item.options == "how_often" and item.may_not_be_mine for item in items)
    assert not any(
        re.search(r"\bmy (team|reports?|staff|people)\b|report to me", item.text) for item in items
    )


@pytest.mark.parametrize("aspect", Aspect)
def test_each_aspect_has_two_scales_that_share_no_item(aspect):
    form = instrument("role-audit")
    sides = {}
    for style in ("leading", "managing"):
        (scale,) = [scale for scale in form.scales if scale.about == f"{aspect}.{style}"]
        sides[style] = {item.id for item in form.items if scale.id in item.scales}
    assert all(len(side) >= 2 for side in sides.values())
    assert not sides["leading"] & sides["managing"]


def test_both_styles_of_every_aspect_can_be_high_at_once():
    form = instrument("role-audit")
    styles = {f"{a}_{s}" for a in Aspect for s in ("leading", "managing")}
    values = {item.id: 5.0 for item in form.items if styles & set(item.scales)}
    said = Answers(
        instrument=form.id, version=form.version, answered_on="2026-03-02", values=values, texts={}
    )
    found = score(said, form.scoring())
    assert all(found.of(f"{a}_{s}").score == 5.0 for a in Aspect for s in ("leading", "managing"))


@pytest.mark.parametrize("trait", Trait)
def test_each_trait_is_asked_of_me_beside_somebody_in_mind(trait):
    form = instrument("rut-check")
    (pair,) = [pair for pair in form.compared() if pair.about == trait]
    item = form.item(pair.beside)
    offered = [option.label for option in form.options[item.options]]
    assert item.scales == ("traits_beside",)
    assert item.about == trait
    assert {22, 33, 23 + list(Trait).index(trait)} == set(item.rows)
    assert offered[int(pair.middle) - 1] == "About the same"
    assert offered[0].endswith("of me")
    assert offered[-1].endswith("of them")


@pytest.mark.parametrize("area", HighPayoff)
def test_each_high_payoff_area_is_asked(area):
    form = instrument("rut-check")
    assert any(item.about == area and "high_payoff" in item.scales for item in form.items)


@pytest.mark.parametrize("name", OWN)
def test_nothing_is_asked_in_free_words_which_take_long_and_may_hold_names(name):
    kinds = {item.kind for item in instrument(name).items}
    assert kinds <= {ItemKind.CHOICE, ItemKind.NUMBER, ItemKind.MANY}


def test_no_name_is_asked_for():
    traits = next(section for section in instrument("rut-check").sections if section.id == "traits_1")
    assert "No name is asked for" in traits.intro
    team = next(section for section in instrument("rut-check").sections if section.id == "team")
    assert "no names" in team.intro


@pytest.mark.parametrize("name", NAMES)
def test_the_form_says_who_sees_the_answers_and_that_they_expire(name):
    form = instrument(name)
    said = "Only you see" if name in OWN else "only together with those of four other people at least"
    assert said in form.privacy
    assert 30 <= form.expires_after_days <= (180 if name in OF_DIRECTION else 120)
    assert "no norms" in form.source


@pytest.mark.parametrize("name", OF_DIRECTION)
def test_answers_stand_as_long_as_the_direction_that_they_are_part_of(name):
    assert instrument(name).expires_after_days == DAYS


@pytest.mark.parametrize("name", OF_DIRECTION)
def test_what_can_be_shown_to_a_coach_is_not_promised_to_stay_unseen(name):
    assert "unless you show them to your coach" in instrument(name).privacy
    assert "der Person, die Sie coacht" in instrument(name, "de").privacy


@pytest.mark.parametrize("name", NAMES)
def test_every_number_has_plain_words_for_what_it_is_about(name):
    assert all(number.about in ABOUT and number.label for number in instrument(name).counted())


@pytest.mark.parametrize("name", NAMES)
def test_the_method_page_says_every_scale_and_item_as_it_is(name):
    from benchmarks.recovery.questionnaires import PAGE, between, described

    page = PAGE.read_text(encoding="utf-8")
    again = "run python -m benchmarks.recovery.questionnaires"
    assert between(page, name).strip() == described(instrument(name)).strip(), again


def test_the_page_on_use_shows_an_answer_file_that_is_read():
    from fairlead.sources.answers import read_answers

    page = (Path(__file__).parents[2] / "docs" / "use" / "instruments.md").read_text(encoding="utf-8")
    example = page.split("```yaml\n")[1].split("```")[0]
    (found,) = read_answers("example.yaml", example.encode())
    assert found.values == {"rushed_choices": 3.0, "loved_now": 40.0, "beside_energy": 4.0}
    assert found.texts == {"team_needs": "training\nrest"}


@pytest.mark.parametrize("name", NAMES)
def test_every_item_belongs_to_the_file_s_own_words_only_once(name):
    form = instrument(name)
    assert all(len(set(item.scales)) == len(item.scales) for item in form.items)
