"""Who has no part in a case moves nothing in it, and what they did is struck out where all can see it."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.factories import GrantFactory, PersonFactory, PositionFactory
from tests.organization import sign_in
from tests.web.promotions import made
from tests.web.promotions.calibrated import calibrating

from fairlead.web import vault
from fairlead.web.promotions import (
    assigning,
    calibration,
    committee,
    deciding,
    facts,
    holdings,
    peers,
    rounds,
    states,
    terms,
)
from fairlead.web.promotions.apart_models import SealedRating
from fairlead.web.promotions.case_models import Decision, RaterAssignment, Rating, UndoneDecision
from fairlead.web.promotions.models import FrameworkVersion, Nomination, Recusal
from fairlead.web.runs.actions import Refused
from fairlead.web.trail import record
from fairlead.web.trail.models import Entry

pytestmark = pytest.mark.django_db

WHY = "They were married to the candidate until last year, and nobody of us had heard of it."
STEN, EDDA, MIRA, OLE = "Strict Sten", "Even Edda", "Mild Mira", "Open Ole"


def operates(name="Ops Olga"):
    person = PersonFactory.create(name=name)
    GrantFactory.create(person=person, role="people_operations")
    return person


def a_round(state="deciding", candidates=2, raters=(STEN, EDDA, OLE, MIRA)):
    """Mira chairs; everybody rated everybody, and the figures are of these ratings."""
    found = calibrating(raters, candidates, state=state)
    if state in {"calibrating", "deciding"}:
        made.worked_out(found.round)
    return found


def first(found) -> Nomination:
    return Nomination.objects.get(pk=found.cases["Candidate A"].pk)


def recused_by_page(actor, case, person, reason=WHY):
    return sign_in(actor, fresh=True).post(
        reverse("promotions:recuse", args=[case.pk]), {"person": str(person.pk), "reason": reason}
    )


def counted(case):
    rows = calibration.rows_of(case.round)
    return {rater for of, rater, _criterion, _score in rows if of == str(case.pk)}


def decide(found, person=None, outcome="promoted"):
    return deciding.decide(person or found.raters[MIRA], first(found), outcome=outcome, reasons=made.REASONS)


def announced(found):
    type(found.round).objects.filter(pk=found.round.pk).update(state="decided")


# --- who has no part in one case steers none ----------------------------------------------------------


def test_a_chair_who_is_the_candidates_manager_takes_nobody_out_and_ends_nothing():
    found = a_round("rating")
    Rating.objects.all().delete()
    mira, edda, case = found.raters[MIRA], found.raters[EDDA], found.cases["Candidate A"]
    case.manager = mira
    case.save()
    other = found.cases["Candidate B"]
    assigned = RaterAssignment.objects.get(nomination=other, rater=edda)
    RaterAssignment.objects.filter(pk=assigned.pk).update(handed_in_at=None)
    with vault.seen_by(edda):
        SealedRating.objects.create(owner=edda, assignment=assigned, criterion="vision", content={"score": 1})
    assert recused_by_page(mira, case, edda).status_code == 422, "their own report's case"
    for act in (
        lambda: committee.recuse(mira, case, edda, reason=WHY),
        lambda: committee.recuse(mira, other, edda, reason=WHY),
        lambda: assigning.end_assignment(mira, assigned, because="not_rated"),
        lambda: assigning.assign_raters(mira, found.round),
        lambda: assigning.add_rater(mira, other, edda),
    ):
        with pytest.raises(Refused, match="no part in a case of this round"):
            act()
    ends = reverse("promotions:end_assignment", args=[assigned.pk])
    assert sign_in(mira, fresh=True).post(ends, {"because": "not_rated"}).status_code == 404
    with vault.on_duty("test"):
        assert SealedRating.objects.count() == 1
    type(found.round).objects.filter(pk=found.round.pk).update(state="assigning")
    found.round.refresh_from_db()
    with pytest.raises(Refused, match="no part in a case of this round"):
        assigning.shuffle(mira, found.round)
    assert not Recusal.objects.exists()
    committee.recuse(mira, other, mira, reason="They are old friends.")
    assert Recusal.objects.get().person == mira, "out of a case oneself, always"


def test_what_was_handed_in_is_not_ended_as_not_rated():
    found = a_round("rating")
    assigned = RaterAssignment.objects.filter(rater=found.raters[EDDA]).first()
    with pytest.raises(Refused, match="what was handed in stands"):
        assigning.end_assignment(found.raters[MIRA], assigned, because="not_rated")
    assigned.refresh_from_db()
    assert assigned.ended_at is None


def test_a_recused_chair_and_a_member_who_stands_in_take_nobody_else_out():
    found = a_round("rating")
    mira, case = found.raters[MIRA], first(found)
    committee.recuse(mira, case, mira, reason="They are old friends.")
    stands_in = facts.standing_in(found.round)[0].person
    others = [one for one in found.raters.values() if one not in {mira, stands_in}]
    Nomination.objects.filter(pk=case.pk).update(manager=stands_in)
    for actor in (mira, stands_in):
        target = next(one for one in others if one != actor)
        with pytest.raises(Refused, match=r"no part in a case of this round|ask the chair"):
            committee.recuse(actor, first(found), target, reason=WHY)
    assert Recusal.objects.count() == 1


def test_people_operations_open_and_run_nothing_where_they_are_close_to_a_case():
    found = a_round("deciding")
    rival, own = found.cases["Candidate A"], found.cases["Candidate B"]
    olga, pia = operates(), operates("Ops Pia")
    ratings = reverse("promotions:case_ratings", args=[rival.pk])
    assert sign_in(olga).get(ratings).status_code == 200
    for near in (
        lambda: Nomination.objects.filter(pk=own.pk).update(manager=olga),
        lambda: Nomination.objects.filter(pk=own.pk).update(above=olga),
        lambda: Nomination.objects.filter(pk=own.pk).update(advocate=olga, advocate_wants="yes"),
        lambda: Recusal.objects.create(round=found.round, nomination=own, person=olga, reason="Family"),
        lambda: made.case(found.round, olga),
    ):
        near()
        browser = sign_in(olga, fresh=True)
        assert browser.get(ratings).status_code == 404
        for page in ("recuse", "set_aside"):
            assert browser.get(reverse(f"promotions:{page}", args=[rival.pk])).status_code == 404
        with pytest.raises(Refused, match=r"no part in a case of this round|done by"):
            deciding.set_aside(olga, rival, reason=made.REASONS)
        with pytest.raises(Refused, match=r"no part in a case of this round|done by"):
            committee.recuse(olga, rival, found.raters[STEN], reason=WHY)
        Nomination.objects.filter(pk=own.pk).update(
            manager=None, above=None, advocate=None, advocate_wants=""
        )
        Recusal.objects.all().delete()
        Nomination.objects.filter(candidate=olga).delete()
    assert sign_in(pia).get(ratings).status_code == 200
    announced(found)
    Nomination.objects.filter(round=found.round).update(state="decided")
    Decision.objects.create(nomination=rival, by=olga, by_name="x", outcome="not_now", reasons=made.REASONS)
    address = reverse("promotions:decision", args=[rival.pk])
    assert sign_in(pia).get(address).status_code == 200
    Recusal.objects.create(round=found.round, nomination=own, person=pia, reason="Family")
    assert sign_in(pia).get(address).status_code == 404


# --- once ratings are open nothing is deleted ---------------------------------------------------------


def test_the_chair_takes_no_dissent_out_and_people_operations_strike_it_out_in_sight_of_all():
    found = a_round("deciding")
    mira, sten, olga, case = found.raters[MIRA], found.raters[STEN], operates(), first(found)
    sees = RaterAssignment.objects.get(nomination=case, rater=sten)
    assert recused_by_page(mira, case, sten).status_code == 422
    both = operates("Ops in the Committee")
    GrantFactory.create(person=both, role="committee")
    made.seated(found.round, both)
    with pytest.raises(Refused, match="does not choose whose ratings count"):
        committee.recuse(both, case, sten, reason=WHY)
    assert recused_by_page(olga, case, sten, "Too critical.").status_code == 422
    assert str(sten.pk) in counted(case)
    assert recused_by_page(olga, case, sten).status_code == 302
    assert str(sten.pk) not in counted(case)
    assert Rating.objects.filter(assignment=sees).count() == 3, "kept"
    with pytest.raises(Refused, match="on one scale anew"):
        decide(found)
    made.worked_out(found.round)
    decide(found)
    announced(found)
    browser = sign_in(case.candidate)
    text = browser.get(reverse("promotions:decision", args=[case.pk])).content.decode()
    day = timezone.localdate()
    assert re.search(rf"Strict Sten</bdi> on {day.day} \w+ {day.year}, after ratings were open", text)
    assert "by <bdi>Ops Olga" in text
    assert text.count(f"Not counted since {day.day} ") == 3
    assert f"because: {WHY}" in text
    assert f"What {sten} saw of {case.candidate} in vision." in text
    single = browser.get(reverse("promotions:case_ratings", args=[case.pk])).content.decode()
    assert single.count(f"because: {WHY}") == 3
    copy = holdings.export(case.candidate)
    assert [row["reason"] for row in copy["Recusal"]] == [WHY]


def test_a_reason_from_before_ratings_were_open_stays_with_those_who_run_the_round():
    found = a_round("rating")
    case, edda = first(found), found.raters[EDDA]
    committee.recuse(edda, case, edda, reason="He is my brother-in-law.")
    announced(found)
    Nomination.objects.filter(pk=case.pk).update(state="decided")
    Decision.objects.create(nomination=case, by=edda, by_name="x", outcome="not_now", reasons=made.REASONS)
    text = sign_in(case.candidate).get(reverse("promotions:decision", args=[case.pk])).content.decode()
    assert "Even Edda" in text
    assert "brother" not in text
    assert holdings.export(case.candidate)["Recusal"] == []


def test_nobody_is_decided_about_by_too_few_raters_or_by_the_only_one_with_a_part():
    found = a_round("deciding", raters=(STEN, EDDA, MIRA))
    olga, mira = operates(), found.raters[MIRA]
    committee.recuse(olga, first(found), found.raters[STEN], reason=WHY)
    made.worked_out(found.round)
    assert states.can("decide_case", facts.of_case(mira, first(found), reason=made.REASONS))
    strict = terms.policy_plain(terms.Policy(least_raters=3))
    type(found.round).objects.filter(pk=found.round.pk).update(policy=strict)
    made.freeze(type(found.round).objects.get(pk=found.round.pk))
    with pytest.raises(Refused, match="ask for 3 at least"):
        decide(found)
    committee.recuse(olga, first(found), found.raters[EDDA], reason=WHY)
    made.worked_out(found.round)
    type(found.round).objects.filter(pk=found.round.pk).update(policy={})
    made.freeze(type(found.round).objects.get(pk=found.round.pk))
    with pytest.raises(Refused, match="too few raters count"):
        decide(found)
    assert not Decision.objects.exists()
    alone = facts.of_case(mira, first(found), reason=made.REASONS)
    assert alone.with_part == 1


def test_figures_of_other_ratings_stop_deciding_until_they_are_worked_out_anew(
    django_capture_on_commit_callbacks,
):
    found = a_round("calibrating", candidates=4)
    mira, sten, case = found.raters[MIRA], found.raters[STEN], first(found)
    committee.recuse(sten, case, sten, reason="They are close friends.")
    with pytest.raises(Refused, match="on one scale anew"):
        rounds.go_on(mira, found.round, "begin_deciding")
    type(found.round).objects.filter(pk=found.round.pk).update(state="deciding")
    text = sign_in(mira).get(reverse("promotions:case_ratings", args=[case.pk])).content.decode()
    assert "not of the ratings that count now" in text
    found.round.refresh_from_db()
    with django_capture_on_commit_callbacks(execute=True):
        calibration.work_out(mira, found.round)
    text = sign_in(mira).get(reverse("promotions:case_ratings", args=[case.pk])).content.decode()
    assert "not of the ratings that count now" not in text
    made_ = decide(found)
    assert made_.calibration.ratings_sha256 == calibration.digest_of(calibration.rows_of(found.round))


def test_who_comes_to_report_to_the_candidate_counts_in_no_figure():
    found = a_round("calibrating")
    edda, case = found.raters[EDDA], first(found)
    between = PersonFactory.create(name="Between")
    PositionFactory.create(person=between, manager=case.candidate)
    PositionFactory.create(person=edda, manager=between)
    assert str(edda.pk) not in counted(case)
    assert str(edda.pk) in counted(found.cases["Candidate B"])
    assert not facts.fits(found.round)


# --- a conflict that comes out late -------------------------------------------------------------------


def test_a_conflict_found_after_deciding_undoes_the_decision_in_sight_of_all():
    found = a_round("deciding")
    mira, case = found.raters[MIRA], first(found)
    decide(found)
    assert recused_by_page(mira, case, mira, "I am married to the candidate.").status_code == 302
    assert first(found).state == "standing"
    assert not Decision.objects.exists()
    made.worked_out(found.round)
    with pytest.raises(Refused, match="no part in this case"):
        decide(found)
    heir = facts.standing_in(found.round)[0].person
    for other in (one for one in found.raters.values() if one not in {mira, heir}):
        with pytest.raises(Refused, match="done by the chair"):
            decide(found, other)
    decide(found, heir, outcome="not_now")
    announced(found)
    text = sign_in(case.candidate).get(reverse("promotions:decision", args=[case.pk])).content.decode()
    assert "<s>Promoted</s>, decided by <bdi>Mild Mira" in text
    assert "I am married to the candidate." in text
    assert "Not in this round" in text
    assert Entry.objects.filter(verb="undo_decision", subject=None).exists(), "the candidate is told with all"
    assert UndoneDecision.objects.get().recusal.stage == "undone"


def test_a_conflict_found_after_the_announcement_is_an_objection_that_the_candidate_reads():
    found = a_round("deciding")
    mira, edda, case = found.raters[MIRA], found.raters[EDDA], first(found)
    decide(found)
    announced(found)
    assert recused_by_page(edda, case, mira, "Too short.").status_code == 422
    assert recused_by_page(edda, case, mira).status_code == 302
    assert Decision.objects.get().outcome == "promoted", "it stands"
    assert not RaterAssignment.objects.exclude(ended_at=None).exists()
    text = sign_in(case.candidate).get(reverse("promotions:decision", args=[case.pk])).content.decode()
    assert "Objection of" in text
    assert WHY in text
    assert "Not counted" not in text


def test_a_summary_goes_back_when_its_writer_is_taken_out_or_leaves():
    found = a_round("calibrating")
    boss, case = PersonFactory.create(name="Boss Bruno"), first(found)
    Nomination.objects.filter(pk=case.pk).update(manager=boss)
    author = PersonFactory.create(name="Colleague Cosima")
    PositionFactory.create(person=author)
    asked = peers.ask(boss, first(found), author, form="summarized")
    peers.write(author, asked, text="The move was promised for May and came in August.", leaning="against")
    edda, sten, mira = found.raters[EDDA], found.raters[STEN], found.raters[MIRA]
    peers.take_summary(edda, asked)
    peers.summarize(edda, asked, text="A move was three months late, as they say.")
    peers.answer(boss, asked, text="The yard was closed by the town in May.")
    committee.recuse(edda, first(found), edda, reason="I know the author too well.")
    asked.refresh_from_db()
    assert (asked.summary, asked.answer, asked.summary_by) == ("", "", None)
    made.worked_out(found.round)
    with pytest.raises(Refused, match="not heard yet"):
        rounds.go_on(mira, found.round, "begin_deciding")
    peers.take_summary(sten, asked)
    committee.leave(sten, found.round.seats.get(person=sten), reason="A move to another site.")
    peers.take_summary(mira, asked)
    peers.summarize(mira, asked, text="A move came three months after its date.")
    peers.answer(boss, asked, text="The yard was closed by the town in May.")
    assert rounds.go_on(mira, found.round, "begin_deciding").state == "deciding"


# --- what was frozen ----------------------------------------------------------------------------------


def test_words_of_the_framework_changed_after_the_opening_stop_the_round():
    found = a_round("deciding")
    version = FrameworkVersion.objects.get(pk=found.round.framework_id)
    version.content["criteria"][0]["seen"][0]["text"] = "Something else entirely"
    version.save()
    found.round.refresh_from_db()
    assert not terms.unchanged(found.round)
    for act in (
        lambda: decide(found),
        lambda: rounds.go_on(found.raters[MIRA], found.round, "announce"),
        lambda: deciding.set_aside(operates(), first(found), reason=made.REASONS),
    ):
        with pytest.raises(Refused, match="This round has stopped"):
            act()
    page = sign_in(operates("Ops Pia")).get(reverse("promotions:round", args=[found.round.pk]))
    assert "The round has stopped" in page.content.decode()
    assert rounds.cancel(operates("Ops Quinn"), found.round, reason=made.REASONS).state == "cancelled"


def test_rules_come_from_what_was_frozen_and_reasons_have_a_floor():
    found = a_round("deciding")
    one = found.round
    one.policy = {"least_reasons": 3, "least_raters": 1, "raters": 1}
    one.save()
    assert terms.policy_of(one).least_reasons == 50
    one.frozen["policy"]["least_reasons"] = 3
    one.terms = terms.fingerprint(one.frozen)
    one.policy = dict(one.frozen["policy"])
    one.save()
    assert terms.unchanged(one), "who writes all of it anew is found by the record alone"
    with pytest.raises(Refused, match="at least 50 characters"):
        deciding.decide(found.raters[MIRA], first(found), outcome="not_now", reasons="No.")
    record(operates(), "open_round", one, terms="0" * 64)
    assert not terms.unchanged(one)


@pytest.mark.parametrize("verb", ["gather", "close_evidence"])
def test_a_phase_ends_on_its_day_or_early_with_a_reason_that_all_read(verb):
    found = calibrating((STEN, EDDA, MIRA), 1, state="nominating" if verb == "gather" else "evidence")
    olga, one = operates(), found.round
    PositionFactory.create(person=olga)
    address = reverse("promotions:go_on", args=[one.pk])
    browser = sign_in(olga, fresh=True)
    page = browser.get(reverse("promotions:round", args=[one.pk])).content.decode()
    assert "Why it ends before its announced last day" in page
    with pytest.raises(Refused, match="is not over"):
        rounds.go_on(olga, one, verb)
    wrong = browser.post(address, {"verb": verb, "reason": "All are in, I think"})
    assert wrong.status_code == 422
    assert "All are in, I think" in wrong.content.decode()
    assert 'id="id_reason_error"' in wrong.content.decode()
    assert browser.post(address, {"verb": verb, "reason": made.REASONS}).status_code == 302
    anybody = PersonFactory.create(name="Anybody")
    PositionFactory.create(person=anybody)
    text = sign_in(anybody).get(reverse("promotions:round", args=[one.pk])).content.decode()
    assert made.REASONS in text
    assert "by <bdi>Ops Olga" in text
    later = calibrating((STEN, EDDA, MIRA), 1, state="nominating" if verb == "gather" else "evidence").round
    later.dates = made.dates(timezone.localdate() - dt.timedelta(weeks=9))
    later.save()
    made.freeze(later)
    assert rounds.go_on(olga, later, verb).early == []


# --- who is too close ---------------------------------------------------------------------------------


def test_whoever_is_above_speaks_or_leads_today_neither_rates_nor_decides():
    found = a_round("deciding")
    mira, case = found.raters[MIRA], found.cases["Candidate A"]
    PositionFactory.create(person=mira)
    middle = PersonFactory.create(name="Middle")
    for near, undo in (
        ({"above": mira}, {"above": None}),
        ({"advocate": mira, "advocate_wants": "yes"}, {"advocate": None, "advocate_wants": ""}),
        ({"sponsor": mira}, {"sponsor": None}),
    ):
        Nomination.objects.filter(pk=case.pk).update(**near)
        with pytest.raises(Refused, match="no part in this case"):
            decide(found)
        assert str(mira.pk) not in counted(first(found))
        address = reverse("promotions:decide", args=[case.pk])
        assert sign_in(mira, fresh=True).get(address).status_code == 404
        Nomination.objects.filter(pk=case.pk).update(**undo)
    Nomination.objects.filter(pk=case.pk).update(advocate=mira, advocate_wants="no")
    assert str(mira.pk) in counted(first(found)), "who does not want to speak for it is as near as before"
    PositionFactory.create(person=middle, manager=mira)
    position = PositionFactory.create(person=case.candidate, manager=middle)
    for manager in (middle, mira):
        position.manager = manager
        position.save()
        with pytest.raises(Refused, match="no part in this case"):
            decide(found)


def test_a_rival_of_the_same_round_is_not_asked_what_they_saw():
    found = a_round("calibrating")
    boss, case = PersonFactory.create(name="Boss Bruno"), found.cases["Candidate A"]
    case.manager = boss
    case.save()
    rival = found.cases["Candidate B"].candidate
    PositionFactory.create(person=rival)
    with pytest.raises(Refused, match="case of their own in this round"):
        peers.ask(boss, case, rival, form="summarized")
    Nomination.objects.filter(candidate=rival).update(state="withdrawn")
    assert peers.ask(boss, case, rival, form="named").author == rival


# --- seats and signing in -----------------------------------------------------------------------------


def test_people_operations_choose_no_decider_by_ending_seats():
    found = a_round("deciding")
    olga, one = operates(), found.round
    order = [seat.person for seat in facts.standing_in(one)]
    committee.leave(olga, one.seats.get(part="chair"), reason="Away for the rest of the year.")
    with pytest.raises(Refused, match="keeps at least 3 people"):
        committee.leave(olga, one.seats.get(person=order[0]), reason="Away for the rest of the year.")
    for other in order[1:]:
        with pytest.raises(Refused, match="done by the chair"):
            decide(found, other)
    text = sign_in(olga).get(reverse("promotions:round", args=[one.pk])).content.decode()
    named = [text.index(f"<bdi>{person}</bdi>", text.index("For the chair")) for person in order]
    assert named == sorted(named), "who stands in is said before anybody does"
    assert decide(found, order[0]).by == order[0]


def test_taking_out_ending_an_assignment_and_a_seat_ask_to_sign_in_again():
    found = a_round("rating")
    mira, case = found.raters[MIRA], first(found)
    assigned = RaterAssignment.objects.filter(nomination=case, rater=found.raters[EDDA]).first()
    RaterAssignment.objects.filter(pk=assigned.pk).update(handed_in_at=None)
    seat = found.round.seats.get(person=mira)
    for name, pk, said in (
        ("recuse", case.pk, {"person": str(mira.pk), "reason": WHY}),
        ("end_assignment", assigned.pk, {"because": "not_rated"}),
        ("end_seat", seat.pk, {"reason": WHY}),
    ):
        answer = sign_in(mira).post(reverse(f"promotions:{name}", args=[pk]), said)
        assert answer.status_code in {302, 403}, name
        assert "sign" in answer.content.decode() or "reauthenticate" in answer["Location"], name
    assert not Recusal.objects.exists()
    assigned.refresh_from_db()
    seat.refresh_from_db()
    assert assigned.ended_at is None
    assert seat.ended_at is None
