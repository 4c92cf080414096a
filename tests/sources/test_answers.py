"""Answer files: written empty with every question, read back, and every mistake placed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.library.every_kind import every_kind

from fairlead.core.problems import BadInput
from fairlead.core.scales import drift
from fairlead.library.load import instrument, instruments
from fairlead.library.schema import Asks, Instrument, ItemKind
from fairlead.sources.answers import new_answers, read_answers, score_answers

FORMS = {"rut-check": every_kind()}


def refusals(text):
    with pytest.raises(BadInput) as caught:
        read_answers("mine.yaml", text.encode(), FORMS)
    return caught.value.problems


HEAD = '- instrument: rut-check\n  version: "2.0"\n  answered_on: 2026-03-02\n  answers:\n'


def answers(lines):
    (found,) = read_answers("mine.yaml", (HEAD + lines).encode(), FORMS)
    return found


def an_answer(item, form):
    """A strategy for (what stands in the file, what is read) of one question."""
    if item.kind is ItemKind.CHOICE:
        return st.sampled_from([(f"{value:g}", value) for value, _ in form.choices(item)])
    if item.kind is ItemKind.NUMBER:
        return st.integers(int(item.low), int(item.high)).map(lambda n: (str(n), float(n)))
    if item.kind is ItemKind.DATE:
        return st.dates().filter(lambda d: d.year >= 1000).map(lambda d: (d.isoformat(), d.isoformat()))
    if item.kind is ItemKind.MANY:
        ids = st.lists(st.sampled_from([p.id for p in item.presets]), min_size=1, unique=True)
        return ids.map(lambda chosen: (f"[{', '.join(chosen)}]", "\n".join(chosen)))
    return st.just(("'12:30: a line, with # and no'", "12:30: a line, with # and no"))


@pytest.mark.parametrize("name", instruments(Asks.SELF))
def test_an_empty_file_reads_as_no_answers(name):
    form = instrument(name)
    (found,) = read_answers("new.yaml", new_answers(form, "2026-03-02").encode())
    assert (found.instrument, found.version, found.answered_on) == (name, form.version, "2026-03-02")
    assert found.values == {}
    assert found.texts == {}


@pytest.mark.parametrize("name", instruments(Asks.SELF))
@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_a_filled_file_reads_back_as_it_was_filled(name, data):
    form = instrument(name)
    text = new_answers(form, "2026-03-02")
    meant = {}
    for item in form.items:
        if data.draw(st.booleans()):
            written, meant[item.id] = data.draw(an_answer(item, form))
            text = text.replace(f"    {item.id}:\n", f"    {item.id}: {written}\n")
    (found,) = read_answers("mine.yaml", text.encode())
    assert {**found.values, **found.texts} == meant


@pytest.mark.parametrize("name", instruments(Asks.SELF))
def test_every_question_and_every_option_stands_in_the_empty_file(name):
    form = instrument(name)
    flat = " ".join(new_answers(form).replace("#", " ").split())
    for item in form.items:
        assert " ".join(item.text.split()) in flat
        assert all(label in flat for _, label in form.choices(item))


def test_files_can_be_joined_and_come_out_in_order_of_date():
    form = instrument("rut-check")
    joined = new_answers(form, "2026-05-01") + new_answers(form, "2026-03-02")
    joined += new_answers(instrument("role-audit"), "2026-04-01")
    found = read_answers("mine.yaml", joined.encode())
    assert [(one.instrument, one.answered_on) for one in found] == [
        ("rut-check", "2026-03-02"),
        ("role-audit", "2026-04-01"),
        ("rut-check", "2026-05-01"),
    ]


def test_one_mapping_is_enough_for_one_instrument():
    text = "instrument: rut-check\nversion: 2.0\nanswered_on: 2026-03-02\nanswers: {evenings: 2}\n"
    (found,) = read_answers("mine.yaml", text.encode())
    assert found.values == {"evenings": 2.0}


@pytest.mark.parametrize("name", instruments(Asks.ROLE, Asks.PULSE))
def test_what_is_asked_of_others_is_no_answer_about_oneself(name):
    (told,) = refusals(f'instrument: {name}\nversion: "1.0"\nanswered_on: 2026-03-02\nanswers: {{}}\n')
    assert f"“{name}” is asked of others" in told.wrong
    assert "fairlead score" in told.right
    assert (told.line, told.column) == (1, 13)


def test_neither_is_what_one_s_own_instrument_asks_of_others():
    own = instrument("pulse-fairness").model_copy(update={"id": "ours"})
    text = 'instrument: ours\nversion: "1.0"\nanswered_on: 2026-03-02\nanswers: {}\n'
    with pytest.raises(BadInput, match="“ours” is asked of others"):
        read_answers("mine.yaml", text.encode(), {"ours": own})
    with pytest.raises(BadInput, match="no instrument “a list”"):
        read_answers("mine.yaml", text.replace("ours", "[ours]").encode(), {"ours": own})


def test_the_words_of_an_option_count_like_its_number():
    found = answers("    evenings: almost every day\n    surprised_by_leaving: Not part of my work\n")
    assert found.values == {"evenings": 5.0, "surprised_by_leaving": 0.0}


def test_registers_keep_their_lines_and_ticks_their_ids():
    found = answers(
        "    payoff_register:\n      - Customers, two calls\n      - 3\n"
        "    team_needs: [Rest, training, rest]\n"
    )
    assert found.texts == {"payoff_register": "Customers, two calls\n3", "team_needs": "rest\ntraining"}


@pytest.mark.parametrize(
    ("line", "column", "wrong", "right"),
    [
        ("evenigns: 2", 5, "no question of “rut-check”", "Did you mean “evenings”?"),
        ("evenings: 6", 15, "“evenings” is “6”", "1 (Never), 2 (Once or twice)"),
        ("evenings: 2.5", 15, "“2.5”", "It should be 1 (Never)"),
        ("evenings: true", 15, "“true”", "It should be 1 (Never)"),
        ("evenings: 0", 15, "“0”", "every kind of work"),
        ("evenings: [2]", 15, "“a list”", "It should be"),
        ("loved_now: 101", 16, "“101”", "from 0 to 100 (percent)"),
        ("loved_now: 40 %", 16, "“40 %”", "digits only"),
        ("loved_now: -1", 16, "“-1”", "from 0 to 100"),
        ("loved_now: false", 16, "“false”", "from 0 to 100"),
        ("decided_on: 31.1.2026", 17, "“31.1.2026”", "2026-01-31"),
        ("decided_on: 2026-02-30", 17, "“2026-02-30”", "2026-01-31"),
        ("first_step: [a]", 17, "“a list”", "text"),
        ("first_step: {a: 1}", 17, "“a mapping”", "text"),
        ("team_needs: [training, coffee]", 28, "“coffee”", "Known here: training"),
        ("payoff_register: [true]", 23, "“true”", "text"),
    ],
)
def test_a_wrong_answer_is_placed_and_says_what_would_be_right(line, column, wrong, right):
    (problem,) = refusals(f"{HEAD}    weekends: 1\n    {line}\n")
    assert (problem.file, problem.line, problem.column) == ("mine.yaml", 6, column)
    assert wrong in problem.wrong
    assert right in problem.right


def test_an_entry_after_an_empty_one_keeps_its_place():
    (problem,) = refusals(f'{HEAD}    team_needs: ["", coffee]\n')
    assert (problem.line, problem.column) == (5, 22)


def test_all_mistakes_are_told_at_once_in_the_order_of_the_file():
    found = refusals(f"{HEAD}    evenings: 9\n    weekends: 1\n    x: 1\n    loved_now: much\n")
    assert [problem.line for problem in found] == [5, 7, 8]


@pytest.mark.parametrize(
    ("text", "wrong", "right"),
    [
        ("- 5\n", "begin with “instrument", "mapping"),
        ("[]\n", "empty", "at least one"),
        ("hello\n", "begin with “instrument", "mapping"),
        (HEAD.replace("rut-check", "rut-chek") + "    evenings: 1\n", "“rut-chek”", "“rut-check”"),
        (HEAD.replace("2.0", "1.0") + "    evenings: 1\n", "version 1.0", "version 2.0"),
        (HEAD.replace("2026-03-02", "2026W101") + "    evenings: 1\n", "“2026W101”", "2026-01-31"),
        (HEAD.replace("2026-03-02", "") + "    evenings: 1\n", "“nothing”", "2026-01-31"),
        (HEAD + "    evenings: 1\n  note: x\n", "“note” is not known", "Known here: instrument"),
        (HEAD.replace("  answers:\n", "  answers: 4\n"), "“answers” should be a mapping", "question: answer"),
        ("- instrument: rut-check\n  version: '2.0'\n  answers: {}\n", "“answered_on” is missing", "Add"),
        ((HEAD + "    evenings: 1\n") * 2, "already in this file", "correct the date"),
        (HEAD + "    first_step: '" + "x" * 2001 + "'\n", "2,001 characters", "2,000"),
        (HEAD + "    payoff_register: [" + "a, " * 51 + "]\n", "51 entries", "50"),
    ],
)
def test_a_wrong_frame_is_told(text, wrong, right):
    (problem,) = refusals(text)
    assert wrong in problem.wrong
    assert right in problem.right
    assert problem.line is not None


def test_a_persons_own_instrument_is_read_when_it_is_given():
    own = instrument("rut-check").model_copy(update={"id": "my-check"})
    assert isinstance(own, Instrument)
    text = new_answers(own, "2026-03-02").replace("    evenings:\n", "    evenings: 3\n")
    (found,) = read_answers("mine.yaml", text.encode(), {"my-check": own})
    assert found.values == {"evenings": 3.0}
    assert "“my-check”" in refusals(text)[0].wrong


def test_accents_are_composed():
    assert answers('    first_step: "Cafe\\u0301"\n').texts == {"first_step": "Caf\u00e9"}


def test_a_file_full_of_mistakes_is_told_the_first_hundred_at_once():
    lines = "".join(f"    question_{i}: 1\n" for i in range(9000))
    assert len(refusals(HEAD + lines)) == 100


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_mutated_files_are_read_or_refused_with_a_line_and_never_crash(data):
    text = bytearray(new_answers(instrument("rut-check"), "2026-03-02").replace(":\n", ": 2\n").encode())
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(text) - 1))
        text[at : at + data.draw(st.integers(0, 40))] = data.draw(st.binary(max_size=4) | st.sampled_from(
            [b"&a ", b"*a", b"!!x ", b"- ", b"[", b"}", b": ", b"\t", b"'", b"\n\n---\n", b"\xff", b"{" * 30]
        ))  # fmt: skip
    found, told = (), ()
    try:
        found = read_answers("mine.yaml", bytes(text))
    except BadInput as refused:
        told = refused.problems
    assert found or told
    assert all(problem.wrong and problem.right and problem.line for problem in told)


def test_the_same_check_answered_twice_shows_its_drift():
    items = ("rushed_choices", "resentment", "only_getting_through", "both_ends", "thoughts_at_home")
    form = instrument("rut-check")
    files = []
    for on, said in (("2026-01-05", 2), ("2026-04-06", 4)):
        text = new_answers(form, on).replace("    evenings:\n", "    evenings: 3\n")
        for item in items:
            text = text.replace(f"    {item}:\n", f"    {item}: {said}\n")
        files.append(text)
    earlier, later = map(score_answers, read_answers("mine.yaml", "".join(files).encode()))
    (symptoms,) = drift(earlier, later)
    assert (symptoms.scale, symptoms.moved, symptoms.better) == ("symptoms", "higher", "lower")
    assert (symptoms.earlier, symptoms.later, symptoms.n_items) == (2.0, 4.0, 5)


def test_pairs_and_numbers_come_out_beside_the_scores():
    scored = score_answers(
        answers("    me_energy: 2\n    them_energy: 5\n    beside_home_on_time: 4\n    loved_now: 0\n"),
        FORMS,
    )
    gaps = [(p.about, p.mine, p.theirs, p.gap) for p in scored.pairs if p.gap is not None]
    assert gaps == [("home_on_time", None, None, 1.0), ("energy", 2.0, 5.0, 3.0)]
    said = {n.item: (n.about, n.unit, n.value) for n in scored.numbers if n.value is not None}
    assert said["loved_now"] == ("loved_work", "percent", 0.0)
    assert said["me_energy"] == ("energy", "option", 2.0)
    assert set(said) == {"loved_now", "me_energy", "them_energy"}
