"""The demo's rounds: a strict and a mild rater, a sure candidate with thin evidence, reasons, two parts."""

import datetime as dt
from collections import Counter, defaultdict

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.factories import PersonFactory, PositionFactory
from tests.organization import assemble_organization, sign_in

from fairlead.web.demo import criteria, round_words, rounds
from fairlead.web.promotions import calibration_queries, flags_queries, terms
from fairlead.web.promotions.case_models import Decision, RaterAssignment, Rating
from fairlead.web.promotions.models import CaseEvidence, Nomination, Recusal, Round

SITES = "Round of the two sites"

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    organization = assemble_organization()
    played = {"people_lead": "ada", "people_partner": "finn"}
    found = {key: organization.person(name) for key, name in played.items()}
    for key in sorted(rounds.STAGED - found.keys()):
        found[key] = PersonFactory.create(name=f"The {key}")
        PositionFactory.create(person=found[key], title=key)
    for number in range(16):
        PositionFactory.create(
            person=PersonFactory.create(name=f"Other {number:02d}", number=f"Z{number:02d}"), title="Senior"
        )
    today = timezone.localdate()
    criteria.stage(found, today)
    rounds.stage(found, today)
    return found


def test_the_rounds_show_what_they_are_for(people):
    chair = people["not_let_go"]
    running = Round.objects.exclude(title=SITES).get(state="calibrating")
    page = calibration_queries.page(chair, running)
    assert page.opened
    assert [part.verdict for part in page.parts] == ["corrected"]
    points = {strict.name: strict for strict in page.parts[0].raters}
    assert points["The leadership_gap"].high < 0, "one is strict beyond chance"
    assert points["The both_gaps"].low > 0, "one is mild beyond chance"
    sure = running.nominations.get(candidate=people["management_gap"])
    kinds = {flag.kind for flag in flags_queries.safeguard(sure).flags}
    assert kinds == {
        "impressions",
        "before_reading",
        "self_above_evidence",
        "praise_without_act",
        "no_evidence",
    }
    apart = calibration_queries.page(chair, Round.objects.get(title=SITES))
    assert len(apart.parts) == 2
    decided = Decision.objects.filter(nomination__round__state="closed")
    assert decided.count() == 6
    assert min(len(one.reasons) for one in decided) >= 50
    text = sign_in(chair).get(reverse("promotions:calibration", args=[running.pk])).content.decode()
    assert "The management_gap" in text
    text = sign_in(chair).get(reverse("promotions:peers", args=[sure.pk])).content.decode()
    assert "No answer yet" in text


@pytest.mark.parametrize(
    ("day", "title"),
    [((2025, 12, 28), "Winter round 2025/26"), ((2026, 2, 28), "Winter round 2025/26"),
     ((2026, 3, 1), "Spring round 2026"), ((2026, 8, 31), "Summer round 2026"),
     ((2026, 10, 2), "Autumn round 2026")],
)  # fmt: skip
def test_a_round_is_named_after_the_season_in_which_it_opens(day, title):
    assert rounds.named(dt.date(*day) + dt.timedelta(days=52), 52) == title


def test_what_rounds_show_is_what_their_rules_and_their_people_say(people):
    check_rules()
    check_nobody_rises_twice()
    check_the_two_sites(people)
    check_that_each_says_their_own()


def check_rules():
    for one in Round.objects.all():
        policy = terms.policy_of(one)
        live = RaterAssignment.objects.filter(nomination__round=one, ended_at=None)
        counts = Counter(live.values_list("nomination", flat=True))
        assert set(counts.values()) == {policy.raters}, one
        assert max(Counter(live.values_list("rater", flat=True)).values()) <= policy.most_cases


def check_nobody_rises_twice():
    done = Decision.objects.filter(outcome="promoted").select_related("nomination__opening")
    assert done.count() == 2
    for one in done:
        case = one.nomination
        again = Nomination.objects.filter(candidate=case.candidate).exclude(pk=case.pk)
        assert not again.filter(opening__title=case.opening.title).exists(), case.candidate


def check_the_two_sites(people):
    """One rater linked them until she had no part in the case that did; the page says so."""
    one = Round.objects.get(title=SITES)
    gone = Recusal.objects.get(round=one)
    assert gone.person == people["both_gaps"]
    struck = Rating.objects.filter(assignment__nomination=gone.nomination, assignment__rater=gone.person)
    assert struck.exists(), "what was rated stays readable, struck out"
    parts = [len(found.content["components"]) for found in one.calibrations.order_by("made_at")]
    assert parts == [1, 2]
    page = reverse("promotions:calibration", args=[one.pk])
    text = sign_in(people["not_let_go"]).get(page).content.decode()
    whose = gone.nomination.candidate
    assert f"<bdi>The both_gaps</bdi> has no part in the case of <bdi>{whose}</bdi>" in text


def check_that_each_says_their_own():
    one = Round.objects.exclude(title=SITES).get(state="calibrating")
    said = CaseEvidence.objects.filter(nomination__round=one).values_list("text", flat=True)
    assert len(set(said)) == len(said)
    words = Rating.objects.filter(assignment__nomination__round=one).exclude(rests_on="impression")
    where = defaultdict(set)
    for text, case, criterion in words.values_list("words", "assignment__nomination", "criterion"):
        where[text].add((case, criterion))
    assert {text for text, places in where.items() if len(places) > 1} == set()
    for texts in (one.nominations.values_list("argument", flat=True),
                  Decision.objects.values_list("reasons", flat=True)):  # fmt: skip
        assert len(set(texts)) == len(texts)
    framework = terms.framework_of(one.framework)
    asked = {found.id for level in ("manager-2", "leader-2") for found, _seen in framework.asked(level)}
    assert asked == set(round_words.DEEDS)
