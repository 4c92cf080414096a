"""Surveys as pages: prepared, looked at, launched, followed and cancelled; and what becomes of them later."""

from __future__ import annotations

import datetime as dt
import re

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.factories import PersonFactory, PositionFactory
from tests.organization import assemble_organization, sign_in
from tests.web.audits import made
from tests.web.feedback.asking import DAY, Company, draft, launched, questionnaire, seats, use

from fairlead.web import rights, vault
from fairlead.web.feedback import actions, closing, expiry, launching, queries, surveys, terms
from fairlead.web.feedback.models import Report, Survey
from fairlead.web.people.models import Person
from fairlead.web.roster import actions as by_hand
from fairlead.web.roster import linking
from fairlead.web.runs.actions import Refused
from fairlead.web.trail.models import Entry
from fairlead.web.vault import writing

MORNING = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)


@pytest.fixture
def organization(db):
    return assemble_organization()


@pytest.fixture
def company(db):
    return Company()


def form(kind: str = "pulse", **more) -> dict:
    today = timezone.localdate()
    return {
        "title": "How is it going",
        "questionnaire": questionnaire(kind).digest,
        "opens_on": today.isoformat(),
        "closes_on": (today + 14 * DAY).isoformat(),
        "unit": "",
        "k": "5",
        "lens": "",
        "step": "keep",
    } | more


def body(answer) -> str:
    return answer.content.decode()


# --- from the first page to the launch ------------------------------------------------------------


def test_people_operations_launch_what_they_saw(organization):
    ada = sign_in(organization.person("ada"), fresh=True)
    answer = ada.post("/feedback/new/pulse/", form())
    survey = Survey.objects.get()
    assert answer["Location"] == f"/feedback/surveys/{survey.pk}/preview/"
    page = body(ada.get(answer["Location"]))
    assert "13 people" in page
    for sentence in terms.promise(survey):
        assert sentence.replace("'", "&#x27;") in page
    assert "nothing can be changed" in page
    first = survey_instrument(survey).items[0].text.replace("'", "&#x27;")
    assert first in page
    (seen,) = re.findall(r'name="seen" value="([0-9a-f]{64})"', page)
    answer = ada.post(f"/feedback/surveys/{survey.pk}/launch/", {"seen": seen})
    assert answer["Location"] == f"/feedback/surveys/{survey.pk}/"
    assert len(seats(survey)) == 13
    page = body(ada.get(answer["Location"]))
    assert "Under way until" in page
    assert "Launched." in page


def survey_instrument(survey):
    return terms.instrument_of(survey)


def test_a_launch_asks_people_operations_to_sign_in_again(organization):
    survey = draft(organization.person("ada"))
    answer = organization["ada"].browser.post(f"/feedback/surveys/{survey.pk}/launch/", {"seen": "x"})
    assert "reauthenticate" in answer["Location"]
    survey.refresh_from_db()
    assert survey.state == "draft"


def test_a_launch_without_the_preview_or_with_an_old_one_changes_nothing(organization):
    ada = sign_in(organization.person("ada"), fresh=True)
    survey = draft(organization.person("ada"))
    for seen in ("", "0" * 64):
        page = body(ada.post(f"/feedback/surveys/{survey.pk}/launch/", {"seen": seen}, follow=True))
        assert "Not done." in page
    survey.refresh_from_db()
    assert survey.state == "draft"


def test_the_preview_names_managers_who_get_no_figure_and_counts_who_has_no_account(organization):
    PositionFactory.create(
        person=PersonFactory.create(user=None, name="Nora", number="N1"), manager=organization.person("ben")
    )
    for _ in range(5):
        PositionFactory.create(person=PersonFactory.create(), manager=organization.person("eve"))
    survey = draft(organization.person("ada"), "upward")
    page = body(organization["ada"].browser.get(f"/feedback/surveys/{survey.pk}/preview/"))
    names = re.search(r"Who they are</summary>(.*?)</details>", page, re.DOTALL)[1]
    assert re.findall(r"<bdi>(\w+)</bdi>", names) == ["Ada", "Ben"]
    assert "1 of them has no account" in page
    assert "/organization/invitations/" in page
    assert "Nora" not in page
    assert "<bdi>In no unit</bdi>" in page


def test_a_manager_with_five_reports_asks_them_and_one_with_fewer_is_told_what_to_do(company):
    anna, bo = sign_in(company.anna), sign_in(company.bo)
    assert "/feedback/new/team/" in body(anna.get("/feedback/"))
    page = body(bo.get("/feedback/"))
    assert "/feedback/new/team/" not in page
    assert "Ask openly instead" in page
    answer = bo.post("/feedback/new/team/", form("upward"))
    assert answer.status_code == 422
    assert "3 people report to you today" in body(answer)
    answer = anna.post("/feedback/new/team/", form("upward"), follow=True)
    (seen,) = re.findall(r'name="seen" value="([0-9a-f]{64})"', body(answer))
    survey = Survey.objects.get()
    assert (survey.about, survey.made_by) == (company.anna, company.anna)
    anna.post(f"/feedback/surveys/{survey.pk}/ask/", {"seen": seen})
    assert set(seats(survey)) == {one.pk for one in company.annas}


def test_colleagues_are_suggested_looked_for_and_kept(company):
    bo = sign_in(company.bo)
    page = body(bo.get("/feedback/new/work/"))
    suggested = re.findall(r'name="people" value="([^"]+)"', page)
    assert len(suggested) == 4, "his manager and his three reports; his peer is of another unit"
    found = body(
        bo.post("/feedback/new/work/", form("role", people=suggested, who=company.annas[0].name, step="find"))
    )
    assert "How is it going" in found
    assert found.count("checked") == 5
    tokens = re.findall(r'name="people" value="([^"]+)"', found)
    answer = bo.post("/feedback/new/work/", form("role", people=tokens))
    assert answer.status_code == 302
    survey = Survey.objects.get()
    assert {one.pk for one in queries.named(survey)} == {
        company.head.pk,
        company.annas[0].pk,
        *(one.pk for one in company.bos),
    }
    page = body(bo.get(f"/feedback/surveys/{survey.pk}/change/"))
    assert page.count("checked") == 5


def test_a_choice_sealed_for_somebody_else_is_none(company):
    anna, bo = sign_in(company.anna), sign_in(company.bo)
    tokens = re.findall(r'name="people" value="([^"]+)"', body(anna.get("/feedback/new/work/")))
    assert len(tokens) >= 5
    answer = bo.post("/feedback/new/work/", form("role", people=[*tokens, str(company.head.pk), "x" * 500]))
    assert answer.status_code == 422
    assert Survey.objects.count() == 0


def test_looking_for_somebody_asks_for_nothing_else_yet(company):
    page = sign_in(company.bo).post("/feedback/new/work/", {"who": "zzzz", "step": "find"})
    assert page.status_code == 200
    assert "Nobody else was found" in body(page)
    assert "Fill this in" not in body(page)


@pytest.mark.parametrize(
    ("said", "says"),
    [
        ({"title": ""}, "Fill this in."),
        ({"title": "a\u202eb"}, "invisible control or direction character"),
        ({"opens_on": "2020-01-01"}, "The first day is over."),
        ({"closes_on": ""}, "Choose a day."),
        ({"questionnaire": "no"}, "Select a valid choice"),
        ({"unit": "no"}, "Select a valid choice"),
        ({"lens": "salary"}, "Select a valid choice"),
    ],
)
def test_what_does_not_fit_is_said_at_its_field(organization, said, says):
    answer = organization["ada"].browser.post("/feedback/new/pulse/", form(**said))
    assert answer.status_code == 422
    assert says in body(answer)
    assert Survey.objects.count() == 0


def test_less_than_five_is_refused_in_words(organization):
    answer = organization["ada"].browser.post("/feedback/new/managers/", form("upward", k="4"))
    assert "No figure stands for fewer than 5 people" in body(answer)


def test_only_people_operations_begin_for_the_organization(organization):
    for name in ("cleo", "kim", "ben", "gina", "hugo", "ida", "jon"):
        for way in ("managers", "pulse"):
            assert organization[name].browser.post(f"/feedback/new/{way}/", form()).status_code == 404
    assert Survey.objects.count() == 0


def test_a_hostile_title_stays_a_title(organization):
    title = "<img src=x onerror=alert(1)>"
    organization["ada"].browser.post("/feedback/new/pulse/", form(title=title))
    survey = Survey.objects.get()
    for path in (f"surveys/{survey.pk}/preview/", "surveys/", f"surveys/{survey.pk}/change/"):
        page = body(organization["ada"].browser.get(f"/feedback/{path}"))
        assert "<img src=x" not in page
        assert "&lt;img src=x" in page


# --- who sees a survey ----------------------------------------------------------------------------


def test_nobody_but_who_began_it_sees_a_survey_about_themselves_being_prepared(company):
    survey = draft(company.anna, "role", about=company.anna, people=tuple(one.pk for one in company.annas))
    for one in (company.annas[0], company.bo, company.head):
        assert sign_in(one).get(f"/feedback/surveys/{survey.pk}/").status_code == 404
        assert sign_in(one).get(f"/feedback/surveys/{survey.pk}/preview/").status_code == 404


def test_people_operations_see_nothing_of_what_somebody_began_about_themselves(organization):
    cleo = organization.person("cleo")
    named = tuple(PersonFactory.create().pk for _ in range(6))
    survey = launched(cleo, "role", about=cleo, people=named, title="Kestrel")
    ada = organization["ada"].browser
    assert "Kestrel" not in body(ada.get("/feedback/surveys/"))
    for page in ("", "cancel/", "change/", "preview/"):
        assert ada.get(f"/feedback/surveys/{survey.pk}/{page}").status_code == 404
    assert ada.post(f"/feedback/surveys/{survey.pk}/cancel/").status_code == 404


def test_whoever_is_asked_reads_the_rules_and_no_number_of_people(organization):
    survey = launched(organization.person("ada"))
    page = body(organization["max"].browser.get(f"/feedback/surveys/{survey.pk}/"))
    assert terms.promise(survey)[0] in page
    assert "13 people" not in page
    assert "Cancel this survey" not in page
    assert organization["max"].browser.get(f"/feedback/surveys/{survey.pk}/cancel/").status_code == 404
    assert sign_in(PersonFactory.create()).get(f"/feedback/surveys/{survey.pk}/").status_code == 404


def test_nobody_learns_from_a_page_who_answered_or_how_many(organization):
    survey = launched(organization.person("ada"))
    watchers = ("ada", "kim", "ben", "hugo", "ida", "gina")
    pages = ["/feedback/", "/feedback/surveys/", f"/feedback/surveys/{survey.pk}/", "/today/"]

    def told():
        found = {}
        for name in watchers:
            for page in pages:
                text = body(organization[name].browser.get(page))
                found[name, page] = re.sub(r'value="\w{64}"|csrf[^>]+>|x-csrftoken[^}]+', "", text)
        return found

    before = told()
    for name in ("cleo", "max", "eve", "lea", "jon"):
        use(survey, organization.person(name))
    assert told() == before


# --- the end --------------------------------------------------------------------------------------


def test_a_cancelled_survey_has_no_box_and_no_seats_and_is_told_to_who_began_it(organization):
    ada, max_ = organization["ada"], organization["max"]
    survey = launched(ada.person, title="Kestrel")
    assert "Kestrel" in body(max_.browser.get("/today/"))
    assert "destroyed unread" in body(ada.browser.get(f"/feedback/surveys/{survey.pk}/cancel/"))
    answer = ada.browser.post(f"/feedback/surveys/{survey.pk}/cancel/")
    assert answer.status_code == 302
    survey.refresh_from_db()
    assert (survey.state, survey.organization) == ("cancelled", None)
    assert seats(survey) == {}
    assert survey.pk not in writing.standing()
    assert "Kestrel" not in body(max_.browser.get("/today/"))
    assert "Kestrel" in body(ada.browser.get("/today/"))
    assert "Cancelled." in body(ada.browser.get(f"/feedback/surveys/{survey.pk}/"))
    with time_machine.travel(timezone.now() + 8 * DAY):
        assert queries.today(ada.person) is None
    assert Entry.objects.filter(verb="cancel_survey").count() == 1
    with pytest.raises(Refused):
        surveys.cancel(ada.person, survey)


def test_what_has_closed_is_not_cancelled(company):
    with time_machine.travel(MORNING, tick=False):
        survey = launched(company.head)
    with time_machine.travel(MORNING + 20 * DAY, tick=False):
        actions.tick()
        survey.refresh_from_db()
        assert survey.state in {"released", "held"}
        with pytest.raises(Refused, match="has not closed"):
            surveys.cancel(company.head, survey)


def test_after_the_release_the_share_stands_there_in_a_tenth(organization):
    with time_machine.travel(MORNING, tick=False):
        survey = launched(organization.person("ada"))
        for name in ("cleo", "max", "eve", "lea", "jon", "ben"):
            seat = seats(survey)[organization.person(name).pk]
            number = len(survey_instrument(survey).questions())
            paper = {"team": seat.team, "lens": "", "answers": [3] * number, "comments": []}
            writing.drop(survey.pk, organization.person(name).pk, paper)
    with time_machine.travel(MORNING + 20 * DAY, tick=False):
        for member in organization.members.values():
            sign_in(member.person, member.browser)
        actions.tick()
        survey.refresh_from_db()
        assert survey.state == "released"
        page = body(organization["ada"].browser.get(f"/feedback/surveys/{survey.pk}/"))
        assert "40 to 50 % of those asked answered" in page
        assert "% of those asked" not in body(
            organization["max"].browser.get(f"/feedback/surveys/{survey.pk}/")
        )


def test_a_survey_of_which_nothing_could_be_released_says_why(organization):
    survey = launched(organization.person("ada"))
    Survey.objects.filter(pk=survey.pk).update(state="held", refusal="The check found something.")
    page = body(organization["ada"].browser.get(f"/feedback/surveys/{survey.pk}/"))
    assert "Nothing could be released." in page
    assert "The check found something." in page


def test_a_draft_is_deleted_and_a_launched_survey_is_not(organization):
    ada = organization["ada"].browser
    one, other = draft(organization.person("ada")), launched(organization.person("ada"))
    assert ada.post(f"/feedback/surveys/{one.pk}/delete/")["Location"] == "/feedback/surveys/"
    assert ada.post(f"/feedback/surveys/{other.pk}/delete/").status_code == 302
    assert list(Survey.objects.all()) == [other]


# --- today and lists ------------------------------------------------------------------------------


def test_a_ballot_is_the_thing_to_do_until_it_is_used(organization):
    cleo = organization["cleo"]
    survey = launched(organization.person("ada"), title="Kestrel")
    seat = seats(survey)[cleo.person.pk]
    page = body(cleo.browser.get("/today/"))
    assert f"/feedback/answer/{seat.pk}/" in page
    assert f"{survey_instrument(survey).minutes} minutes" in page
    use(survey, cleo.person)
    assert "Kestrel" not in body(cleo.browser.get("/today/"))
    assert "you can take it back" in body(cleo.browser.get("/feedback/"))


def test_a_ballot_is_not_lost_where_another_room_has_something_to_do_first(organization):
    cleo = organization["cleo"]
    made.stand(cleo)
    before = body(cleo.browser.get("/today/"))
    assert "One thing to do" in before
    launched(organization.person("ada"), title="Kestrel")
    page = body(cleo.browser.get("/today/"))
    assert page.index("One thing to do") < page.index("Waiting for you") < page.index("Kestrel")


def test_an_upward_ballot_names_whom_it_is_about(organization):
    for _ in range(5):
        PositionFactory.create(person=PersonFactory.create(), manager=organization.person("ben"))
    launched(organization.person("ada"), "upward")
    assert "about working with <bdi>Ben</bdi>" in body(organization["cleo"].browser.get("/feedback/"))


def test_three_surveys_cost_as_few_queries_as_one(organization):
    """A list reads everything it needs at once."""
    ada = organization["ada"].browser
    costs = {}
    for name in ("pulse-culture", "pulse-fairness", ""):
        if name:
            launched(organization.person("ada"), name=name)
        else:
            for _ in range(5):
                PositionFactory.create(person=PersonFactory.create(), manager=organization.person("ben"))
            launched(organization.person("ada"), "upward")
        for path in ("/feedback/", "/feedback/surveys/", "/today/"):
            ada.get(path)
            with CaptureQueriesContext(connection) as caught:
                ada.get(path)
            costs.setdefault(path, []).append(len(caught))
    for path, (one, _two, three) in costs.items():
        # An upward seat names a manager, and each seat is opened with its owner's one key.
        assert three - one <= 1, (path, costs)


def test_an_empty_house_says_what_will_stand_there(db):
    person = PersonFactory.create()
    page = body(sign_in(person).get("/feedback/"))
    assert "No survey asks you at the moment" in page
    assert "None yet." in page
    assert "Ask about my work" in page
    assert "/feedback/surveys/" not in page


def test_feedback_is_in_the_way_round_for_everybody(organization):
    for name in ("cleo", "gina", "hugo"):
        assert 'href="/feedback/"' in body(organization[name].browser.get("/today/"))


# --- what else touches people and units -----------------------------------------------------------


def test_somebody_erased_leaves_no_seat_no_draft_and_the_survey_goes_on(company):
    gone = company.annas[0]
    running = launched(company.head)
    waits = draft(company.bo, "role", about=company.bo, people=tuple(one.pk for one in company.annas))
    own = draft(gone, "role", about=gone, people=tuple(one.pk for one in company.annas[1:]))
    asked = launched(gone, "role", about=gone, people=tuple(one.pk for one in company.annas[1:]))
    theirs = draft(gone)
    rights.forget(gone)
    assert gone.pk not in seats(running)
    assert len(seats(running)) == len(company.everybody) - 1
    assert str(gone.pk) not in {str(one.pk) for one in queries.named(Survey.objects.get(pk=waits.pk))}
    assert not Survey.objects.filter(pk__in=[own.pk, asked.pk]).exists()
    assert asked.pk not in writing.standing()
    assert seats(asked) == {}
    theirs.refresh_from_db()
    assert theirs.made_by is None
    closing.close(running.pk, timezone.now())
    running.refresh_from_db()
    assert running.state in {"released", "held"}
    assert "not those of the launch" not in running.refusal


def test_an_account_that_takes_a_place_takes_its_seat_and_its_team(company):
    place = company.anna
    place.user.delete()
    place = Person.objects.get(pk=place.pk)
    number_then = place.pk
    survey = launched(company.head)
    waits = draft(company.bo, "role", about=company.bo, people=(place.pk, *(one.pk for one in company.annas)))
    kept, before = survey.terms, {pk: seat.team for pk, seat in seats(survey).items()}
    account = PersonFactory.create()
    now = linking.take_over(account, place)
    survey.refresh_from_db()
    assert survey.terms == kept
    assert not Person.objects.filter(pk=number_then).exists()
    there = seats(survey)
    assert set(there) == company.everybody - {number_then} | {now.pk}
    with vault.seen_by(now):
        assert queries.ballots(now)[0].title == survey.title
    assert there[company.annas[0].pk].team == before[company.annas[0].pk], "its papers name it so"
    assert now.pk in {one.pk for one in queries.named(Survey.objects.get(pk=waits.pk))}
    number = len(survey_instrument(survey).questions())
    for one in company.annas:
        paper = {"team": there[one.pk].team, "lens": "", "answers": [4] * number, "comments": []}
        writing.drop(survey.pk, one.pk, paper)
    closing.close(survey.pk, timezone.now())
    assert Report.objects.filter(survey=survey, about=now, reach="team").exists()


def test_a_unit_that_was_another_all_along_keeps_its_surveys(company):
    survey = draft(company.head, unit=company.works)
    by_hand.merge_units(company.head, unit=company.works, into=company.sales, always=True)
    survey.refresh_from_db()
    assert survey.unit == company.sales
    assert launching.plan(survey, timezone.localdate()).ready


def test_somebody_who_leaves_after_the_launch_stays_counted(company):
    survey = launched(company.head)
    company.annas[0].left = timezone.localdate() - DAY
    company.annas[0].save()
    survey.refresh_from_db()
    assert str(company.annas[0].pk) in str(survey.organization)


def test_what_has_been_kept_long_enough_goes_with_its_seats_and_reports(company):
    with time_machine.travel(MORNING, tick=False):
        survey = launched(company.head)
    with time_machine.travel(MORNING + 20 * DAY, tick=False):
        actions.tick()
        later = launched(company.head, name="pulse-fairness")
    with vault.on_duty("retention"):
        over = MORNING + (14 + 30) * DAY
        assert expiry.clear_surveys(over, 30) == 0, "its last day is not thirty days ago"
        assert expiry.clear_surveys(over + DAY, 30) > 0
    assert list(Survey.objects.all()) == [later], "one that takes answers stays"
    assert seats(survey) == {}
