"""The pages of rounds and cases, sent as a browser sends them; what was typed stays when it is refused."""

from __future__ import annotations

import datetime as dt
import re
from html import unescape

import pytest
from django.core.exceptions import FieldError
from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone
from tests.organization import assemble_organization, sign_in
from tests.web.promotions import made, walking

from fairlead.web import vault
from fairlead.web.promotions import assigning, cases, rounds
from fairlead.web.promotions.apart_models import SealedRating
from fairlead.web.promotions.case_models import Decision, NextStep
from fairlead.web.promotions.models import CommitteeSeat, Nomination, Round
from fairlead.web.vault import house_fields

pytestmark = pytest.mark.django_db


@pytest.fixture
def organization():
    found = assemble_organization()
    walking.seat_everybody(found)
    return found


def fresh(organization, name):
    return sign_in(organization.person(name), fresh=True)


def words(answer):
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())))


def said(**values):
    days = {f"day_{phase}": day for phase, day in made.dates().items()}
    usual = {"title": "Autumn round", "framework": str(made.framework().pk), "raters": "2", "most_cases": "8",
             "least_reasons": "50", "self_nomination": "on", "way_back": "yes"}  # fmt: skip
    return usual | days | values


def test_people_operations_prepare_look_and_open(organization):
    made.framework()
    ada = fresh(organization, "ada")
    assert "Prepare a round" in words(ada.get("/promotions/"))
    assert ada.post("/promotions/rounds/new/", said()).status_code == 302
    one = Round.objects.get()
    page = f"/promotions/rounds/{one.pk}/"
    assert "at least one opening" in words(ada.get(page))
    opening = {"title": "Lead", "place": "people_manager/m1", "headcount": "1", "budget": "agreed",
               "exists": "to_be_created"}  # fmt: skip
    assert ada.post(f"{page}openings/", opening).status_code == 302
    for name in walking.COMMITTEE:
        part = "chair" if name == "dora" else "member"
        sent = {"person": str(organization.person(name).pk), "part": part}
        assert ada.post(f"{page}seats/", sent).status_code == 302
    seen = re.search(r'name="seen" value="(\w{64})"', ada.get(page).content.decode())[1]
    assert ada.post(f"{page}open/", {"seen": seen}).status_code == 302
    one.refresh_from_db()
    assert (one.state, one.terms) == ("nominating", seen)
    read = organization["max"].browser.get(page).content.decode()
    assert f"{seen[:32]}<wbr>{seen[32:]}" in read, "everybody reads the fingerprint"
    assert "unchanged since the opening" in read


def test_a_wrong_day_stands_at_its_field_and_what_was_typed_stays(organization):
    early = (timezone.localdate() - dt.timedelta(days=3)).isoformat()
    answer = fresh(organization, "ada").post(
        "/promotions/rounds/new/", said(day_evidence=early, title="Kept as typed")
    )
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Kept as typed" in text
    assert f'value="{early}"' in text
    assert 'id="id_day_evidence_error"' in text
    assert Round.objects.count() == 0


def test_without_a_signed_framework_there_is_no_way_to_a_round(organization):
    made.framework(state="draft")
    browser = organization["ada"].browser
    for path in ("/promotions/", "/promotions/rounds/new/"):
        page = browser.get(path).content.decode()
        assert "None is signed yet" in page
        for way in ("/promotions/criteria/team/", "/promotions/criteria/drafts/", "/roles/"):
            assert f'href="{way}"' in page, (path, way)
            assert browser.get(way).status_code == 200, way
    text = words(browser.get("/promotions/"))
    assert "Prepare a round" not in text
    assert "No framework is signed yet" in words(organization["ada"].browser.get("/promotions/rounds/new/"))
    assert "There is no round at the moment" in words(organization["max"].browser.get("/promotions/"))


def test_opening_asks_to_sign_in_again(organization):
    one = rounds.begin(organization.person("ada"), walking.wanted())
    answer = organization["ada"].browser.post(f"/promotions/rounds/{one.pk}/open/")
    assert "reauthenticate" in answer.headers["Location"]
    one.refresh_from_db()
    assert one.state == "draft"


def test_somebody_nominates_themselves_and_writes_their_case(organization):
    one = walking.opened(organization)
    cleo = organization["cleo"].browser
    opening = str(one.openings.get().pk)
    page = f"/promotions/rounds/{one.pk}/nominate/"
    text = words(cleo.get(page))
    assert "Myself" in text
    assert "Max" not in text, "only a manager nominates others"
    wrong = {"who": str(organization.person("max").pk), "opening": opening}
    assert cleo.post(page, wrong).status_code == 422
    assert (
        cleo.post(page, {"who": str(organization.person("cleo").pk), "opening": opening}).status_code == 302
    )
    case = Nomination.objects.get()
    write = f"/promotions/cases/{case.pk}/write/"
    sent = {"argument": "I lead the move.\r\nSince spring.", "team_benefit": "Clearer weeks",
            "preparation": "", "loss_impact": "", "advocate": str(organization.person("ben").pk)}  # fmt: skip
    assert cleo.post(write, sent).status_code == 302
    case.refresh_from_db()
    assert (case.team_benefit, case.advocate) == ("Clearer weeks", organization.person("ben"))
    assert cleo.post(write, sent | {"argument": "x" * 4001}).status_code == 422
    piece = {
        "criterion": "vision",
        "kind": "witness",
        "text": "Named each date",
        "link": "javascript:alert(1)",
        "seen_by": "Ben",
    }
    answer = cleo.post(f"/promotions/cases/{case.pk}/evidence/", piece)
    assert answer.status_code == 422
    assert "Named each date" in answer.content.decode()
    piece["link"] = "https://intranet.example.org/a"
    assert cleo.post(f"/promotions/cases/{case.pk}/evidence/", piece).status_code == 302
    text = words(cleo.get(f"/promotions/cases/{case.pk}/"))
    assert "Named each date" in text
    assert "2 of 3 criteria have no evidence yet" in text
    assert "You are asked to speak" in words(organization["ben"].browser.get(f"/promotions/cases/{case.pk}/"))


def test_a_self_rating_stands_beside_the_evidence_and_counts_nowhere(organization):
    one = walking.opened(organization)
    (case,) = walking.nominated(organization, one, "cleo")
    path = f"/promotions/cases/{case.pk}/myself/"
    organization["cleo"].browser.post(path, {"vision": "5", "craft": ""})
    assert [(found.criterion, found.score) for found in case.self_ratings.all()] == [("vision", 5)]
    assert "own view: seen far beyond" in words(
        organization["ben"].browser.get(f"/promotions/cases/{case.pk}/")
    )
    assert organization["ben"].browser.get(path).status_code == 404


def test_ratings_are_kept_as_far_as_they_are_right(organization):
    one = walking.opened(organization)
    (case,) = walking.nominated(organization, one, "cleo")
    one = walking.to(organization, one, "rating")
    rater = assigning.live(one)[0].rater
    browser = organization[str(rater).lower()].browser
    path = f"/promotions/cases/{case.pk}/rate/"
    assert "At this level: What is seen at m1" in words(browser.get(path))
    answer = browser.post(path, {
        "vision-score": "4", "vision-rests_on": "seen", "vision-words": walking.WORDS,
        "craft-score": "5", "craft-rests_on": "", "craft-words": "Brillant, really",
    })  # fmt: skip
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Say what this rating rests on." in text
    assert "at least 20 characters" in text
    assert "Brillant, really" in text
    with vault.seen_by(rater):
        assert [kept.criterion for kept in SealedRating.objects.all()] == ["vision"]
    assert browser.post(f"/promotions/cases/{case.pk}/hand-in/").status_code == 302
    assert "Not rated yet" in words(browser.get(path))
    assert browser.post(path, {"craft-score": "none", "reliability-score": "none"}).status_code == 302
    browser.post(f"/promotions/cases/{case.pk}/hand-in/")
    assert assigning.live(one)[0].handed_in_at is not None
    assert "You have handed in" in words(browser.get(path))


def test_a_decision_needs_its_reasons_and_a_fresh_sign_in(organization):
    one = walking.opened(organization)
    (case,) = walking.nominated(organization, one, "cleo")
    walking.to(organization, one, "deciding")
    path = f"/promotions/cases/{case.pk}/decide/"
    assert "reauthenticate" in organization["dora"].browser.get(path).headers["Location"]
    dora = fresh(organization, "dora")
    answer = dora.post(path, {"outcome": "not_now", "reasons": "Not enough yet."})
    assert answer.status_code == 422
    assert "at least 50 characters" in answer.content.decode()
    assert "Not enough yet." in answer.content.decode()
    assert dora.post(path, {"outcome": "promoted_at_once", "reasons": made.REASONS}).status_code == 422
    assert Decision.objects.count() == 0
    assert dora.post(path, {"outcome": "not_now", "reasons": made.REASONS}).status_code == 302
    assert dora.get(path).status_code == 404, "a decision is made once"
    assert Decision.objects.get().by == organization.person("dora")


def test_a_next_step_is_written_and_a_day_that_is_over_is_refused(organization):
    one = walking.opened(organization)
    (case,) = walking.nominated(organization, one, "cleo")
    walking.to(organization, one, "decided")
    path = f"/promotions/cases/{case.pk}/next-step/"
    browser = organization["ben"].browser
    late = {"text": "Lead the move", "by": str(organization.person("ben").pk), "due": "2020-01-01"}
    answer = browser.post(path, late)
    assert answer.status_code == 422
    assert "still to come" in words(answer), words(answer)[-1500:]
    assert browser.post(path, late | {"due": walking.due().isoformat()}).status_code == 302
    assert NextStep.objects.get().by == organization.person("ben")


def test_cases_stand_in_the_order_of_names_and_never_of_scores(organization):
    one = walking.opened(organization, headcount=3)
    walking.nominated(organization, one, "max", "gina", "cleo")
    one = walking.to(organization, one, "rating")
    for number, found in enumerate(assigning.live(one)):
        walking.rate(found.rater, found.nomination, score=1 + number % 5)
    walking.rate_all(one)
    one = walking.to(organization, one, "calibrating")
    text = words(organization["dora"].browser.get(f"/promotions/rounds/{one.pk}/"))
    assert text.index("Cleo") < text.index("Gina") < text.index("Max")


def test_what_a_case_says_stands_sealed_in_the_database_and_opens_after_a_new_key(organization, settings):
    one = walking.opened(organization)
    (case,) = walking.nominated(organization, one, "cleo")
    cases.write_packet(organization.person("cleo"), case, {"argument": "Haselnuss im Fruehling"})

    def stored():
        with connection.cursor() as cursor:
            cursor.execute("SELECT argument, team_benefit FROM web_nomination")
            return cursor.fetchone()

    before = stored()
    assert "Haselnuss" not in before[0]
    assert before[1] == "", "nothing stays nothing"
    settings.VAULT_KEYS = ["n" * 60, *settings.VAULT_KEYS]
    changed, seen = house_fields.seal_anew()
    assert changed == seen > 0
    assert house_fields.seal_anew() == (0, seen)
    settings.VAULT_KEYS = settings.VAULT_KEYS[:1]
    assert stored() != before
    assert Nomination.objects.get().argument == "Haselnuss im Fruehling"
    call_command("rewrap_keys", verbosity=0)


def test_a_sealed_column_is_not_searched(organization):
    with pytest.raises(FieldError):
        Nomination.objects.filter(argument__contains="x")
    with pytest.raises(TypeError, match="sealed"), transaction.atomic():
        CommitteeSeat.objects.update(conflict=F("part"))
