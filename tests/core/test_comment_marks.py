"""What in a comment could give its author or somebody else away is found; nothing else is, and quickly."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairlead.core import comment_marks
from fairlead.core.comment_marks import marks

PEOPLE = (
    "Kim Larsen",
    "Anne-Marie O'Brien",
    "José Núñez de la Vega",
    "May Grace Will",
    "Max Mustermann",
    "田中 太郎",
    "김민준",
    "Ольга Петрова",
    "प्रिया शर्मा",
    "Jo Li",
)


def found(text: str, names: tuple[str, ...] = PEOPLE) -> list[str]:
    """The marked words."""
    return [text[mark.start : mark.end] for mark in marks(text, names=names)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kim listened.", ["Kim"]),
        ("ask KIM or larsen", ["KIM", "larsen"]),
        ("That was Kim's idea, and Larsen’s too.", ["Kim's", "Larsen’s"]),
        ("Anne-Marie helped", ["Anne", "Marie"]),
        ("Ask Jose Nunez.", ["Jose", "Nunez"]),
        ("Ask Jose\u0301 Nu\u0301n\u0303ez.", ["Jose\u0301", "Nu\u0301n\u0303ez"]),
        ("この件は田中さんが太郎に", ["田中", "太郎"]),
        ("어제 김민준씨가 왔다", ["김민준"]),
        ("Спросите ПЕТРОВА.", ["ПЕТРОВА"]),
        ("Это сказала Ольга", ["Ольга"]),
        ("यह प्रिया ने कहा", ["प्रिया"]),
        ("the kimono and larsenite", []),
        ("Jo and Li, de la", []),
    ],
)
def test_a_part_of_a_name_is_found_as_a_whole_word_in_any_case_and_script(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("You may say it with grace, and it will do at the max.", []),
        ("May I say this? Will it help? “May it be.” - Grace under pressure.", []),
        ("I think May said it, as did Will and Grace.", ["May", "Will", "Grace"]),
        ("We asked “May” about it", ["May"]),
        ("it helped.\nWill this go on", []),
    ],
)
def test_a_common_word_is_a_name_only_with_a_capital_inside_a_sentence(text, expected):
    assert found(text) == expected


SIGNS = {
    "write to kim.larsen@example.org": ("kim.larsen@example.org", comment_marks.ADDRESS),
    "ping @teamlead about it": ("@teamlead", comment_marks.MENTION),
    "see https://wiki.example.org/x?y=1 for that": ("https://wiki.example.org/x?y=1", comment_marks.LINK),
    "call +49 (30) 123-45 67, please": ("+49 (30) 123-45 67", comment_marks.PHONE),
    "on 2026-03-02 we": ("2026-03-02", comment_marks.DATE),
    "on 2.3.2026 we": ("2.3.2026", comment_marks.DATE),
    "on 3/14 we": ("3/14", comment_marks.DATE),
    "on the 3rd of May we": ("3rd of May", comment_marks.DATE),
    "on 14 October we": ("14 October", comment_marks.DATE),
    "in March 2026 we": ("March 2026", comment_marks.DATE),
    "on Tuesday the 5th we": ("Tuesday the 5th", comment_marks.DATE),
    "on Monday 5 we": ("Monday 5", comment_marks.DATE),
    "you came last Friday": ("last Friday", comment_marks.DATE),
    "at 9:30 am sharp": ("9:30 am", comment_marks.CLOCK),
    "at 4 p.m. we": ("4 p.m", comment_marks.CLOCK),
    "by 7 o'clock we": ("7 o'clock", comment_marks.CLOCK),
    "cost € 1,200.50 at least": ("€ 1,200.50", comment_marks.MONEY),
    "cost 40k in all": ("40k", comment_marks.MONEY),
    "about 90 euros each": ("90 euros", comment_marks.MONEY),
    "the ticket PRJ-12 waits": ("PRJ-12", comment_marks.NUMBER),
    "the issue #7 waits": ("#7", comment_marks.NUMBER),
    "all 1 250 orders": ("1 250", comment_marks.NUMBER),
    "room 417 is cold": ("417", comment_marks.NUMBER),
    "٢٠٢٦ was hard": ("٢٠٢٦", comment_marks.NUMBER),
    "where I was the only one who": ("I was the only", comment_marks.ONLY),
    "where I’m the newest here": ("I’m the newest", comment_marks.ONLY),
    "she is the only woman here": ("the only woman", comment_marks.ONLY),
    "hard as the youngest here": ("as the youngest", comment_marks.ONLY),
    "as I said in the meeting": ("as I said", comment_marks.SAID),
    "I already told you so": ("I already told you", comment_marks.SAID),
    "you read my e-mail aloud": ("my e-mail", comment_marks.SAID),
    "when  my\ndaughter was ill": ("my\ndaughter", comment_marks.YOURSELF),
    "after my parental leave it": ("my parental leave", comment_marks.YOURSELF),
    "since I was pregnant then": ("I was pregnant", comment_marks.YOURSELF),
    "hard as a single mother here": ("as a single mother", comment_marks.YOURSELF),
    "in my current role it": ("in my current role", comment_marks.WORK),
    "as your deputy it was": ("as your deputy", comment_marks.WORK),
    "because I run the night shift": ("I run the", comment_marks.WORK),
    "since I joined, it": ("since I joined", comment_marks.SINCE),
    "on my first day nobody": ("my first day", comment_marks.SINCE),
}


@pytest.mark.parametrize("text", SIGNS)
def test_a_trace_is_found_with_its_reason(text):
    (mark,) = marks(text, names=())
    assert (text[mark.start : mark.end], mark.why) == SIGNS[text]


@pytest.mark.parametrize(
    "text",
    [
        "Decisions come late, and nobody says why.",
        "Two or three of us would like to decide more on our own; 10 minutes a week are enough.",
        "It may well be that meetings are too long. On Mondays nobody listens.",
        "You explain well what we are here for. Please go on.",
        "I like the way in which we are asked. My team works well.",
        "5 of 6 times it worked, 50 % of the work is routine.",
        "",
    ],
)
def test_what_gives_nobody_away_has_no_mark(text):
    assert marks(text, names=PEOPLE) == ()


@given(st.text(max_size=400), st.lists(st.text(max_size=20), max_size=5))
def test_marks_stand_inside_the_text_in_order_and_never_overlap(text, names):
    before = 0
    for mark in marks(text, names=names):
        assert before <= mark.start < mark.end <= len(text)
        assert mark.why
        before = mark.end


@given(st.sampled_from(sorted(SIGNS)), st.text(alphabet="xyz .,\n", max_size=40))
def test_what_stands_before_a_sentence_hides_nothing(text, before):
    words, why = SIGNS[text]
    everything = f"{before}\n{text}"
    assert (words, why) in {(everything[m.start : m.end], m.why) for m in marks(everything, names=())}


HARD = (
    "a", "1", " ", "1 ", "I ", "@", "a@", "a.", "-", "1.", "as I ", "my ", "(", "'", "\u0301", "田", "May ",
    "the only ", "https://", "#1", "€", "1/", "last ", "\u00a0", "I am ", "Monday ", "a@a.", "1:", "in my a ",
)  # fmt: skip


def _seconds(text: str) -> float:
    began = time.process_time()
    marks(text, names=PEOPLE)
    return time.process_time() - began


@pytest.mark.parametrize("piece", HARD)
def test_ten_thousand_characters_take_no_longer_than_ten_times_a_thousand(piece):
    # Quadratic time would be a hundred times as long; three tries, because the machine does other things too.
    text = (piece * 10_000)[:10_000]
    for _ in range(3):
        if _seconds(text) < max(0.05, 30 * _seconds(text[:1_000])):
            break
    else:
        pytest.fail(f"{piece!r} is slow")
    assert min(_seconds(text) for _ in range(2)) < 1


def test_ten_thousand_names_are_looked_up_at_once():
    names = [f"Person{n:05d}x Family{n:05d}" for n in range(10_000)]
    names = ["".join(chr(97 + int(c)) if c.isdigit() else c for c in name) for name in names]
    text = " ".join(names[:150])[:3_000]
    began = time.process_time()
    assert len(marks(text, names=names)) > 150
    assert time.process_time() - began < 1
