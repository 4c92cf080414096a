"""Files in another language: complete, and never anything but words."""

import re
from dataclasses import replace
from importlib import resources

import pytest

from fairlead.core.problems import BadInput
from fairlead.library import framework, load
from fairlead.library.schema import Asks
from fairlead.library.translations import TEXTS, texts, translated

ALL = load.instruments()
GERMAN = {name: load.instrument(name, "de") for name in ALL}


def bare(value):
    """Everything of a file but its words."""
    if isinstance(value, dict):
        return {name: bare(below) for name, below in value.items() if name not in TEXTS}
    return [bare(one) for one in value] if isinstance(value, list) else value


def everything_german():
    for form in GERMAN.values():
        yield from texts(form)
    for name, model in load._originals().items():
        yield from texts(load.shipped_in(model, name, "de"))


@pytest.mark.parametrize("name", ALL)
def test_every_questionnaire_can_be_answered_in_german(name):
    assert load.languages(name) == ("en", "de")
    assert load.instrument(name).languages == load.languages(name)


@pytest.mark.parametrize("name", ALL)
def test_nothing_but_words_differs_between_languages(name):
    english, german = load.instrument(name), GERMAN[name]
    assert bare(german.model_dump(mode="json")) == bare(english.model_dump(mode="json"))
    assert [
        (one.id, one.items, one.low_option, one.high_option, one.min_answered) for one in german.scoring()
    ] == [(one.id, one.items, one.low_option, one.high_option, one.min_answered) for one in english.scoring()]
    assert [(one.id, one.unit) for one in german.counted()] == [
        (one.id, one.unit) for one in english.counted()
    ]
    assert german.questions() == english.questions()


@pytest.mark.parametrize("name", ALL)
def test_every_text_is_translated_and_none_left_as_it_was(name):
    english = {one.there: one.words for one in texts(load.instrument(name))}
    german = {one.there: one.words for one in texts(GERMAN[name])}
    assert english.keys() == german.keys()
    assert not [path for path, words in english.items() if words == german[path]]


def test_direction_is_asked_in_german_from_the_first_to_the_last_word():
    assert load.direction_languages() == ("en", "de")
    english, german = load.direction_texts(), load.direction_texts("de")
    assert german.language == "de"
    assert [one.code for one in german.activities] == [one.code for one in english.activities]
    assert {one.label for one in german.activities}.isdisjoint(one.label for one in english.activities)
    assert german.attribution == english.attribution
    for mine, theirs in zip(load.tracks("de"), load.tracks(), strict=True):
        assert (mine.id, mine.activities, mine.values) == (theirs.id, theirs.activities, theirs.values)
        assert [one.id for one in mine.demands] == [one.id for one in theirs.demands]
        assert mine.label != theirs.label


def test_german_is_polite_and_plain():
    for one in everything_german():
        assert "!" not in one.words, one.words
        assert "  " not in one.words
        assert not re.search(r"\b([Dd]u|[Dd]ein\w*|[Dd]ich|[Dd]ir|[Ee]uch|[Ee]uer)\b", one.words), one.words
        assert not re.search(r"\b(Stakeholder|Mindset|committen|performant|zeitnah)\b", one.words)
        assert not re.search(r"\w+[*:_]innen", one.words), one.words


@pytest.mark.parametrize("name", ALL)
def test_german_screens_fit_a_phone(name):
    for section in GERMAN[name].sections:
        for item in section.items:
            assert len(item.text) <= 110
            assert all(len(label) <= 34 for _, label in GERMAN[name].choices(item))


@pytest.mark.parametrize("name", load.instruments(Asks.ROLE))
def test_the_name_stands_where_it_stands_in_the_original_and_takes_no_ending(name):
    """Whose name is not there any more is “Ihre Führungskraft”, which fits where it needs no other case."""
    english = {one.there: one.words for one in texts(load.instrument(name))}
    for one in texts(GERMAN[name]):
        assert ("{name}" in one.words) == ("{name}" in english[one.there]), one.words
        before_or_after = r"\b([Mm]it|[Vv]on|[Bb]ei|[Zz]u|[Aa]us|[Nn]ach|[Ww]egen) \{name\}|\{name\}s\b"
        assert not re.search(before_or_after, one.words), one.words


@pytest.mark.parametrize("name", load.instruments(Asks.ROLE, Asks.PULSE))
def test_what_is_promised_above_a_survey_stays_exact_in_german(name):
    privacy = GERMAN[name].privacy
    assert "mindestens vier anderen" in privacy
    assert "zehn oder mehr geantwortet haben" in privacy
    assert ("nie für Gehalt, Beurteilung oder Beförderung" in privacy) == (GERMAN[name].asks is Asks.ROLE)


@pytest.mark.parametrize("name", ALL)
def test_a_translation_is_checked_as_anybody_would_check_it(name):
    document = load.shipped(f"instruments/{name}.de.yaml")
    assert load.read_translation(document) == len(texts(load.instrument(name)))


def test_an_answer_counts_alike_whatever_the_label_says():
    """The same numbers stand behind the options of each language, in the same order, reversed alike."""
    for name in ALL:
        for mine, theirs in zip(GERMAN[name].items, load.instrument(name).items, strict=True):
            assert [value for value, _ in GERMAN[name].choices(mine)] == [
                value for value, _ in load.instrument(name).choices(theirs)
            ]
            assert (mine.id, mine.reverse, mine.scales) == (theirs.id, theirs.reverse, theirs.scales)


def refused(old, new):
    text = load._resource("instruments/two-sides.de.yaml").decode()
    assert old in text
    document = load.read_yaml("two-sides.de.yaml", text.replace(old, new, 1).encode())
    with pytest.raises(BadInput) as error:
        load.read_translation(document)
    return "\n".join(map(str, error.value.problems))


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            "translates: two-sides",
            "translates: two-side",
            "line 1, column 13: There is nothing called “two-side”. Did",
        ),
        ('version: "1.0"', 'version: "9"', "line 2, column 10: “version” is “9”. It should be “1.0”"),
        ("language: de\n", "", "“language” is missing"),
        ("      same_tone:", "      same_tune:", "Did you mean “same_tone”?"),
        ("      same_tone:", "      same_tune:", "“sections › under_stress › items › same_tone” is missing"),
        ("      same_tone:", "      same_tune:", "The original says: Under pressure, I spoke"),
        ('    title: "Das Fach"', "    title: 3", "“sections › subject › title” should be text. Put"),
        ('    title: "Das Fach"', '    title: " "', "is empty"),
        (
            "scales:\n",
            "scales:\n  technical_two: {label: x}\n",
            "“scales › technical_two › label” is not in the original",
        ),
        ("not_mine:", "minutes: 9\nnot_mine:", "“minutes” is not in the original. Leave it out"),
        ('    title: "Das Fach"', f'    title: "{"x" * 121}"', "At most 120 characters"),
        ("wie an einem ruhigen Tag", "wie {name} an einem ruhigen Tag", "Braces stand in this text"),
    ],
)
def test_what_is_wrong_in_a_translation_is_told_with_its_place(old, new, told):
    said = refused(old, new)
    assert told in said
    assert all("two-sides.de.yaml, line" in line for line in said.splitlines() if line)


def test_the_place_of_a_text_that_is_too_long_is_that_of_the_translation():
    said = refused('    title: "Das Fach"', f'    title: "{"x" * 121}"')
    number = (
        load._resource("instruments/two-sides.de.yaml").decode().split('    title: "Das Fach"')[0].count("\n")
        + 1
    )
    assert said.startswith(f"two-sides.de.yaml, line {number}, column 12:")


def test_a_text_where_several_belong_and_several_where_one_belongs_are_told():
    assert "give each its name" in refused(
        'technical: {label: "Das Fach", says:', 'technical: "Das Fach"\n  t: {says:'
    )
    assert "right behind" in refused(
        'found_the_fault: "Wenn etwas', 'found_the_fault: {text: "x"}\n      f: "Wenn etwas'
    )


def test_a_translation_that_is_no_mapping_is_refused():
    form = load.instrument("two-sides")
    with pytest.raises(BadInput) as error:
        translated(form, load.read_yaml("x.yaml", b"- 1\n"))
    assert "should be a mapping" in str(error.value)


def test_a_language_or_a_questionnaire_that_is_not_there_is_a_key_error():
    with pytest.raises(KeyError):
        load.instrument("rut-check", "fr")
    with pytest.raises(KeyError):
        load.languages("no-such-thing")


def test_translations_are_no_instruments_of_their_own():
    assert not [name for name in load.instruments() if "." in name]


# --- the framework of criteria -----------------------------------------------------------------


def test_every_sentence_of_the_framework_that_ships_has_its_german():
    german, english = framework.framework("fairlead", "de"), framework.framework("fairlead")
    assert framework.framework_languages("fairlead") == ("en", "de")
    assert framework.frameworks() == ("fairlead",)
    for mine, theirs in zip(german.criteria, english.criteria, strict=True):
        assert (mine.id, mine.kind, mine.rows, mine.research) == (
            theirs.id,
            theirs.kind,
            theirs.rows,
            theirs.research,
        )
        assert mine.title != theirs.title
        for said, original in zip(mine.seen, theirs.seen, strict=True):
            assert said.level == original.level
            assert said.text != original.text
            assert len(said.examples) == len(original.examples)
            assert not set(said.examples) & set(original.examples)
    assert [(one.id, one.rung) for one in german.levels] == [(one.id, one.rung) for one in english.levels]
    assert {one.title for one in german.levels}.isdisjoint(one.title for one in english.levels)
    assert [one.label for one in german.tracks] == [one.label for one in load.tracks("de")[:4]]


def test_a_sentence_without_its_german_is_named_with_its_place():
    written = load.shipped("frameworks/fairlead.de.yaml")
    text = resources.files("fairlead.library").joinpath("frameworks/fairlead.de.yaml").read_text("utf-8")
    less = re.sub(r"^ +manager-3: \"Hält ein Budget.*\n", "", text, flags=re.MULTILINE)
    assert less != text
    with pytest.raises(BadInput) as refused:
        load.read_translation(load.read_yaml("own.de.yaml", less.encode()))
    (problem,) = refused.value.problems
    assert "criteria › resource_allocation › seen › manager-3" in problem.wrong
    assert "Keeps a budget within what was agreed" in problem.right
    assert load.read_translation(written) == 222


def test_a_framework_with_other_words_is_read_in_its_own():
    original = framework.framework("fairlead")
    own = replace(original, id="ours", version="7", title="Our way")
    german = framework.in_language(own, "de")
    assert (german.id, german.version, german.title, german.language) == ("ours", "7", "Our way", "de")
    assert german.criteria == framework.framework("fairlead", "de").criteria
    changed = replace(own, criteria=(replace(own.criteria[0], title="Divides fairly"), *own.criteria[1:]))
    assert framework.in_language(changed, "de") == changed
    assert framework.in_language(own, "en") == own
