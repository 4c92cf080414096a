"""Kinds of events: rules in order, own rules first, reasons people can read, nothing unclear called doing."""

from __future__ import annotations

import numpy as np
import pytest
from tests.core.calendar_tables import event, table

from fairlead.core.calendars import WorkingHours
from fairlead.core.kinds import (
    KINDS,
    NO_REASON,
    UNCLEAR,
    Bound,
    OwnRule,
    Rule,
    RuleError,
    Rules,
    When,
    classify,
    series_fingerprints,
)
from fairlead.core.signals import every_days, notice_minutes, read_signals
from fairlead.core.tables import NO_NOTICE
from fairlead.core.titles import DistinctTitles, Lexicon, WordList, fingerprint, normalise, words
from fairlead.core.work import Kind

LEXICON = Lexicon(
    (
        WordList(name="fire", terms=("outage", "störung"), unless=("review",)),
        WordList(name="money", terms=("budget*", "*planung")),
        WordList(name="two", terms=("go live", "1:1")),
    )
)


def rule(id_, kind, **when):
    return Rule(id=id_, kind=kind, when=When(**when), about="about it", reason="because “{word}”, {notice}")


RULES = Rules(
    rules=(
        rule("fire", Kind.FIREFIGHTING, words=("fire",), bounds=(Bound("notice_hours", at_most=12.0),)),
        rule("money", Kind.MANAGING, words=("money",)),
        rule("alone", Kind.DOING, words=("two",), flags=(("alone", True),)),
    ),
    lexicon=LEXICON,
)


def kinds(found):
    return [str(KINDS[code]) for code in found.kind]


def test_the_first_rule_that_holds_decides_and_nothing_else_is_guessed():
    meetings = table(
        event("Budget outage", "2026-03-02 09:00", notice=2, peers=2),
        event("Budget outage", "2026-03-03 09:00", notice=48, peers=2),
        event("Something", "2026-03-04 09:00"),
        event("", "2026-03-05 09:00"),
    )
    found = classify(meetings, RULES)
    assert kinds(found) == ["firefighting", "managing", "unclear", "unclear"]
    assert found.reason(0) == "because “outage”, 2 hours before"
    assert found.reason(2) == NO_REASON
    assert found.rule[2] == -1


def test_a_word_is_found_whole_in_any_spelling_and_not_inside_another():
    found = LEXICON.find
    assert set(found("STÖRUNG Anlage")) == {0}
    assert set(found("Stoerung")) == {0}
    assert set(found("Storung")) == {0}, "typed without umlauts"
    assert set(found("outages")) == {0}, "a plural is the same word"
    assert set(found("outaged")) == set()
    assert set(found("Budgetrunde")) == {1}
    assert set(found("Urlaubsplanung")) == {1}
    assert set(found("Planungen")) == {1}
    assert set(found("planungslos")) == set()
    assert set(found("Go-Live!")) == {2}
    assert set(found("go and live")) == set()
    assert set(found("live go")) == set()


def test_an_unless_term_anywhere_takes_the_list_away_but_no_other():
    assert set(LEXICON.find("Outage budget review")) == {1}


def test_the_words_of_a_title_are_one_spelling():
    assert words("Größe 1:1 — A_B, Café!") == ("groesse", "1:1", "a", "b", "cafe")
    assert normalise("  ") == ""
    assert words("\U0001f525 server") == ("server",)


def test_matching_agrees_with_a_plain_search_over_spaced_words():
    rng = np.random.default_rng(5)
    vocabulary = ["go", "live", "outage", "review", "budget", "budgets", "planung", "x", "1:1"]
    for _ in range(400):
        title = " ".join(rng.choice(vocabulary, size=rng.integers(0, 6)))
        split = title.split()
        expected = set()
        if "outage" in split and "review" not in split:
            expected.add(0)
        if any(w.startswith("budget") or w.endswith("planung") for w in split):
            expected.add(1)
        if "1:1" in split or " go live " in f" {title} ":
            expected.add(2)
        assert set(LEXICON.find(title)) == expected, title


def test_a_correction_wins_at_once_and_for_the_past_and_the_newest_wins():
    meetings = table(
        event("Budget", "2026-01-05 09:00", series=1, recurring=True),
        event("budget ", "2026-01-12 09:00", series=1, recurring=True),
        event("Budget talk", "2026-01-13 09:00"),
    )
    word = OwnRule(about="word", match="budget", kind=Kind.LEADING)
    title = OwnRule(about="title", match="BUDGET", kind=Kind.DOING)
    assert kinds(classify(meetings, RULES, own_rules=[title, word])) == ["doing", "doing", "leading"]
    newer = OwnRule(about="title", match="budget", kind=Kind.RECOVERY)
    found = classify(meetings, RULES, own_rules=[title, newer])
    assert kinds(found) == ["recovery", "recovery", "managing"]
    assert found.reason(0) == "you sorted events of this title yourself"


def test_corrections_are_kept_by_fingerprint_without_the_title():
    meetings = table(event("Zärtlich geheim", "2026-01-05 09:00"), event("Other", "2026-01-06 09:00"))
    key = b"k" * 32
    found = classify(meetings, RULES, key=key)
    kept = found.title_fingerprints[found.title_code[0]]
    own = [OwnRule(about="title", match=kept, kind=Kind.LEADING)]
    assert kinds(classify(meetings, RULES, own_rules=own, key=key)) == ["leading", "unclear"]
    assert kinds(classify(meetings, RULES, own_rules=own, key=b"other")) == ["unclear", "unclear"]
    assert fingerprint("ZÄRTLICH  geheim!", key) == kept


def test_a_series_is_recognised_when_the_calendar_is_read_again():
    meetings = table(
        event("A", "2026-01-05 09:00", series=4, recurring=True),
        event("A", "2026-01-12 09:00", series=4, recurring=True),
        event("A", "2026-01-06 10:00", series=7, recurring=True),
    )
    again = table(
        event("A", "2026-01-05 09:00", series=0, recurring=True),
        event("A", "2026-01-06 10:00", series=1, recurring=True),
    )
    key = b"secret"
    titles = DistinctTitles.read(meetings.title, LEXICON)
    prints = series_fingerprints(meetings, titles.codes, titles.distinct, key)
    own = [OwnRule(about="series", match=prints[4], kind=Kind.LEADING)]
    assert kinds(classify(meetings, RULES, own_rules=own, key=key)).count("leading") == 2
    assert kinds(classify(again, RULES, own_rules=own, key=key)) == ["leading", "unclear"]


def test_an_own_area_of_high_payoff_is_named_beside_the_five():
    meetings = table(event("Shop floor", "2026-01-05 09:00"))
    own = [OwnRule(about="word", match="shop", kind=Kind.DOING, high_payoff="apprentices' shop")]
    found = classify(meetings, RULES, own_rules=own)
    assert found.areas[found.high_payoff[0]] == "apprentices' shop"
    assert found.areas[:5] == ("one_team", "customers", "training", "forthright_conflict", "prevention")


def test_no_title_survives_in_what_is_handed_on():
    secret = "Kündigung Herr Musterschmidt"
    meetings = table(event(secret, "2026-01-05 09:00"), event("Budget Musterschmidt", "2026-01-06 09:00"))
    found = classify(meetings, RULES, key=b"k")
    held = repr({name: getattr(found, name) for name in vars(found)})
    assert "musterschmidt" not in held.casefold()


def test_notice_of_a_series_is_counted_from_its_first_setting_up():
    meetings = table(event("A", "2026-03-02 09:00", notice=1), event("A", "2026-03-09 09:00", notice=169))
    assert notice_minutes(meetings).tolist() == [60, 169 * 60]


def test_an_entry_made_after_the_event_has_no_notice():
    meetings = table(
        event("during", "2026-03-02 09:00", notice=-0.5),
        event("after", "2026-03-03 09:00", notice=-30),
        event("unknown", "2026-03-04 09:00", notice=None),
    )
    assert notice_minutes(meetings).tolist() == [-30, NO_NOTICE, NO_NOTICE]
    found = classify(meetings, RULES)
    assert found.kind.tolist() == [UNCLEAR] * 3


def test_an_unknown_notice_satisfies_no_bound():
    meetings = table(event("outage", "2026-03-02 09:00", notice=None, peers=2))
    assert kinds(classify(meetings, RULES)) == ["unclear"]


def test_the_median_gap_of_each_series_agrees_with_numpy():
    rng = np.random.default_rng(2)
    events = []
    for series in range(30):
        days = np.sort(rng.choice(300, size=rng.integers(1, 9), replace=False))
        events += [
            event("x", f"2026-01-01 {9 + series % 8:02}:00", day=int(d), series=series, recurring=True)
            for d in days
        ]
    meetings = table(*events)
    found = every_days(meetings)
    for series in range(30):
        starts = meetings.start_local[meetings.series == series]
        mine = found[meetings.series == series]
        if len(starts) == 1:
            assert np.isnan(mine).all()
        else:
            assert np.allclose(mine, np.median(np.diff(starts)) / 1440)


def test_a_calendar_without_invitees_shows_nobody_as_alone():
    bare = table(event("go live", "2026-03-02 09:00"))
    assert not read_signals(bare)["alone"].any()
    assert kinds(classify(bare, RULES)) == ["unclear"]
    named = table(event("go live", "2026-03-02 09:00"), event("x", "2026-03-03 09:00", peers=1))
    assert kinds(classify(named, RULES)) == ["doing", "unclear"]


def test_outside_hours_needs_working_hours():
    rules = Rules(rules=(rule("late", Kind.FIREFIGHTING, flags=(("outside_hours", True),)),), lexicon=LEXICON)
    meetings = table(
        event("x", "2026-03-02 19:00"), event("x", "2026-03-03 09:00"), event("x", "2026-03-07 10:00")
    )
    assert kinds(classify(meetings, rules)) == ["unclear"] * 3
    hours = WorkingHours.parse("09:00-17:00")
    found = classify(meetings, rules, working_hours=hours)
    assert kinds(found) == ["firefighting", "unclear", "firefighting"]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"words": ("nothing",)}, "word list"),
        ({"flags": (("nothing", True),)}, "no signal"),
        ({"bounds": (Bound("nothing"),)}, "number"),
    ],
)
def test_a_rule_that_asks_for_what_does_not_exist_is_refused(wrong, said):
    with pytest.raises(RuleError, match=said):
        Rules(rules=(rule("x", Kind.DOING, **wrong),), lexicon=LEXICON)


def test_a_reason_may_hold_known_gaps_only():
    bad = Rule(id="x", kind=Kind.DOING, when=When(), about="about", reason="{word.__class__}")
    with pytest.raises(RuleError, match="gaps"):
        Rules(rules=(bad,), lexicon=LEXICON)


def test_ids_must_differ_and_own_rules_must_be_of_a_known_form():
    with pytest.raises(RuleError, match="twice"):
        Rules(rules=(rule("x", Kind.DOING), rule("x", Kind.LEADING)), lexicon=LEXICON)
    meetings = table(event("x", "2026-03-02 09:00"))
    with pytest.raises(RuleError, match="series"):
        classify(meetings, RULES, own_rules=[OwnRule(about="person", match="x", kind=Kind.DOING)])


def test_an_empty_calendar_is_classified_to_nothing():
    assert len(classify(table(), RULES)) == 0


def test_a_hostile_title_is_read_in_time():
    meetings = table(
        event("a " * 5000 + "budget" * 1000, "2026-03-02 09:00"), event("\u200b" * 10_000, "2026-03-03 09:00")
    )
    assert kinds(classify(meetings, RULES)) == ["managing", "unclear"]
