"""A job description read sentence by sentence, with the words that decided."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairlead.core.lens import Element, Phrase, fold, index, read_description, sentences
from fairlead.core.problems import BadInput
from fairlead.library.role_lens import elements_of, inflections, lens

DUTIES = """
What you will do:
- Coach and mentor the people of the team.
- Mediate when colleagues disagree.
- Prepare the yearly budget.
- Coordinate the schedules of three sites.
- Monitor progress against milestones.
- Ensure compliance with safety regulations.
- Write code and review pull requests.
- Repair pumps.
"""


def read(text):
    return read_description(text, lens())


def first(text):
    return read(text).sentences[0]


@pytest.mark.parametrize(
    ("sentence", "kind", "competency"),
    [
        ("Coach new colleagues.", "leading", "developing_people"),
        ("You give regular feedback to your team.", "leading", "developing_people"),
        ("Inspire people with a clear vision.", "leading", "vision_translation"),
        ("Mediate conflicts between teams.", "leading", "conflict_navigation"),
        ("Win buy-in from sceptical stakeholders.", "leading", "strategic_influence"),
        ("Foster a culture of trust.", "leading", "culture_shaping"),
        ("Drive innovation across the region.", "leading", "innovation"),
        ("Own the budget of the department.", "managing", "resource_allocation"),
        ("Establish standard operating procedures.", "managing", "process_implementation"),
        ("Supervise a crew of twelve.", "managing", "performance_monitoring"),
        ("Prepare compliance audits and contingency plans.", "managing", "risk_mitigation"),
        ("Continuously improve our processes.", "managing", "continuous_improvement"),
        ("Deliver projects on time.", "managing", "reliability"),
        ("Repair hydraulic pumps.", "doing", ""),
        ("Develop backend services in Python.", "doing", ""),
        ("Administer medications to patients.", "doing", ""),
        ("Du führst ein Team von acht Menschen.", "leading", "vision_translation"),
        ("Du entwickelst deine Mitarbeiter weiter.", "leading", "developing_people"),
        ("Verantwortung für Budget und Kosten.", "managing", "resource_allocation"),
        ("Koordination der Abläufe im Lager.", "managing", "reliability"),
        ("Sie reparieren Maschinen.", "doing", ""),
    ],
)
def test_a_sentence_is_read_in_english_and_german(sentence, kind, competency):
    found = first(sentence)
    assert (found.kind, found.competency) == (kind, competency), found.why


@pytest.mark.parametrize(
    "sentence",
    [
        "We are the leading provider of logistics software.",
        "You report directly to the sales manager.",
        "Bachelor's degree in computer science.",
        "Wir sind Weltmarktführer.",
        "Führerschein Klasse B.",
        "Remote or Berlin.",
    ],
)
def test_words_about_the_employer_or_the_papers_ask_for_nothing(sentence):
    assert first(sentence).kind == ""
    assert first(sentence).words == ()


def test_the_words_that_decided_are_where_the_reading_says():
    found = first("Every week you coach our younger colleagues.")
    assert [found.text[start:end] for start, end in found.words] == ["coach"]
    assert "“coach” stands for helping people to grow" in found.why


def test_offsets_hold_after_umlauts_and_a_bullet():
    found = first("  • Für das Team: Führung übernehmen, Konflikte klären")
    assert found.text.startswith("Für")
    assert "Konflikte" in [found.text[start:end] for start, end in found.words]


def test_neighbouring_words_are_quoted_together_and_distant_ones_apart():
    assert "“Ensure … compliance”" in first("Ensure full compliance.").why
    assert "“Ensure compliance”" in first("Ensure compliance.").why


def test_the_opening_verb_outweighs_a_noun_further_on():
    assert first("Record the expenses.").kind == "doing"
    assert first("Approve expenses.").kind == "managing"


def test_the_longest_phrase_keeps_its_words():
    assert first("Develop safety procedures.").kind != "leading"
    assert first("Administer compensation programs.").competency == "resource_allocation"
    assert first("Administer medications.").kind == "doing"


def test_parts_under_a_heading_about_the_employer_ask_for_nothing():
    text = "What we offer:\n- Coaching by experienced leaders\nResponsibilities\n- Coach the team"
    kinds = [sentence.kind for sentence in read(text).sentences]
    assert kinds == ["", "", "", "leading"]
    assert "employer" in read(text).sentences[1].why


def test_shares_are_of_the_sentences_that_ask_with_jeffreys_intervals():
    profile = read(DUTIES).profile
    assert [demand.share for demand in profile.kinds] == [2 / 8, 4 / 8, 2 / 8]
    leading = profile.demand("leading")
    # Quantiles of a Beta distribution with 2.5 and 6.5, from scipy.stats.
    assert leading.share_low == pytest.approx(0.10562416, abs=1e-8)
    assert leading.share_high == pytest.approx(0.4743996, abs=1e-7)
    assert sum(demand.share for demand in profile.competencies) == pytest.approx(1.0)
    assert {demand.level for demand in profile.kinds} == {None}
    assert profile.source == "description"


def test_a_short_text_is_too_little_and_says_what_would_be_enough():
    reading = read("Coach the team. Repair pumps.")
    assert reading.profile is None
    assert reading.too_little.startswith("Only 2 sentences ask for something; at least 6")
    assert read("Coach the team.").too_little.startswith("Only 1 sentence asks")


def test_an_empty_text_has_no_sentences():
    reading = read(" \n \n")
    assert reading.sentences == ()
    assert reading.profile is None


def test_a_text_that_is_too_long_is_refused_with_its_name():
    with pytest.raises(
        BadInput, match=r"advert\.txt: The text has 50,001 characters\. At most 50,000 are read\."
    ):
        read_description("a" * 50_001, lens(), file="advert.txt")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        ("Tools, e.g. Jira, are used. Good.", ["Tools, e.g. Jira, are used.", "Good."]),
        ("Aufgaben, z.B. Planung. Mehr.", ["Aufgaben, z.B. Planung.", "Mehr."]),
        ("- first\n* second\n3) third\n• fourth", ["first", "second", "third", "fourth"]),
        ("Version 2.5 is out", ["Version 2.5 is out"]),
        ("Coach; plan", ["Coach;", "plan"]),
        ("Wait… what", ["Wait…", "what"]),
        ("...\n---\n42", []),
    ],
)
def test_sentences_and_bullets_are_split(text, expected):
    assert list(sentences(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "manage " * 7_000,
        "coordinate with " * 3_000,
        "lead the " * 5_500,
        "!" * 49_999 + "x",
        ".)" * 25_000,
        "a" * 50_000,
        "(" * 50_000,
        "\n" * 50_000,
        " \t" * 25_000,
        "1. " * 16_000,
        "a." * 25_000,
        "a\u0308\u0323" * 16_000,
        "\u202emanage\u202c " * 5_000,
    ],
)
def test_hostile_texts_are_read_in_two_seconds(text):
    began = time.process_time()
    read(text)
    assert time.process_time() - began < 2.0


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_read_and_every_offset_lies_inside_its_sentence(text):
    for sentence in read(text).sentences:
        assert all(0 <= start < end <= len(sentence.text) for start, end in sentence.words)
        assert bool(sentence.words) == bool(sentence.kind)
        assert sentence.why


def test_a_gap_takes_up_to_four_words_and_no_more():
    phrase = Phrase(
        elements=(Element(frozenset({"own"})), Element(frozenset({"budget"}), gap=True)),
        kind="managing",
        competency="resource_allocation",
        weight=1.0,
        says="money",
    )
    lexicon = index([phrase])
    assert read_description("own the very big yearly budget", lexicon).sentences[0].kind == "managing"
    assert read_description("own the very big and yearly budget", lexicon).sentences[0].kind == ""


def test_a_phrase_for_the_beginning_counts_only_there():
    _, elements = elements_of("^ direct~")
    phrase = Phrase(elements=elements, kind="managing", competency="", weight=1.0, says="x", opening=True)
    lexicon = index([phrase])
    assert read_description("Direct the work", lexicon).sentences[0].kind == "managing"
    assert read_description("By direct order", lexicon).sentences[0].kind == ""


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("plan", {"plan", "plans", "planned", "planning"}),
        ("coach", {"coach", "coaches", "coached", "coaching"}),
        ("manage", {"manage", "manages", "managed", "managing"}),
        ("supply", {"supply", "supplies", "supplied", "supplying"}),
        ("monitor", {"monitor", "monitors", "monitored", "monitoring"}),
        ("employ", {"employ", "employs", "employed", "employing"}),
    ],
)
def test_english_endings(word, expected):
    assert inflections(word) == expected


def test_a_phrase_without_words_is_refused():
    with pytest.raises(ValueError, match="is no phrase"):
        elements_of("plan ..")


def test_umlauts_and_accents_come_into_one_form():
    assert fold("FÜHRUNG") == fold("Führung") == "fuehrung"
    assert fold("Café") == "cafe"
    assert fold("groß") == "gross"
