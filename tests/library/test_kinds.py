"""The shipped rules keep every example they give of themselves; one's own file adds to them."""

from __future__ import annotations

import pytest

from fairlead.core.kinds import KINDS, classify
from fairlead.core.problems import BadInput
from fairlead.core.work import HighPayoff, Kind
from fairlead.library.kind_examples import deciding_rules, example_meetings
from fairlead.library.kinds import Facts, load_own_rules, load_rules, rule_entries

ENTRIES = rule_entries()


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.id)
def test_a_rule_decides_its_examples_and_not_its_counter_examples(entry):
    rules = load_rules()
    for facts in entry.examples:
        assert deciding_rules([facts], rules) == [entry.id], facts.title
    for facts in entry.not_examples:
        assert deciding_rules([facts], rules) != [entry.id], facts.title


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.id)
def test_a_reason_can_be_read_and_fits_its_rule(entry):
    meetings = example_meetings(entry.examples[:1])
    found = classify(meetings, load_rules())
    reason = found.reason(0)
    assert "{" not in reason
    assert "“”" not in reason, "a rule that names a word must ask for one"
    assert not reason.endswith(".")
    assert (entry.competency is None) or entry.competency.kind == entry.kind


GENERAL = ("make_verb", "review_head", "rule_head", "money_head", "improve_head", "prepare_word")


def told(*facts):
    meetings = example_meetings(facts)
    found = classify(meetings, load_rules())
    first = {}
    for row, number in enumerate(meetings.series.tolist()):
        first.setdefault(number, str(KINDS[found.kind[row]]))
    return [first[number] for number in range(len(facts))]


def test_whatever_is_called_doing_has_a_second_sign_or_is_training_with_one():
    for entry in ENTRIES:
        if entry.kind == "doing":
            assert entry.when.signs, entry.id
            assert entry.when.words, entry.id


def bare_titles():
    """Terms of more than two senses that leave no subject when they are a whole title."""
    lexicon = load_rules().lexicon
    senses = dict(zip(lexicon.words, lexicon.senses, strict=True))
    many = [word for word in lexicon.words if senses[word] > 2]
    return [word for word in many if not any(found.subject for found in lexicon.read(word).values())]


def test_no_word_of_many_senses_is_called_doing_by_itself():
    titles = bare_titles()
    assert len(titles) > 300
    settings = [{}, {"start": "18:30"}, {"peers": 1}, {"peers": 4, "organizer": "peer"}, {"reports": 1}]
    for setting in settings:
        kinds = told(*(Facts(title=title, **setting) for title in titles))
        wrong = [title for title, kind in zip(titles, kinds, strict=True) if kind == "doing"]
        assert wrong == [], setting


def test_a_bare_general_word_is_neither_doing_nor_managing():
    lexicon = load_rules().lexicon
    general = {number for name, number in lexicon.names.items() if name in GENERAL}
    titles = [title for title in bare_titles() if general & lexicon.find(title).keys()]
    assert len(titles) > 60
    for setting in ({}, {"peers": 1}, {"start": "18:30"}):
        kinds = told(*(Facts(title=title, **setting) for title in titles))
        wrong = [title for title, kind in zip(titles, kinds, strict=True) if kind in {"doing", "managing"}]
        assert wrong == [], setting


@pytest.mark.parametrize(
    ("title", "setting", "kind"),
    [
        ("Polish", {"start": "18:00"}, "unclear"),
        ("Polish with Lea", {"start": "18:00"}, "unclear"),
        ("Polish the settlement notes", {}, "doing"),
        ("Focus: settlement prototype", {}, "doing"),
        ("Evaluation", {"peers": 1}, "unclear"),
        ("Audit", {"peers": 1}, "unclear"),
        ("Audit of the oil store", {"peers": 1}, "managing"),
        ("Repair", {"reports": 2}, "unclear"),
    ],
)
def test_one_strong_word_needs_something_that_agrees(title, setting, kind):
    assert told(Facts(title=title, **setting)) == [kind]


def test_every_high_payoff_area_and_every_competency_has_a_rule():
    assert {entry.high_payoff for entry in ENTRIES} >= set(HighPayoff)
    named = {entry.competency for entry in ENTRIES if entry.competency}
    assert len(named) == 12


def test_rows_153_to_159_and_162_to_165_are_served():
    rows = {row for entry in ENTRIES for row in entry.rows}
    assert rows >= {
        5,
        7,
        18,
        19,
        20,
        35,
        36,
        38,
        39,
        40,
        41,
        42,
        153,
        154,
        156,
        157,
        158,
        159,
        162,
        163,
        164,
        165,
    }


@pytest.mark.parametrize(
    ("title", "facts", "kind"),
    [
        ("Budgetplanung 2027", {"other_functions": 2}, "managing"),
        ("Budget planning 2027", {"other_functions": 2}, "managing"),
        ("Serverausfall!", {"reports": 3, "notice": 0.5}, "firefighting"),
        ("Server outage!", {"reports": 3, "notice": 0.5}, "firefighting"),
        ("Rückblick Serverausfall", {"reports": 3}, "managing"),
        ("Mitarbeitergespraech Kim", {"reports": 1}, "leading"),
        ("Zahnarzt", {}, "recovery"),
        ("", {"peers": 4}, "unclear"),
        ("Xylophon", {"peers": 4}, "unclear"),
    ],
)
def test_english_and_german_titles_are_read_alike(title, facts, kind):
    found = classify(example_meetings([Facts(title=title, **facts)]), load_rules())
    assert KINDS[found.kind[0]] == kind


OWN = """
lists:
  - name: budget
    terms: [Klingelbeutel]
  - name: choir
    terms: [Kantorei]
areas: [youth choir]
rules:
  - id: choir
    rows: [42]
    kind: leading
    competency: culture_shaping
    high_payoff: youth choir
    about: our own choir
    reason: "“{word}” in the title"
    when: {words: [choir]}
    examples: [{title: Kantorei, reports: 4}]
    not_examples: [{title: Kanone}]
own:
  - {about: word, match: harvest, kind: doing}
"""


def test_a_file_of_ones_own_adds_words_areas_rules_and_corrections(tmp_path):
    path = tmp_path / "own.yaml"
    path.write_text(OWN, encoding="utf-8")
    rules, own = load_rules(path), load_own_rules(path)
    assert own[0].kind is Kind.DOING
    meetings = example_meetings(
        [
            Facts(title="Kantorei", reports=4),
            Facts(title="Klingelbeutel", peers=2),
            Facts(title="harvest", peers=2),
        ]
    )
    found = classify(meetings, rules, own_rules=own)
    told = {meetings.title[row]: str(KINDS[found.kind[row]]) for row in range(3)}
    assert told == {"Kantorei": "leading", "Klingelbeutel": "managing", "harvest": "doing"}
    assert "youth choir" in found.areas
    assert rules.version != load_rules().version


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("rules: 3\n", "rules"),
        ("lists:\n  - name: x\n    terms: []\n", "terms"),
        ("own:\n  - {about: mood, match: x, kind: doing}\n", "about"),
        ("own:\n  - {about: word, match: x, kind: dreaming}\n", "kind"),
        (OWN.replace("words: [choir]", "words: [nowhere]"), "nowhere"),
        (OWN.replace("“{word}” in the title", "{word.__class__}"), "gaps"),
        ("", "empty"),
    ],
)
def test_a_file_of_another_form_is_refused_with_its_place(tmp_path, text, said):
    path = tmp_path / "own.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadInput) as refused:
        load_rules(path)
    assert said in str(refused.value)
    assert str(refused.value).startswith("own.yaml")


def test_a_missing_file_is_said_in_one_sentence(tmp_path):
    with pytest.raises(BadInput, match=r"none\.yaml"):
        load_rules(tmp_path / "none.yaml")
