"""Who decides reads first everything that speaks to it, and can mend it until somebody is told."""

from __future__ import annotations

import pytest
from tests.factories import PersonFactory
from tests.organization import assemble_organization, sign_in
from tests.web.promotions import made, walking
from tests.web.promotions.test_pages import fresh, words

from fairlead.web.promotions import cases, deciding, holdings, peers
from fairlead.web.promotions.apart_models import PeerWords
from fairlead.web.promotions.case_models import Decision, PeerInput, RaterAssignment, Rating
from fairlead.web.promotions.models import CaseEvidence, Nomination, SelfRating
from fairlead.web.runs.actions import Refused
from fairlead.web.trail.models import Entry

pytestmark = pytest.mark.django_db

OTHER = "Another person led the move, and the plan for the second hall was never written down by anybody."
PRAISE = "A brilliant natural leader who is very confident, always impressive, a joy to have around, truly."


@pytest.fixture
def organization():
    found = assemble_organization()
    walking.seat_everybody(found)
    return found


def deciding_round(organization, *names, **values):
    one = walking.opened(organization, **values)
    found = walking.nominated(organization, one, *(names or ("cleo",)))
    return walking.to(organization, one, "deciding"), found


def test_who_decides_reads_the_case_colleagues_flags_and_ratings_first(organization):
    one = walking.opened(organization)
    (case,) = walking.nominated(organization, one, "cleo")
    cases.write_packet(organization.person("cleo"), case, {"argument": "I hold the plan of the works"})
    CaseEvidence.objects.create(nomination=case, criterion="craft", text="Rebuilt the press in March")
    SelfRating.objects.create(nomination=case, criterion="vision", score=5)
    one = walking.to(organization, one, "deciding")
    Rating.objects.filter(criterion="vision").update(rests_on="impression")
    author = PersonFactory.create(name="Wendelin Holz")
    voice = PeerInput.objects.create(
        nomination=case, author=author, form="named", state="written", leaning="against",
        answer="We mended that in May", answered_by=organization.person("ben"), answered_at=one.made_at,
    )  # fmt: skip
    PeerWords.objects.create(owner=author, input=voice, text="The stock stood in the yard")
    assert peers.readable(voice)
    text = words(fresh(organization, "dora").get(f"/promotions/cases/{case.pk}/decide/"))
    for said in (
        "I hold the plan of the works", "Rebuilt the press in March", "The stock stood in the yard",
        "We mended that in May", "an impression", "own view: seen far beyond",
        "No fair score can be read yet",
        "Calibration of the round", "Each rating with what was changed", walking.WORDS,
        "You can change it until everybody can read",
    ):  # fmt: skip
        assert said in text, said
    assert text.index("I hold the plan") < text.index("What do you decide")
    assert Entry.objects.filter(verb="saw", object_id=voice.pk, subject=author.pk).exists()


def test_only_who_decides_is_shown_the_way_to_it(organization):
    _one, (case,) = deciding_round(organization)
    path = f"/promotions/cases/{case.pk}/"
    assert f"{path}decide/" in organization["dora"].browser.get(path).content.decode()
    member = RaterAssignment.objects.exclude(rater=organization.person("dora")).first().rater
    name = str(member).lower()
    assert f"{path}decide/" not in organization[name].browser.get(path).content.decode()
    assert fresh(organization, name).get(f"{path}decide/").status_code == 404
    assert fresh(organization, name).post(f"{path}decide/", {"outcome": "not_now"}).status_code == 404


def test_a_decision_is_changed_by_who_made_it_until_it_can_be_read_and_both_versions_stay(organization):
    one, (case,) = deciding_round(organization)
    dora = fresh(organization, "dora")
    path = f"/promotions/cases/{case.pk}/"
    dora.post(f"{path}decide/", {"outcome": "promoted", "reasons": made.REASONS})
    assert f"{path}decision/change/" in dora.get(f"{path}decision/").content.decode()
    assert made.REASONS in words(dora.get(f"{path}decision/change/")), "it begins with what stands"
    answer = dora.post(f"{path}decision/change/", {"outcome": "not_now", "reasons": OTHER})
    assert answer.status_code == 302, words(answer)
    decision = Decision.objects.get()
    assert (decision.outcome, decision.reasons) == ("not_now", OTHER)
    assert [(was["outcome"], was["reasons"]) for was in decision.earlier] == [("promoted", made.REASONS)]
    assert Entry.objects.get(verb="change_decision").facts["version"] == 2
    same = dora.post(f"{path}decision/change/", {"outcome": "not_now", "reasons": OTHER})
    assert "says this already" in words(same)
    assert fresh(organization, "ida").get(f"{path}decision/change/").status_code == 404
    walking.to(organization, one, "decided")
    read = words(organization["cleo"].browser.get(f"{path}decision/"))
    assert OTHER in read
    assert made.REASONS in read, "the candidate reads both"
    assert "What it said before" in read
    assert holdings.export(organization.person("cleo"))["Decision"][0]["earlier"][0]["outcome"] == "promoted"
    assert dora.get(f"{path}decision/change/").status_code == 404
    with pytest.raises(Refused, match="not at that point"):
        deciding.change(
            organization.person("dora"), Nomination.objects.get(), outcome="promoted", reasons=made.REASONS
        )


def test_who_changes_a_promotion_keeps_its_place_and_takes_no_second_one(organization):
    _one, (cleo, maxs) = deciding_round(organization, "cleo", "max")
    dora = organization.person("dora")
    deciding.decide(dora, cleo, outcome="promoted", reasons=made.REASONS)
    deciding.decide(dora, maxs, outcome="not_now", reasons=made.REASONS)
    assert deciding.change(dora, cleo, outcome="promoted", reasons=OTHER).reasons == OTHER
    with pytest.raises(Refused, match="Every place"):
        deciding.change(dora, maxs, outcome="promoted", reasons=OTHER)
    deciding.change(dora, cleo, outcome="not_now", reasons=made.REASONS)
    assert deciding.change(dora, maxs, outcome="promoted", reasons=OTHER).outcome == "promoted"
    with pytest.raises(Refused, match="done by the chair"):
        deciding.change(organization.person("lea"), cleo, outcome="no_opening", reasons=OTHER)


def test_reasons_are_words_refusals_stand_at_their_field_and_praise_is_marked_without_barring(organization):
    _one, (cleo, maxs) = deciding_round(organization, "cleo", "max")
    dora = fresh(organization, "dora")
    path = f"/promotions/cases/{maxs.pk}/decide/"
    answer = dora.post(path, {"outcome": "not_now", "reasons": "." * 60})
    assert answer.status_code == 422
    assert "at least 8 different ones" in answer.content.decode().split('id="id_reasons_error"')[1][:300]
    deciding.decide(organization.person("dora"), cleo, outcome="promoted", reasons=made.REASONS)
    answer = dora.post(path, {"outcome": "promoted", "reasons": made.REASONS})
    assert "Every place" in answer.content.decode().split('id="id_outcome_error"')[1][:300]
    assert dora.post(path, {"outcome": "not_now", "reasons": PRAISE}).status_code == 302
    path = f"/promotions/cases/{maxs.pk}/decision/"
    page = dora.get(path).content.decode()
    assert "<mark>" in page
    assert "hint and changes nothing" in page
    lea = sign_in(organization.person("lea")).get(path)
    assert "<mark>" not in lea.content.decode(), "it is a hint to who wrote it"
    dora.post(f"{path}change/", {"outcome": "not_now", "reasons": made.REASONS})
    assert "<mark>" not in dora.get(path).content.decode()
