"""Calibration: the core's numbers by name, the rater first, nobody who has no part, changes with reasons."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.factories import PersonFactory
from tests.organization import sign_in
from tests.web.promotions import made
from tests.web.promotions.calibrated import calibrating, member, rate, score_of

from fairlead.core.raters import severity
from fairlead.core.ratings import Ratings
from fairlead.web.promotions import calibration, calibration_queries, rounds
from fairlead.web.promotions.calibration_models import SeverityTold
from fairlead.web.promotions.case_models import Rating, RatingChange
from fairlead.web.promotions.models import Recusal
from fairlead.web.runs.actions import Refused
from fairlead.web.runs.models import Run
from fairlead.web.trail.models import Entry

pytestmark = pytest.mark.django_db(transaction=False)

REASON = "I have read the plan since, and it names the three deadlines that I had taken for missing."


def worked_out(one, by, capture):
    with capture(execute=True):
        calibration.work_out(by, one.round)


def all_read(one):
    SeverityTold.objects.filter(round=one.round).update(confirmed_at=timezone.now())


def page_of(one, by):
    return sign_in(by).get(reverse("promotions:calibration", args=[one.round.pk]))


@pytest.fixture
def one(django_capture_on_commit_callbacks):
    found = calibrating()
    worked_out(found, found.raters["Mild Mira"], django_capture_on_commit_callbacks)
    return found


def direct(one):
    """The core's result for the same table, people by name."""
    names = {str(case.pk): name for name, case in one.cases.items()}
    names |= {str(person.pk): name for name, person in one.raters.items()}
    rows = [
        (names[str(case)], names[str(rater)], criterion, score)
        for case, rater, criterion, score in calibration.rows_of(one.round)
    ]
    return severity(Ratings.from_rows(rows, lowest=1, highest=5))


def test_the_page_shows_the_numbers_of_the_core_for_the_same_table(one):
    all_read(one)
    found, page = direct(one), calibration_queries.page(one.raters["Even Edda"], one.round)
    scores = {score.name: score for part in page.parts for score in part.scores}
    assert len(scores) == 8
    for expected in found.ratees:
        score = scores[expected.ratee]
        assert (score.observed, score.n, score.raters) == (expected.observed, expected.n, expected.raters)
        assert score.fair == pytest.approx(expected.fair, abs=1e-6)
        assert (score.low, score.high) == pytest.approx((expected.low, expected.high), abs=1e-6)
    raters = {strict.name: strict for part in page.parts for strict in part.raters}
    for rater in found.raters:
        assert raters[rater.rater].severity == pytest.approx(rater.severity, abs=1e-6)
        assert raters[rater.rater].points == pytest.approx(rater.points, abs=1e-6)
    assert found.components[0].verdict == "corrected", "one rater is a point stricter"
    assert raters["Strict Sten"].points < -0.3
    text = page_of(one, one.raters["Even Edda"]).content.decode()
    for score in scores.values():
        assert f"Fair {score.fair:.2f}" in text
        between = f"between {score.low:.2f} and {score.high:.2f} (80 of 100)"
        assert f"{between}; raw {score.observed:.2f}" in text


def test_names_stand_in_the_order_of_the_alphabet_whatever_the_scores(django_capture_on_commit_callbacks):
    one = calibrating(score=lambda candidate, rater, criterion: max(1, 5 - candidate // 2 - (rater == 0)))
    worked_out(one, one.raters["Even Edda"], django_capture_on_commit_callbacks)
    all_read(one)
    text = page_of(one, one.raters["Even Edda"]).content.decode()
    places = [text.index(f">{name}<") for name in sorted(one.cases)]
    assert places == sorted(places)
    places = [text.index(f">{name}<") for name in sorted(one.raters)]
    assert places == sorted(places)
    assert "What is known of a score is its interval" in text


def test_the_committee_waits_until_each_rater_has_read_their_own_or_two_days_have_passed(one):
    sten, edda, mira = one.raters["Strict Sten"], one.raters["Even Edda"], one.raters["Mild Mira"]
    text = page_of(one, edda).content.decode()
    assert "0 of 3 raters have read" in text
    assert "<strong>Fair" not in text
    assert "logits" not in text
    for rater in (sten, edda):
        address = reverse("promotions:calibration_mine", args=[one.round.pk])
        assert "I have read it" in sign_in(rater).get(address).content.decode()
        assert sign_in(rater).post(address).status_code == 302
    assert not calibration.is_open(one.round), "Mira has not read hers"
    assert "2 of 3 raters have read" in page_of(one, edda).content.decode()
    SeverityTold.objects.filter(rater=mira).update(made_at=timezone.now() - calibration.FIRST)
    assert calibration.is_open(one.round)
    assert "Strict Sten" in page_of(one, edda).content.decode()


def test_reading_late_does_not_close_what_is_open(one):
    SeverityTold.objects.update(made_at=timezone.now() - calibration.FIRST - timedelta(hours=1))
    assert calibration.is_open(one.round)
    calibration.confirm(one.raters["Even Edda"], one.round)
    assert calibration.is_open(one.round)


def test_after_a_change_each_rater_reads_first_again_and_the_committee_goes_on_with_what_was_open(
    one, django_capture_on_commit_callbacks
):
    sten, edda = one.raters["Strict Sten"], one.raters["Even Edda"]
    all_read(one)
    before = page_of(one, edda).content.decode()
    rating = Rating.objects.get(
        assignment__rater=edda, assignment__nomination=one.cases["Candidate A"], criterion="craft"
    )
    calibration.revise(edda, rating, score=1 if rating.score != 1 else 5, reason=REASON)
    worked_out(one, edda, django_capture_on_commit_callbacks)
    newest, last = one.round.calibrations.all()
    assert (newest.was_open, last.was_open) == (False, True)
    assert calibration.read_now(one.round) == last
    now = page_of(one, edda).content.decode()
    assert "0 of 3 have" in now
    points = re.compile(r"[+−]?[\d.]+ points, between [^<;]+")
    assert len(points.findall(before)) >= 3
    assert points.findall(now) == points.findall(before), "what was open stands until the newer was read"
    assert [found.title for found in calibration_queries.told_first(sten)] == ["How your ratings compare"]
    all_read(one)
    after = page_of(one, edda).content.decode()
    assert points.findall(after) != points.findall(before)
    assert "Worked out anew since" not in after


def test_whoever_has_no_part_in_a_case_finds_no_count_that_tells_its_ratings(
    django_capture_on_commit_callbacks,
):
    def all_five_for_c(candidate, rater, criterion):
        return 5 if candidate == 2 else score_of(candidate, rater, criterion)

    one = calibrating(score=all_five_for_c)
    worked_out(one, one.raters["Mild Mira"], django_capture_on_commit_callbacks)
    all_read(one)
    edda, mira = one.raters["Even Edda"], one.raters["Mild Mira"]
    hidden = one.cases["Candidate C"]
    whole = page_of(one, mira).content.decode()
    assert "Candidate C" in whole
    assert "Scores given by Strict Sten" in whole
    Recusal.objects.create(round=one.round, nomination=hidden, person=edda, reason="A friend of many years")
    text = page_of(one, edda).content.decode()
    assert "Candidate C" not in text
    assert "Scores given by" not in text
    assert not re.search(r"\d+ ratings? of \d+ candidates?", text)
    assert not re.search(r"outside the interval|pairs of ratings|nothing but the", text)
    assert "points, between" in text, "severities stay"


def test_strictness_is_not_read_any_more_when_the_round_is_over(one):
    edda, sten = one.raters["Even Edda"], one.raters["Strict Sten"]
    all_read(one)
    rater = reverse("promotions:calibration_rater", args=[one.round.pk, sten.pk])
    assert sign_in(edda).get(rater).status_code == 200
    one.round.state = "closed"
    one.round.save()
    text = page_of(one, edda).content.decode()
    assert "points, between" not in text
    assert "each reads only their own" in text
    assert sign_in(edda).get(rater).status_code == 404
    own = sign_in(sten).get(reverse("promotions:calibration_mine", args=[one.round.pk])).content.decode()
    assert "points, between" in own


def test_a_rater_reads_their_own_and_of_nobody_else(one):
    address = reverse("promotions:calibration_mine", args=[one.round.pk])
    text = sign_in(one.raters["Strict Sten"]).get(address).content.decode()
    assert "Rates lower than the other raters do" in text
    assert "Mild Mira" not in text
    assert "Even Edda" not in text
    assert "What Strict Sten saw of Candidate A in vision." in text
    assert "What Mild Mira saw" not in text


def test_scores_are_of_the_committee_alone(one):
    all_read(one)
    candidate = one.cases["Candidate A"].candidate
    stranger = member("Other Committee", made.a_round("calibrating"))
    for person in (candidate, stranger, PersonFactory.create()):
        assert page_of(one, person).status_code == 404
        address = reverse("promotions:calibration_mine", args=[one.round.pk])
        assert sign_in(person).get(address).status_code == 404


def test_a_case_in_which_somebody_has_no_part_is_not_on_their_page(one):
    all_read(one)
    edda, case = one.raters["Even Edda"], one.cases["Candidate C"]
    Recusal.objects.create(round=one.round, nomination=case, person=edda, reason="Family")
    text = page_of(one, edda).content.decode()
    assert "Candidate C" not in text
    assert "1 case in which you have no part is not shown" in text
    assert "Candidate C" in page_of(one, one.raters["Mild Mira"]).content.decode()
    address = reverse("promotions:calibration_rater", args=[one.round.pk, one.raters["Mild Mira"].pk])
    text = sign_in(edda).get(address).content.decode()
    assert "Candidate B" in text
    assert "Candidate C" not in text
    assert sign_in(edda).get(reverse("promotions:case_ratings", args=[case.pk])).status_code == 404


def test_each_score_opens_into_the_ratings_behind_it(one):
    all_read(one)
    edda = one.raters["Even Edda"]
    text = page_of(one, edda).content.decode()
    case, rater = one.cases["Candidate B"], one.raters["Strict Sten"]
    for address, told in (
        (reverse("promotions:case_ratings", args=[case.pk]), "What Mild Mira saw of Candidate B in craft."),
        (
            reverse("promotions:calibration_rater", args=[one.round.pk, rater.pk]),
            "What Strict Sten saw of Candidate H in vision.",
        ),
    ):
        assert f'href="{address}"' in text
        assert told in sign_in(edda).get(address).content.decode()


def test_who_looked_stands_in_the_record_of_each_person_shown(one):
    all_read(one)
    edda = one.raters["Even Edda"]
    before = Entry.objects.count()
    page_of(one, edda)
    seen = Entry.objects.order_by("pk")[before:]
    subjects = {entry.subject for entry in seen if entry.verb == "saw"}
    assert subjects == {case.candidate_id for case in one.cases.values()} | {
        rater.pk for rater in one.raters.values() if rater != edda
    }


def test_a_changed_rating_keeps_before_after_and_reason(one):
    sten = one.raters["Strict Sten"]
    rating = Rating.objects.filter(assignment__rater=sten, criterion="vision").first()
    was = rating.score
    address = reverse("promotions:revise", args=[rating.pk])
    short = sign_in(sten).post(address, {"score": str(was + 1), "reason": "Better."})
    assert short.status_code == 422
    assert "Better." in short.content.decode()
    same = sign_in(sten).post(address, {"score": str(was), "reason": REASON})
    assert same.status_code == 422
    assert sign_in(sten).post(address, {"score": str(was + 1), "reason": REASON}).status_code == 302
    change = RatingChange.objects.get(rating=rating)
    assert (change.before, change.after, change.reason, change.by) == (was, was + 1, REASON, sten)
    rating.refresh_from_db()
    assert rating.score == was + 1
    case = rating.assignment.nomination
    text = (
        sign_in(one.raters["Even Edda"])
        .get(reverse("promotions:case_ratings", args=[case.pk]))
        .content.decode()
    )
    assert REASON in text
    assert f"from “{was}: " in text


def test_only_whoever_gave_a_rating_changes_it_and_only_in_calibration(one):
    rating = Rating.objects.filter(assignment__rater=one.raters["Strict Sten"]).first()
    address = reverse("promotions:revise", args=[rating.pk])
    for person in (one.raters["Mild Mira"], rating.assignment.nomination.candidate):
        assert sign_in(person).post(address, {"score": "5", "reason": REASON}).status_code == 404
    with pytest.raises(Refused):
        calibration.revise(one.raters["Mild Mira"], rating, score=5, reason=REASON)
    one.round.state = "deciding"
    one.round.save()
    assert sign_in(one.raters["Strict Sten"]).get(address).status_code == 404
    with pytest.raises(Refused):
        calibration.revise(one.raters["Strict Sten"], rating, score=5, reason=REASON)


def test_after_a_change_the_page_says_so_and_is_worked_out_anew(one, django_capture_on_commit_callbacks):
    all_read(one)
    sten, edda = one.raters["Strict Sten"], one.raters["Even Edda"]
    with pytest.raises(Refused, match="No rating has changed"):
        calibration.work_out(edda, one.round)
    rating = Rating.objects.filter(assignment__rater=sten, criterion="craft").first()
    calibration.revise(sten, rating, score=rating.score + 1, reason=REASON)
    assert "A rating has changed" in page_of(one, edda).content.decode()
    worked_out(one, edda, django_capture_on_commit_callbacks)
    assert "A rating has changed" not in page_of(one, edda).content.decode()
    assert one.round.calibrations.count() == 2
    newest = one.round.calibrations.first()
    run = Run.objects.get(pk=newest.run)
    assert run.is_done
    assert run.inputs_digest == newest.ratings_sha256
    assert newest.ratings_sha256 == calibration.digest_of(calibration.rows_of(one.round))


def test_the_same_ratings_give_the_same_result(one, django_capture_on_commit_callbacks):
    first = one.round.calibrations.get()
    first_content = first.content
    first.delete()
    worked_out(one, one.raters["Even Edda"], django_capture_on_commit_callbacks)
    assert one.round.calibrations.get().content == first_content


def test_no_name_lies_in_what_is_stored(one):
    stored = str(one.round.calibrations.get().content)
    assert "Candidate" not in stored
    assert "Sten" not in stored


def test_too_few_to_correct_is_said_in_full(django_capture_on_commit_callbacks):
    one = calibrating(candidates=3, score=lambda candidate, rater, criterion: 3 + (candidate + rater) % 2)
    worked_out(one, one.raters["Even Edda"], django_capture_on_commit_callbacks)
    all_read(one)
    text = page_of(one, one.raters["Even Edda"]).content.decode()
    found = direct(one)
    assert found.components[0].verdict == "too_few"
    assert found.components[0].why in text.replace("&#x27;", "'")
    assert "Too few ratings to say." in text


def test_what_is_not_connected_is_never_compared(django_capture_on_commit_callbacks):
    one = calibrating(
        ("Anna", "Bert", "Cora", "Dirk"), pairs=lambda candidate, rater: (candidate < 4) == (rater < 2)
    )
    worked_out(one, one.raters["Anna"], django_capture_on_commit_callbacks)
    all_read(one)
    text = page_of(one, one.raters["Anna"]).content.decode()
    assert "fall into 2 parts" in text
    assert "The ratings fall into" not in text, "parts have the page's numbers alone"
    first, second = text.split('id="part-2"')
    assert "Candidate D" in first
    assert "Candidate E" not in first
    assert "Cora" not in first
    assert "Candidate A" not in second


def test_one_rater_only_is_a_clear_sentence(django_capture_on_commit_callbacks):
    one = calibrating(("Anna", "Bert"), pairs=lambda candidate, rater: rater == 0)
    worked_out(one, one.raters["Bert"], django_capture_on_commit_callbacks)
    all_read(one)
    text = page_of(one, one.raters["Bert"]).content.decode()
    assert "Every rating comes from “Anna”." in text
    assert "at least two are needed" in text


def test_somebody_erased_is_not_named(one):
    all_read(one)
    mild = one.raters["Mild Mira"]
    name = mild.name
    text = page_of(one, one.raters["Even Edda"]).content.decode()
    assert name in text
    mild.delete()
    text = page_of(one, one.raters["Even Edda"]).content.decode()
    assert name not in text


@pytest.mark.parametrize("cases", [2, 4])
def test_the_page_asks_no_more_for_more_cases(
    cases, django_assert_num_queries, django_capture_on_commit_callbacks
):
    one = calibrating(candidates=cases)
    worked_out(one, one.raters["Even Edda"], django_capture_on_commit_callbacks)
    all_read(one)
    with django_assert_num_queries(16):
        calibration_queries.page(one.raters["Even Edda"], one.round)


def test_late_ratings_of_a_case_that_ended_do_not_count(one):
    case = one.cases["Candidate A"]
    rate_count = len(calibration.rows_of(one.round))
    case.state = "withdrawn"
    case.save()
    assert len(calibration.rows_of(one.round)) == rate_count - 9
    rate(one.cases["Candidate B"], member("Late", one.round), [None, None, None])
    assert len(calibration.rows_of(one.round)) == rate_count - 9, "“could not say” is no score"


def test_opening_the_ratings_puts_them_on_one_scale_and_each_rater_is_told(
    django_capture_on_commit_callbacks,
):
    one = calibrating(state="rating")
    with django_capture_on_commit_callbacks(execute=True):
        rounds.go_on(one.raters["Mild Mira"], one.round, "open_calibration")
    assert one.round.calibrations.count() == 1
    for rater in one.raters.values():
        assert [found.title for found in calibration_queries.told_first(rater)] == [
            "How your ratings compare"
        ]
    calibration.confirm(one.raters["Mild Mira"], one.round)
    assert calibration_queries.told_first(one.raters["Mild Mira"]) == []
