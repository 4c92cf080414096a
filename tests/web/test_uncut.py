"""What is typed is never cut: the page sets no limit, the server says how much is too much."""

from __future__ import annotations

import pytest
from django import forms
from django.utils import translation

from fairlead.web.uncut import Uncut, UncutAddress


class Asked(forms.Form):
    words = Uncut(max_length=8, widget=forms.Textarea)
    link = UncutAddress(max_length=30, assume_scheme="https")


def test_no_limit_stands_in_the_page():
    assert "maxlength" not in Asked().as_p()


@pytest.mark.parametrize(("language", "says"), [("en", "Fill this in."), ("de-at", "Füllen Sie das aus.")])
def test_an_empty_field_is_told_so_in_the_language_of_the_page(language, says):
    with translation.override(language):
        sent = Asked({"words": " ", "link": ""})
        assert sent.errors == {"words": [says], "link": [says]}


def test_too_much_is_counted_and_stays_in_its_field():
    sent = Asked({"words": "nine days", "link": "https://example.org/" + "x" * 20})
    assert sent.errors == {
        "words": [
            "These are 9 letters, and at most 8 are kept. Nothing was cut: shorten it and send it again."
        ],
        "link": [
            "These are 40 letters, and at most 30 are kept. Nothing was cut: shorten it and send it again."
        ],
    }
    assert "nine days" in sent.as_p()


def test_the_end_of_a_line_counts_once():
    assert Asked({"words": "one\r\ntwo\r\n", "link": "https://example.org/"}).is_valid()
    assert Asked({"words": "one\r\ntwo", "link": "https://example.org/"}).is_valid()
    assert not Asked({"words": "one\r\nthree", "link": "https://example.org/"}).is_valid()
