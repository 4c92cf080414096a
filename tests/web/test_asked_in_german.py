"""Every page that asks something, walked in German: no English sentence stands where it says German."""

from __future__ import annotations

import re
from functools import cache

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone, translation
from tests.organization import assemble_organization
from tests.web.english import english_in, words_in
from tests.web.growth.mentoring import ABOUT
from tests.web.test_catalogues import WRITTEN

from fairlead.core import skill_or_will
from fairlead.core.direction_answers import Frustration, SkillSide, Taught
from fairlead.library import load
from fairlead.web import asked_in
from fairlead.web.direction import track_pages
from fairlead.web.direction.models import Offer, OfferCheck, OfferPromise, Sitting
from fairlead.web.growth.models import MentorOffer, Mentorship

GERMAN = {"HTTP_ACCEPT_LANGUAGE": "de-DE,de;q=0.9"}


@cache
def english_sentences():
    """What pages ask the catalogue for, where it has several words and German says it otherwise."""
    return frozenset(
        says
        for line in WRITTEN["de"]
        for says in line.says
        if len(says.split()) > 2 and "%(" not in says and "{" not in says and says not in line.translated
    )


class Walker:
    """Somebody whose browser prefers German, and who reads each page that answers."""

    def __init__(self, member):
        self.browser, self.read = member.browser, 0

    def get(self, path):
        answer = self.browser.get(path, **GERMAN)
        assert answer.status_code == 200, path
        return self._german(path, answer.content.decode())

    def sends(self, path, **said):
        answer = self.browser.post(path, said, **GERMAN)
        if answer.status_code == 302:
            return answer.url
        assert answer.status_code in {200, 422}, (path, answer.status_code)
        return self._german(path, answer.content.decode())

    def _german(self, path, page):
        self.read += 1
        said = words_in(page, "de")
        assert len(said.split()) > 15, path
        assert english_in(page, "de") == [], path
        assert [one for one in english_sentences() if one in said] == [], path
        assert re.search(r"<main [^>]*lang=\"de\"", page), path
        return page


def test_frustrations_the_next_level_and_tracks_ask_in_german(cast):
    ada = Walker(cast.ada)
    for path in ("frustrations/", "next-level/", "next-level/role/?q=team+lead", "next-level/role/?q=qqqq"):
        ada.get(f"/direction/{path}")
    assert "Füllen Sie das aus." in ada.sends("/direction/frustrations/", what="", side="people")
    for taught, tools in (("no", "5"), ("yes", "1"), ("no", "")):
        said = {"what": f"Streit {taught} {tools}", "side": "people", "taught": taught, "with_tools": tools}
        ada.sends("/direction/frustrations/", **said, bothers="4")
    page = ada.get("/direction/frustrations/")
    assert "Hinzugefügt. Was es eher ist, steht dabei." in page
    for verdict in ("Lücke im Können", "Lücke im Wollen", "Noch nicht bekannt"):
        assert verdict in page
    was = re.findall(r'name="was" value="(\w+)"', page)[0]
    assert "Wählen Sie die Fähigkeit" in ada.sends("/direction/frustrations/1/want-skill/", was=was, about="")
    ada.sends("/direction/frustrations/1/want-skill/", was=was, about="conflict_navigation")
    page = ada.get("/direction/frustrations/")
    assert "Es steht jetzt auf Ihrer Liste der Fähigkeiten" in page
    assert "Es wartet auf Ihrer Liste" in page
    was = re.findall(r'name="was" value="(\w+)"', page)[0]
    ada.get("/direction/frustrations/1/")
    assert "Von der Liste entfernt" in ada.sends("/direction/frustrations/1/remove/", was=was)

    ada.sends("/direction/next-level/role/choose/", code="11-1021.00")
    page = ada.get("/direction/next-level/burdens/")
    assert load.direction_texts("de").burdens[0].label in page
    ada.sends("/direction/next-level/burdens/", burden_0="fine", burden_1="bearable", own="Lange Reisen")
    ada.get("/direction/next-level/burdens/")
    assert load.direction_texts("de").talk.questions[0].text in ada.get("/direction/next-level/talk/")
    ada.sends("/direction/next-level/talk/", heard="Viel Streit", would_want="2")
    assert "Gespeichert." in ada.get("/direction/next-level/")

    assert "Fünf Wege nebeneinander" in ada.get("/direction/tracks/")
    for one in load.tracks("de"):
        assert one.label in ada.get(f"/direction/tracks/{one.id}/about/")
        ada.get(f"/direction/tracks/{one.id}/")


def test_what_was_answered_in_german_says_nothing_of_it(cast):
    """No table, session or line of the record knows the language; what was ticked is the same in each."""
    ada, track = Walker(cast.ada), load.tracks()[0]
    german = load.tracks("de")[0]
    said = {f"want_{one.id}": "4" for one in track.demands} | {"lose": [track.loses[0]]}
    assert german.loses[0] in ada.get(f"/direction/tracks/{track.id}/")
    ada.sends(f"/direction/tracks/{track.id}/", **said)
    kept = Sitting.objects.get()
    assert kept.language == "en"
    assert kept.content[0]["lose"] == [track.loses[0]]
    ada.sends("/direction/offers/", title="Leitung", came_on=timezone.localdate().isoformat())
    offer = Offer.objects.get()
    ada.sends(f"/direction/offers/{offer.pk}/promises/", **{"benefit-ticked": ["pay"]})
    assert [one.text for one in OfferPromise.objects.all()] == ["More pay"]
    assert "Mehr Geld" in ada.get(f"/direction/offers/{offer.pk}/")
    session = str([one.get_decoded() for one in Session.objects.all()])
    assert "Gespeichert" not in session
    assert "'de'" not in session
    assert asked_in.COOKIE not in ada.browser.cookies


def test_offers_ask_in_german(cast):
    ada = Walker(cast.ada)
    ada.get("/direction/offers/")
    assert "Dieser Tag ist noch nicht da." in ada.sends(
        "/direction/offers/", title="Leitung", came_on="2036-01-01"
    )
    today = timezone.localdate().isoformat()
    ada.sends("/direction/offers/", title="Leitung", from_whom="Ben", came_on=today, answer_by=today)
    offer = Offer.objects.get()
    path = f"/direction/offers/{offer.pk}/"
    assert "Das ist schnell" in ada.get(path)
    ada.get(f"{path}change/")
    ada.sends(f"{path}promises/", **{"benefit-own": "Ein Budget", "burden-ticked": ["hard_news"]})
    assert "Zeile 1 hat 400 Zeichen." in ada.sends(f"{path}promises/", **{"benefit-own": "x" * 400})
    assert "Schlechte Nachrichten überbringen" in ada.get(path)
    gone = OfferPromise.objects.get(kind="burden")
    assert "Schlechte Nachrichten" in ada.sends(f"{path}promises/{gone.pk}/remove/")
    ada.sends(f"{path}decide/", decision="")
    ada.sends(f"{path}decide/", decision="accepted", reasons="Gern")
    assert "Ihre Entscheidung ist aufgeschrieben." in ada.get(path)
    ada.get(f"{path}look-back/3/")
    assert "Für diesen Rückblick ist es noch zu früh." in ada.get(ada.sends(f"{path}look-back/3/"))
    OfferCheck.objects.update(due_on=timezone.localdate())
    one = OfferPromise.objects.get()
    ada.get(f"{path}look-back/3/")
    ada.sends(f"{path}look-back/3/", **{f"promise_{one.pk}": "partly", "satisfaction": "4"})
    assert "teilweise gekommen 1" in ada.get(path)
    ada.get("/direction/offers/")


def test_the_plan_and_mentors_ask_in_german(db):
    organization = assemble_organization()
    kim, eve, cleo = (Walker(organization[name]) for name in ("kim", "eve", "cleo"))
    cleo.get("/growth/plan/")
    cleo.get("/growth/plan/write/")
    assert "Schreiben Sie mindestens eine Sache." in cleo.sends("/growth/plan/write/", start="")
    cleo.sends("/growth/plan/write/", start="Hier", review_on=timezone.localdate().isoformat())
    assert "Gespeichert. Die letzte Änderung" in cleo.get("/growth/plan/")

    eve.get("/growth/mentors/")
    eve.get("/growth/mentors/offer/")
    assert "Kreuzen Sie mindestens" in eve.sends("/growth/mentors/offer/", capacity="1")
    eve.sends("/growth/mentors/offer/", skills=[ABOUT], capacity="1", is_open="on", says="Gern")
    eve.get("/growth/mentors/")
    cleo.get("/growth/mentors/wish/")
    cleo.sends("/growth/mentors/wish/", about=ABOUT, says="Mut")
    found = MentorOffer.objects.get()
    assert "Warum: bietet an:" in words_in(cleo.get(f"/growth/mentors/?about={ABOUT}"), "de")
    ask = f"/growth/mentors/{found.pk}/ask/"
    cleo.get(f"{ask}?about={ABOUT}")
    assert "Sagen Sie in einem Satz" in cleo.sends(ask, about=ABOUT, words="")
    cleo.sends(ask, about=ABOUT, words="Darf ich fragen?")
    assert "Sie haben Eve schon gefragt" in cleo.sends(ask, about=ABOUT, words="Noch einmal")
    cleo.get("/growth/mentors/")
    assert "Fragt Sie am" in eve.get("/growth/mentors/")
    eve.sends(f"/growth/mentorships/{the_one().pk}/agree/", answer="Dienstag?")
    assert "Sie haben Ja gesagt." in eve.get("/growth/mentors/")
    cleo.sends(f"/growth/mentorships/{the_one().pk}/end/")
    assert "Vorbei" in cleo.get("/growth/mentors/")
    assert "begleiten" in kim.get("/growth/mentors/")


def the_one():
    return Mentorship.objects.get()


def test_the_page_before_a_sitting_changes_its_language_at_once_and_keeps_it(cast):
    path = "/direction/part/energy/"
    assert "Was mir Energie gibt" not in cast.ada.browser.get(path).content.decode()
    for page in (cast.ada.browser.get(f"{path}?lang=de"), cast.ada.browser.get(path)):
        said = page.content.decode()
        assert "Was mir Energie gibt" in said
        assert '<input type="hidden" name="language" value="de">' in said
        assert english_in(said, "de") == []
    cast.ada.browser.post(path, {"language": "de"})
    assert Sitting.objects.get().language == "de"
    assert "What gives me energy" not in cast.ada.browser.get(path).content.decode()
    assert "Was mir Energie gibt" not in cast.ada.browser.get(f"{path}?lang=en").content.decode()


def test_english_pages_stay_as_they_were(cast):
    page = cast.ada.browser.get("/direction/frustrations/").content.decode()
    assert words_in(page, "de") == "Deutsch"
    assert "What frustrates me" in page


@pytest.mark.parametrize("taught", list(Taught))
def test_every_sentence_about_a_frustration_has_its_german(taught):
    said = {
        skill_or_will.read_frustration(
            Frustration(what="x", side=SkillSide.PEOPLE, taught=taught, with_tools=tools)
        ).says
        for tools in (None, 1, 2, 3, 4, 5)
    }
    with translation.override("de"):
        assert [one for one in (*said, skill_or_will.RULE) if asked_in.said(one) == one] == []
        for track in load.tracks():
            page = track_pages.page(track.id)
            for text in (
                *page.ask,
                *page.settle,
                page.try_first,
                *(one for two in page.heard for one in two),
            ):
                assert english_in(f'<p lang="de">{text}</p>', "de") == []
