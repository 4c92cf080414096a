"""A round from its opening to its end: what is frozen, who does what, what is refused."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.factories import PersonFactory
from tests.organization import assemble_organization, sign_in
from tests.web.promotions import made, walking

from fairlead.web import vault
from fairlead.web.promotions import (
    assigning,
    calibration,
    cases,
    committee,
    deciding,
    deciding_queries,
    facts,
    queries,
    rating,
    rounds,
    terms,
)
from fairlead.web.promotions.apart_models import CommitteeVote, SealedRating
from fairlead.web.promotions.case_models import CalibrationNote, Decision, RaterAssignment, Rating
from fairlead.web.promotions.models import CaseEvidence, Nomination, Opening
from fairlead.web.runs.actions import Refused
from fairlead.web.trail.models import Entry

pytestmark = pytest.mark.django_db

MARRIED = "They are married to each other, which nobody had told anybody of us before today."


@pytest.fixture
def organization():
    found = assemble_organization()
    walking.seat_everybody(found)
    return found


def test_an_opening_freezes_framework_openings_days_committee_and_rules(organization):
    one = walking.opened(organization)
    assert one.terms == terms.fingerprint(one.frozen)
    assert set(one.frozen) == {"form", "title", "framework", "openings", "committee", "dates", "policy"}
    assert one.frozen["framework"]["sha256"] == made.framework().sha256
    assert terms.unchanged(one)
    for change in (
        lambda: Opening.objects.filter(round=one).update(headcount=2),
        lambda: one.seats.filter(part="chair").update(part="member"),
        lambda: setattr(one, "policy", one.policy | {"raters": 5}),
        lambda: setattr(one, "dates", one.dates | {"rating": "2031-01-01"}),
        lambda: one.frozen["policy"].update(raters=5),
    ):
        kept = (dict(one.policy), dict(one.dates), terms.frozen(one))
        change()
        assert not terms.unchanged(one)
        one.refresh_from_db()
        Opening.objects.filter(round=one).update(headcount=1)
        one.seats.filter(person=organization.person("dora")).update(part="chair")
        assert kept[2] == terms.frozen(one)


def test_nothing_opens_when_the_page_showed_something_else(organization):
    ada = organization.person("ada")
    one = rounds.begin(ada, walking.wanted())
    with pytest.raises(Refused, match="at least one opening"):
        rounds.open_round(ada, one, seen="")
    rounds.add_opening(ada, one, title="Lead", track="people_manager", level="m1", headcount=1,
                       budget="agreed", exists="exists")  # fmt: skip
    for name in walking.COMMITTEE:
        rounds.give_seat(ada, one, organization.person(name), "chair" if name == "dora" else "member")
    with pytest.raises(Refused, match="changed since you looked"):
        rounds.open_round(ada, one, seen="0" * 64)
    rounds.open_round(ada, one, seen=terms.fingerprint(terms.frozen(one)))
    with pytest.raises(Refused, match="not at that point"):
        rounds.add_opening(ada, one, title="Late", track="people_manager", level="m1")
    with pytest.raises(Refused, match="done by people operations"):
        rounds.begin(organization.person("max"), walking.wanted())


def test_a_level_that_the_framework_does_not_know_is_refused(organization):
    ada = organization.person("ada")
    one = rounds.begin(ada, walking.wanted())
    with pytest.raises(Refused, match="no such level"):
        rounds.add_opening(ada, one, title="Lead", track="people_manager", level="e1", headcount=1)
    with pytest.raises(Refused, match="holds the role"):
        rounds.give_seat(ada, one, organization.person("max"), "member")


def test_a_round_goes_from_its_opening_to_its_close(organization):
    one = walking.opened(organization)
    case, other = walking.nominated(organization, one, "cleo", "max")
    one = walking.to(organization, one, "rating")
    assert assigning.design(one).connected
    assert not RaterAssignment.objects.filter(rater__in=[case.candidate, case.manager]).exists()
    one = walking.to(organization, one, "calibrating")
    assert SealedRating.objects.count() == 0
    assert Rating.objects.filter(score=4).count() == 2 * 2 * 3
    one = walking.to(organization, one, "decided")
    found = Decision.objects.get(nomination=case)
    assert (found.by, found.by_name, found.outcome) == (organization.person("dora"), "Dora", "not_now")
    with pytest.raises(Refused, match="no next step"):
        rounds.go_on(organization.person("ada"), one, "close_round")
    for held in (case, other):
        deciding.write_next_step(organization.person("dora"), held, text="Lead the move of the store",
                                 by=held.candidate, due=walking.due())  # fmt: skip
    one = walking.to(organization, one, "closed")
    assert one.ended_at is not None


def test_ratings_are_read_by_nobody_else_before_all_are_in(organization):
    """Not by people operations, not by the chair, not by another rater: the second wall keeps them."""
    one = walking.opened(organization)
    (case,) = walking.nominated(organization, one, "cleo")
    one = walking.to(organization, one, "rating")
    first, second = assigning.live(one)
    walking.rate(first.rater, case, words="Quellwasser und Haselnuss im Fruehling")
    for name in organization.members:
        person = organization.person(name)
        with vault.seen_by(person):
            assert SealedRating.objects.exists() == (person == first.rater), name
        member = organization[name]
        pages = (
            f"cases/{case.pk}/",
            f"rounds/{one.pk}/",
            f"cases/{case.pk}/rate/",
            f"rounds/{one.pk}/raters/",
        )
        for path in (f"/promotions/{page}" for page in pages):
            text = member.browser.get(path).content.decode()
            assert ("Haselnuss" in text) == (person == first.rater and path.endswith("rate/")), (name, path)
    assert deciding_queries.open_ratings(case)[0][1] == []
    with pytest.raises(Refused, match="has not handed in"):
        rounds.go_on(organization.person("ada"), one, "open_calibration")
    assert second.rater != first.rater


def test_a_score_needs_what_it_rests_on_and_evidence_and_not_being_able_to_say_needs_none(organization):
    one = walking.opened(organization)
    (case,) = walking.nominated(organization, one, "cleo")
    one = walking.to(organization, one, "rating")
    rater = assigning.live(one)[0].rater

    def given(**values):
        usual = {"criterion": "vision", "score": 3, "rests_on": "seen", "words": walking.WORDS}
        return rating.Given(**usual | values)

    for wrong, says in (
        ({"score": 6}, "from 1 to 5"),
        ({"score": 0}, "from 1 to 5"),
        ({"rests_on": ""}, "rests on"),
        ({"words": "Very good.          "}, "at least 20 characters"),
        ({"criterion": "charm"}, "does not ask"),
    ):
        with pytest.raises(Refused, match=says):
            rating.rate(rater, case, given(**wrong))
    rating.rate(rater, case, given())
    rating.rate(rater, case, given(score=None, words=""))
    assert SealedRating.objects.get().content == {"score": None, "rests_on": "", "words": ""}
    with pytest.raises(Refused, match="Rate every criterion"):
        rating.hand_in(rater, case)
    walking.rate(rater, case, score=None, words="")
    rating.hand_in(rater, case)
    with pytest.raises(Refused, match="final"):
        rating.rate(rater, case, given())


def test_who_is_recused_has_nothing_left_in_the_case(organization):
    one = walking.opened(organization)
    (case,) = walking.nominated(organization, one, "cleo")
    one = walking.to(organization, one, "calibrating")
    first = assigning.live(one)[0].rater
    CommitteeVote.objects.create(owner=first, nomination=case, vote="for")
    CalibrationNote.objects.create(nomination=case, author=first, text="A note")
    committee.recuse(organization.person("ada"), case, first, reason=MARRIED)
    rows = calibration.rows_of(one)
    assert str(first.pk) not in {row[1] for row in rows}, "what they rated counts nowhere"
    assert Rating.objects.filter(assignment__rater=first).count() == 3, "and stays readable"
    assert not CommitteeVote.objects.exists()
    assert CalibrationNote.objects.get().author == first, "struck out, not deleted"
    one = walking.to(organization, one, "deciding")
    assert Rating.objects.exists(), "the other rater's stand"
    with pytest.raises(Refused, match=r"no part in this case|done by"):
        deciding.decide(first, case, outcome="not_now", reasons=made.REASONS)
    assert case.pk not in {row.case.pk for row in queries.round_page(first, one).talked}
    page = organization["cleo"].browser.get(f"/promotions/cases/{case.pk}/").content.decode()
    assert str(first) in page
    assert "married" not in page, "the reason is not for the candidate"


def test_where_the_chair_has_no_part_the_one_who_was_drawn_decides(organization):
    one = walking.opened(organization)
    case, other = walking.nominated(organization, one, "cleo", "max")
    dora = organization.person("dora")
    lea, other_member = (seat.person for seat in facts.standing_in(one)[:2])
    committee.recuse(dora, case, dora, reason="We work on one project.")
    one = walking.to(organization, one, "deciding")
    with pytest.raises(Refused, match="done by the chair"):
        deciding.decide(other_member, case, outcome="not_now", reasons=made.REASONS)
    with pytest.raises(Refused, match="done by the chair"):
        deciding.decide(lea, other, outcome="not_now", reasons=made.REASONS)
    with pytest.raises(Refused, match="no part in this case"):
        deciding.decide(dora, case, outcome="not_now", reasons=made.REASONS)
    deciding.decide(lea, case, outcome="promoted", reasons=made.REASONS)
    with pytest.raises(Refused, match="Every place"):
        deciding.decide(dora, other, outcome="promoted", reasons=made.REASONS)
    deciding.decide(dora, other, outcome="no_opening", reasons=made.REASONS)


def test_raters_begin_only_when_their_ratings_can_be_compared(organization):
    names = ("dora", "lea", "eve", "ida")
    one = walking.opened(organization, names=names, most_cases=1)
    walking.nominated(organization, one, "cleo", "max")
    one = walking.to(organization, one, "assigning")
    for seat in one.seats.all():
        committee.state_conflict(seat.person, seat, conflict="")
    assigning.assign_raters(organization.person("ada"), one)
    assert not assigning.design(one).connected
    with pytest.raises(Refused, match="fall into parts"):
        rounds.go_on(organization.person("ada"), one, "begin_rating")
    page = organization["ada"].browser.get(f"/promotions/rounds/{one.pk}/raters/").content.decode()
    assert "The ratings fall into parts" in page
    case = one.nominations.get(candidate=organization.person("cleo"))
    for name in names:
        if not RaterAssignment.objects.filter(nomination=case, rater=organization.person(name)).exists():
            assigning.add_rater(organization.person("ada"), case, organization.person(name))
    rounds.go_on(organization.person("ada"), one, "begin_rating")


def test_who_was_nominated_decides_whether_it_counts(organization):
    one = walking.opened(organization)
    ben, cleo = organization.person("ben"), organization.person("cleo")
    with pytest.raises(Refused, match="report to you"):
        cases.nominate(organization.person("eve"), one, one.openings.get(), cleo)
    case = cases.nominate(ben, one, one.openings.get(), cleo)
    assert (case.state, case.manager, case.above) == ("proposed", ben, organization.person("kim"))
    with pytest.raises(Refused, match="already"):
        cases.nominate_oneself(cleo, one, one.openings.get())
    with pytest.raises(Refused, match="done by the candidate"):
        cases.agree(ben, case)
    assert "You were nominated" in organization["cleo"].browser.get("/today/").content.decode()
    cases.decline(cleo, case, because="I want to stay hands-on.")
    again = cases.nominate(ben, one, one.openings.get(), cleo)
    cases.agree(cleo, again)
    assert Nomination.objects.get(pk=again.pk).state == "standing"


def test_a_later_move_opens_a_case_to_nobody(organization):
    one = walking.opened(organization)
    (case,) = walking.nominated(organization, one, "cleo")
    position = organization.person("cleo").positions.get()
    position.manager = organization.person("eve")
    position.save()
    assert organization["ben"].browser.get(f"/promotions/cases/{case.pk}/").status_code == 200
    assert organization["eve"].browser.get(f"/promotions/cases/{case.pk}/").status_code == 404


def test_the_candidate_reads_the_decision_when_the_whole_round_is_decided(organization):
    one = walking.opened(organization)
    case, other = walking.nominated(organization, one, "cleo", "max")
    one = walking.to(organization, one, "deciding")
    deciding.decide(organization.person("dora"), case, outcome="not_now", reasons=made.REASONS)
    path = f"/promotions/cases/{case.pk}/decision/"
    assert organization["cleo"].browser.get(path).status_code == 404
    assert organization["ada"].browser.get(path).status_code == 404
    with pytest.raises(Refused, match="not at that point"):
        deciding.answer(organization.person("cleo"), case, text="I see it another way.")
    deciding.decide(organization.person("dora"), other, outcome="promoted", reasons=made.REASONS)
    rounds.go_on(organization.person("dora"), one, "announce")
    assert "A decision about you" in organization["cleo"].browser.get("/today/").content.decode()
    page = organization["cleo"].browser.get(path).content.decode()
    assert made.REASONS in page
    assert "Dora" in page
    assert Decision.objects.get(nomination=case).read_at is not None
    assert "A decision about you" not in organization["cleo"].browser.get("/today/").content.decode()
    organization["cleo"].browser.post(f"{path}answer/", {"text": "I see it another way."})
    assert case.counter_statements.get().text == "I see it another way."
    rating = Rating.objects.filter(assignment__nomination=case).first()
    foreign = Rating.objects.filter(assignment__nomination=other).first()
    said = {"text": "The date was in June.", "rating": str(rating.pk)}
    refused = organization["cleo"].browser.post(f"{path}answer/", said | {"rating": str(foreign.pk)})
    assert refused.status_code == 422
    assert "The date was in June." in refused.content.decode()
    assert organization["cleo"].browser.post(f"{path}answer/", said).status_code == 302
    assert case.counter_statements.get(rating=rating).text == "The date was in June."
    page = organization["cleo"].browser.get(path).content.decode()
    assert (
        f"rated by {rating.assignment.rater}"
        in page[: page.index("The date was in June.")].split("About:")[1]
    )
    assert organization["max"].browser.get(path).status_code == 404
    with pytest.raises(Refused, match="not promoted"):
        deciding.write_next_step(organization.person("dora"), other, text="x", by=other.candidate,
                                 due=walking.due())  # fmt: skip


def test_every_reading_of_somebody_elses_case_stands_in_the_record(organization):
    one = walking.opened(organization)
    (case,) = walking.nominated(organization, one, "cleo")
    one = walking.to(organization, one, "rating")
    rater = next(found.rater for found in assigning.live(one))
    name = str(rater).lower()
    before = Entry.objects.count()
    for path in ("", "rate/"):
        organization[name].browser.get(f"/promotions/cases/{case.pk}/{path}")
    seen = Entry.objects.filter(verb="saw", object_id=case.pk, actor=rater.pk, subject=case.candidate_id)
    assert seen.count() == 2
    organization["cleo"].browser.get(f"/promotions/cases/{case.pk}/")
    assert Entry.objects.count() == before + 2, "looking at one's own leaves no line"
    assert RaterAssignment.objects.get(rater=rater).read_at is not None


def test_cancelling_destroys_what_nobody_has_read(organization):
    one = walking.opened(organization)
    (case,) = walking.nominated(organization, one, "cleo")
    one = walking.to(organization, one, "rating")
    walking.rate(assigning.live(one)[0].rater, case)
    with pytest.raises(Refused, match="at least 50 characters"):
        rounds.cancel(organization.person("ada"), one, reason="No budget")
    one = rounds.cancel(organization.person("ada"), one, reason=made.REASONS)
    assert SealedRating.objects.count() == 0
    assert made.REASONS in organization["max"].browser.get(f"/promotions/rounds/{one.pk}/").content.decode()
    with pytest.raises(Refused, match="in another window"):
        rounds.go_on(organization.person("ada"), one, "open_calibration")


def test_a_case_that_argues_from_the_present_role_alone_is_marked_in_words(organization):
    one = walking.opened(organization)
    (case,) = walking.nominated(organization, one, "cleo")
    cleo = organization.person("cleo")
    cases.write_packet(cleo, case, {"argument": "She hit  every target, and is the best in the team."})
    CaseEvidence.objects.create(nomination=case, criterion="craft", text="Repaired the press overnight")
    case.refresh_from_db()
    told = queries.case_page(cleo, case).past
    assert told.words == ("hit every target", "best in the team")
    assert "none is about leading or managing" in " ".join(told.says)
    cases.write_packet(cleo, case, {"argument": "She leads the move; she targets what matters."})
    for criterion in ("vision", "reliability"):
        CaseEvidence.objects.create(nomination=case, criterion=criterion, text="Named each date")
    case.refresh_from_db()
    assert queries.case_page(cleo, case).past.says == ()


def test_an_advocate_is_asked_whether_they_want_to(organization):
    one = walking.opened(organization)
    (case,) = walking.nominated(organization, one, "cleo")
    cleo, ben = organization.person("cleo"), organization.person("ben")
    with pytest.raises(Refused, match="An advocate is"):
        cases.name_advocate(cleo, case, organization.person("max"))
    cases.name_advocate(cleo, case, ben)
    with pytest.raises(Refused, match="Only the advocate"):
        cases.answer_advocate(cleo, case, wants=True)
    cases.answer_advocate(ben, case, wants=False, words="I know another case better.")
    page = organization["cleo"].browser.get(f"/promotions/cases/{case.pk}/").content.decode()
    assert "does not want to" in page
    assert "I know another case better." in page


def test_a_case_that_cannot_be_decided_is_set_aside_with_a_reason_the_candidate_reads(organization):
    one = walking.opened(organization)
    (case,) = walking.nominated(organization, one, "cleo")
    one = walking.to(organization, one, "calibrating")
    for found in assigning.live(one):
        committee.recuse(organization.person("ada"), case, found.rater, reason=MARRIED)
    one = rounds.go_on(organization.person("ada"), one, "begin_deciding")
    order = [organization.person("dora"), *(seat.person for seat in facts.standing_in(one))]
    actor = next(person for person in order if not case.recusals.filter(person=person).exists())
    with pytest.raises(Refused, match="No rating stands"):
        deciding.decide(actor, case, outcome="not_now", reasons=made.REASONS)
    deciding.set_aside(organization.person("ada"), case, reason=made.REASONS)
    assert made.REASONS in organization["cleo"].browser.get(f"/promotions/cases/{case.pk}/").content.decode()


def test_a_round_goes_with_everything_in_it_when_its_time_is_over(organization):
    from fairlead.web.promotions.expiry import clear_promotions

    made.everything_of(organization.person("cleo"), organization.person("dora"))
    ended = timezone.now()
    with vault.on_duty("retention"):
        assert clear_promotions(ended + dt.timedelta(days=1459), 1460) == 0
        clear_promotions(ended + dt.timedelta(days=1461), 1460)
    assert not Nomination.objects.filter(candidate=organization.person("cleo")).exists()
    assert not Rating.objects.exists()


def test_leaving_ends_what_runs_and_keeps_what_was_decided(organization):
    from fairlead.web import rights

    made.everything_of(organization.person("cleo"), organization.person("dora"))
    one = walking.opened(organization)
    walking.nominated(organization, one, "cleo", "max")
    one = walking.to(organization, one, "rating")
    rater = assigning.live(one)[0].rater
    rights.forget(rater)
    assert not SealedRating.objects.filter(owner=rater).exists()
    assert not RaterAssignment.objects.filter(rater=rater, ended_at=None, nomination__round=one).exists()
    rights.forget(organization.person("cleo"))
    states = set(
        Nomination.objects.filter(candidate=organization.person("cleo")).values_list("state", flat=True)
    )
    assert states == {"withdrawn", "decided"}


@pytest.mark.parametrize("several", [1, 3])
def test_a_page_of_a_round_asks_as_often_for_three_cases_as_for_one(organization, several):
    names = ("cleo", "max", "gina")[:several]
    one = walking.opened(organization)
    walking.nominated(organization, one, *names)
    one = walking.to(organization, one, "calibrating")
    counted = {}
    for name in ("ada", "dora", "eve"):
        organization[name].browser.get("/today/")
        with CaptureQueriesContext(connection) as caught:
            organization[name].browser.get(f"/promotions/rounds/{one.pk}/")
        counted[name] = len(caught)
    assert counted == COUNTS


COUNTS = {"ada": 36, "dora": 40, "eve": 39}
"""Questions of the page of a round in calibration: people operations, the chair, a member."""


def test_somebody_outside_the_chart_sees_no_rounds(organization):
    stranger = PersonFactory.create()
    browser = sign_in(stranger)
    one = walking.opened(organization)
    assert browser.get("/promotions/").status_code == 404
    assert browser.get(f"/promotions/rounds/{one.pk}/").status_code == 404


def test_whoever_has_a_case_in_a_round_neither_runs_it_nor_sits_in_its_committee(organization):
    one = walking.opened(organization)
    finn, lea = organization.person("finn"), organization.person("lea")
    with pytest.raises(Refused, match="cannot be a candidate"):
        cases.nominate_oneself(lea, one, one.openings.get())
    walking.nominated(organization, one, "finn", "cleo")
    with pytest.raises(Refused, match="done by people operations"):
        rounds.go_on(finn, one, "gather", reason=walking.EARLY)
    assert organization["finn"].browser.get(f"/promotions/rounds/{one.pk}/raters/").status_code == 404
    assert organization["ada"].browser.get(f"/promotions/rounds/{one.pk}/raters/").status_code == 200
    one = walking.to(organization, one, "assigning")
    with pytest.raises(Refused, match="change nothing about who rates"):
        assigning.assign_raters(organization.person("ada"), one)
    one = walking.to(organization, one, "rating", assigns="dora")
    theirs = RaterAssignment.objects.filter(nomination__candidate=finn).first()
    ends = f"/promotions/assignments/{theirs.pk}/end/"
    assert sign_in(finn, fresh=True).post(ends).status_code == 404


def test_a_nomination_without_its_yes_is_read_by_nobody_but_the_two(organization):
    one = walking.opened(organization)
    ben, cleo = organization.person("ben"), organization.person("cleo")
    case = cases.nominate(ben, one, one.openings.get(), cleo)
    path = f"/promotions/cases/{case.pk}/"
    assert organization["kim"].browser.get(path).status_code == 404
    assert organization["ben"].browser.get(path).status_code == 200
    cases.agree(cleo, case)
    assert organization["kim"].browser.get(path).status_code == 200


def test_a_rater_who_comes_too_close_by_a_move_neither_rates_nor_breaks_the_page(organization):
    one = walking.opened(organization)
    (case,) = walking.nominated(organization, one, "cleo")
    one = walking.to(organization, one, "rating")
    rater = assigning.live(one)[0].rater
    position = rater.positions.get()
    position.manager = organization.person("cleo")
    position.save()
    with pytest.raises(Refused, match="no part in this case"):
        walking.rate(rater, case)
    page = organization["ada"].browser.get(f"/promotions/rounds/{one.pk}/raters/")
    assert page.status_code == 200
    assert "they report to the candidate" in page.content.decode()
    assert organization[str(rater).lower()].browser.get(f"/promotions/cases/{case.pk}/").status_code == 404
