"""Traces in German comments: found with their reason, as those in English are, and as fast."""

from __future__ import annotations

import time

import pytest

from fairlead.core import comment_marks
from fairlead.core.comment_marks import marks

SIGNS = {
    "am 14. Oktober kam nichts": ("14. Oktober", comment_marks.DATE),
    "die Absage im März war": ("im März", comment_marks.DATE),
    "und Ende letzten Juni auch": ("Ende letzten Juni", comment_marks.DATE),
    "das war am Dienstag so": ("am Dienstag", comment_marks.DATE),
    "das kam letzten Freitag": ("letzten Freitag", comment_marks.DATE),
    "hier bin ich die Jüngste im Team": ("bin ich die Jüngste", comment_marks.ONLY),
    "schwer als einzige Frau": ("als einzige", comment_marks.ONLY),
    "das kann niemand außer mir": ("niemand außer mir", comment_marks.ONLY),
    "wie ich schon oft gesagt habe": ("wie ich schon oft gesagt", comment_marks.SAID),
    "das habe ich ihr schon zweimal gesagt": ("habe ich ihr schon zweimal gesagt", comment_marks.SAID),
    "niemand las meinen Vorschlag": ("meinen Vorschlag", comment_marks.SAID),
    "nach meiner Elternzeit war": ("meiner Elternzeit", comment_marks.YOURSELF),
    "weil meine Tochter dann": ("meine Tochter", comment_marks.YOURSELF),
    "damals war ich schwanger": ("war ich schwanger", comment_marks.YOURSELF),
    "schwer als alleinerziehende Person": ("als alleinerziehende", comment_marks.YOURSELF),
    "in meiner neuen Rolle fehlt": ("in meiner neuen Rolle", comment_marks.WORK),
    "da bin ich allein zuständig für": ("bin ich allein zuständig für", comment_marks.WORK),
    "denn ich leite die Nachtschicht": ("ich leite die", comment_marks.WORK),
    "seit ich hier angefangen habe": ("seit ich hier angefangen", comment_marks.SINCE),
    "an meinem ersten Tag war": ("meinem ersten Tag", comment_marks.SINCE),
}


@pytest.mark.parametrize("text", SIGNS)
def test_a_trace_is_found_with_its_reason(text):
    (mark,) = marks(text, names=())
    assert (text[mark.start : mark.end], mark.why) == SIGNS[text]


@pytest.mark.parametrize(
    "text",
    [
        "Entscheidungen kommen spät, und niemand sagt, warum.",
        "Zwei oder drei von uns würden gern mehr selbst entscheiden; zehn Minuten pro Woche genügen.",
        "Es wird gut erklärt, wozu wir da sind. Bitte weiter so.",
        "Ich mag es, wie gefragt wird. Mein Team arbeitet gut.",
        "Montags hört niemand gern zu, wenn es um nichts geht.",
        "Von fünf Malen hat es viermal geklappt.",
        "Als neues Werkzeug kam, half jemand; als ersten Schritt und als neue Idee ist das gut.",
        "Mich stört das Alte, und ich war nicht dabei.",
    ],
)
def test_what_gives_nobody_away_has_no_mark(text):
    assert [text[one.start : one.end] for one in marks(text, names=("Kim Larsen",))] == []


def _seconds(text):
    began = time.process_time()
    marks(text, names=())
    return time.process_time() - began


@pytest.mark.parametrize(
    "piece", ["als ich ", "wie ich a ", "meine ", "bin ich ", "1. ", "am ", "in meiner a ", "ich "]
)
def test_ten_times_the_text_takes_about_ten_times_as_long(piece):
    text = (piece * 10_000)[:10_000]
    for _ in range(3):
        if _seconds(text) < max(0.05, 30 * _seconds(text[:1_000])):
            break
    else:
        pytest.fail(f"{piece!r} is slow")
