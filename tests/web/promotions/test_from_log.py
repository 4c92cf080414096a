"""Evidence out of one's own log: what was chosen comes in as a copy, what was not is seen by nobody."""

from __future__ import annotations

import pytest
from tests.organization import assemble_organization
from tests.web.journey import made as journey
from tests.web.promotions import walking

from fairlead.web import vault
from fairlead.web.journey.models import Accomplishment
from fairlead.web.promotions import from_log
from fairlead.web.promotions.models import CaseEvidence
from fairlead.web.runs.actions import Refused
from fairlead.web.trail.models import Entry

pytestmark = pytest.mark.django_db

HIDDEN = "Haselnusswaldkauz"


@pytest.fixture
def organization():
    found = assemble_organization()
    walking.seat_everybody(found)
    return found


def begun(organization):
    one = walking.opened(organization)
    (case,) = walking.nominated(organization, one, "cleo")
    cleo = organization.person("cleo")
    with vault.seen_by(cleo):
        chosen = journey.entry(
            cleo, "Moved the store in a week", otherwise="It would have closed", result="No day lost",
            seen_by="The night shift", criteria=["vision"], links=["https://example.org/a", "https://example.org/b"],
            thanks="Thank you for the nights", thanks_from="Tess",
        )  # fmt: skip
        journey.witness(chosen, organization.person("ben"), state="confirmed")
        journey.attachment(chosen, "plan.txt")
        journey.entry(cleo, f"{HIDDEN} one", criteria=["vision"])
        journey.entry(cleo, f"{HIDDEN} two")
    return one, case, chosen


def test_a_chosen_entry_comes_in_whole_criterion_by_criterion(organization):
    _one, case, chosen = begun(organization)
    browser, address = organization["cleo"].browser, f"/promotions/cases/{case.pk}/from-my-log/"
    text = browser.get(address).content.decode()
    assert text.index("Moved the store") < text.index(f"{HIDDEN} two"), "what names a criterion comes first"
    assert "in your log it speaks to" in text
    assert browser.post(address, {str(chosen.pk): ["vision", "reliability"]}).status_code == 302
    pieces = CaseEvidence.objects.order_by("criterion")
    assert [one.criterion for one in pieces] == ["reliability", "vision"]
    for one in pieces:
        assert (one.source, one.kind, one.day) == (chosen.pk, "witness", chosen.day)
        assert one.what_else == "It would have closed"
        assert one.link == "https://example.org/a"
        assert one.file == "plan.txt"
        assert one.seen_by == "The night shift, Ben (confirmed)"
        for part in ("Moved the store in a week", "No day lost", "https://example.org/b"):
            assert part in one.text
        assert "Thank you" not in one.text, "what somebody wrote in thanks stays with whom they thanked"
    again = browser.get(address).content.decode()
    assert "in the case already for 2 criteria" in again
    assert browser.post(address, {str(chosen.pk): ["vision"]}).status_code == 422, "asked no second time"
    assert CaseEvidence.objects.count() == 2
    shown = organization["ben"].browser.get(f"/promotions/cases/{case.pk}/").content.decode()
    assert "plan.txt" in shown


def test_a_later_change_in_the_log_reaches_no_case(organization):
    _one, case, chosen = begun(organization)
    cleo = organization.person("cleo")
    with vault.seen_by(cleo):
        assert from_log.take_over(cleo, case, {chosen.pk: ["vision"]}) == 1
        Accomplishment.objects.filter(pk=chosen.pk).first().delete()
    assert "Moved the store" in CaseEvidence.objects.get().text


@pytest.mark.slow  # it asks every page of the round as everybody
def test_what_was_not_chosen_is_seen_by_nobody_in_the_round(organization):
    one, case, chosen = begun(organization)
    cleo = organization.person("cleo")
    with vault.seen_by(cleo):
        from_log.take_over(cleo, case, {chosen.pk: ["vision"]})
    walking.to(organization, one, "deciding")
    pages = [
        f"cases/{case.pk}/", f"cases/{case.pk}/from-my-log/", f"cases/{case.pk}/talk/",
        f"cases/{case.pk}/decide/", f"cases/{case.pk}/ratings/", f"cases/{case.pk}/peers/",
        f"rounds/{one.pk}/",
        f"rounds/{one.pk}/calibration/", f"rounds/{one.pk}/committee/", "",
    ]  # fmt: skip
    seen = 0
    for name in ("ada", "ben", "kim", "dora", "lea", "eve", "ida", "max"):
        for path in pages:
            text = organization[name].browser.get(f"/promotions/{path}").content.decode()
            assert HIDDEN not in text, (name, path)
            seen += "Moved the store" in text
    assert seen >= 4, "what was chosen is read"
    assert HIDDEN not in str(list(CaseEvidence.objects.values()))


def test_only_the_candidate_chooses_and_only_their_own(organization):
    _one, case, chosen = begun(organization)
    ben, eve = organization.person("ben"), organization.person("eve")
    address = f"/promotions/cases/{case.pk}/from-my-log/"
    for name in ("ben", "kim", "dora", "ada"):
        assert organization[name].browser.get(address).status_code == 404
    with vault.seen_by(ben), pytest.raises(Refused, match="Only the candidate"):
        from_log.take_over(ben, case, {chosen.pk: ["vision"]})
    with vault.seen_by(eve):
        foreign = journey.entry(eve, "Something of Eve")
    cleo = organization.person("cleo")
    with vault.seen_by(cleo):
        with pytest.raises(Refused, match="not there any more"):
            from_log.take_over(cleo, case, {chosen.pk: ["vision"], foreign.pk: ["vision"]})
        with pytest.raises(Refused, match="does not ask"):
            from_log.take_over(cleo, case, {chosen.pk: ["vision", "charm"]})
        with pytest.raises(Refused, match="at least one entry"):
            from_log.take_over(cleo, case, {chosen.pk: []})
    assert CaseEvidence.objects.count() == 0, "all come in, or none"
    assert not Entry.objects.filter(verb="take_evidence").exists()
    posted = organization["cleo"].browser.post(address, {str(foreign.pk): ["vision"]})
    assert posted.status_code == 422
    assert CaseEvidence.objects.count() == 0


def test_nothing_ticked_says_so_and_an_empty_log_leads_on(organization):
    _one, case, _chosen = begun(organization)
    address = f"/promotions/cases/{case.pk}/from-my-log/"
    empty = organization["cleo"].browser.post(address, {})
    assert empty.status_code == 422
    assert "Choose at least one entry" in empty.content.decode()
    with vault.seen_by(organization.person("cleo")):
        Accomplishment.objects.all().delete()
    assert "Nothing is in your log yet" in organization["cleo"].browser.get(address).content.decode()


def test_the_longest_entry_comes_in_uncut(organization):
    _one, case, _chosen = begun(organization)
    cleo = organization.person("cleo")
    links = ["https://example.org/" + "l" * 600, "https://example.org/b"]
    with vault.seen_by(cleo):
        long = journey.entry(
            cleo, "w" * 1500, otherwise="o" * 1000, result="r" * 1000, seen_by="s" * 300, links=links
        )
        from_log.take_over(cleo, case, {long.pk: ["craft"]})
    made = CaseEvidence.objects.get()
    assert made.link == "https://example.org/b"
    assert made.text.count("l") > 600
    for letter, number in (("w", 1500), ("r", 1000)):
        assert letter * number in made.text
    made.full_clean()


def test_after_the_evidence_is_closed_nothing_comes_in(organization):
    one, case, chosen = begun(organization)
    walking.to(organization, one, "assigning")
    address = f"/promotions/cases/{case.pk}/from-my-log/"
    assert "not gathered" in organization["cleo"].browser.get(address).content.decode()
    answer = organization["cleo"].browser.post(address, {str(chosen.pk): ["vision"]})
    assert answer.status_code == 422
    assert "not gathered" in answer.content.decode()
    assert CaseEvidence.objects.count() == 0
