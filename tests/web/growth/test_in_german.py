"""An experiment asked in German: frame and questions alike, before and after."""

from __future__ import annotations

from django.utils import timezone
from tests.web.english import english_in, words_in
from tests.web.growth import made

from fairlead.library import load
from fairlead.web.growth import measuring
from fairlead.web.growth.models import Experiment


def test_both_times_are_german_throughout(cast):
    skill = made.skill(cast.ada.person, state="open", opened_on=timezone.localdate())
    path = f"/growth/skills/{skill.pk}/begin/"
    asked = cast.ada.browser.get(f"{path}?lang=de").content.decode()
    assert "6 Wochen" in asked
    assert "Nur Sie sehen Ihre Antworten." in asked
    refused = cast.ada.browser.post(path, {"weeks": "6"})
    assert refused.status_code == 422
    assert "Beantworten Sie mindestens zwei der Verhaltensweisen" in refused.content.decode()

    said = dict.fromkeys(load.practices()[skill.about].items, "2") | {
        measuring.SATISFACTION: "3",
        "weeks": "6",
    }
    assert cast.ada.browser.post(path, said).status_code == 302
    again = f"/growth/experiments/{Experiment.objects.get().pk}/measure/"
    early = cast.ada.browser.get(again).content.decode()
    Experiment.objects.update(due_on=timezone.localdate())
    due = cast.ada.browser.get(again).content.decode()
    assert "Sehen, was sich geändert hat" in due
    for page in (asked, refused.content.decode(), early, due):
        assert len(words_in(page, "de").split()) > 8
        assert english_in(page, "de") == []
        assert '<html lang="en"' in page


def test_english_is_asked_in_english(cast):
    skill = made.skill(cast.ada.person, state="open", opened_on=timezone.localdate())
    page = cast.ada.browser.get(f"/growth/skills/{skill.pk}/begin/").content.decode()
    assert "6 weeks" in page
    assert "Not now" in page
    assert "told in English" not in page
