"""What ends without a decision leaves no rating behind that nobody could answer; what can be decided, is."""

from __future__ import annotations

import pytest
from tests.factories import GrantFactory, PersonFactory, PositionFactory
from tests.organization import sign_in
from tests.web.promotions import made
from tests.web.promotions.calibrated import calibrating

from fairlead.web import vault
from fairlead.web.promotions import cases, deciding, peers, rounds
from fairlead.web.promotions.apart_models import PeerWords
from fairlead.web.promotions.case_models import Calibration, CalibrationNote, PeerInput, Rating
from fairlead.web.runs.actions import Refused

pytestmark = pytest.mark.django_db

WORDS = "The stock stood in the yard until August, and nobody was told."


@pytest.fixture
def one():
    found = calibrating(candidates=2)
    boss = PersonFactory.create(name="Boss Bruno")
    found.cases["Candidate A"].manager = boss
    found.cases["Candidate A"].save()
    author = PersonFactory.create(name="Colleague Cosima")
    PositionFactory.create(person=author)
    asked = peers.ask(boss, found.cases["Candidate A"], author, form="named")
    peers.write(author, asked, text=WORDS, leaning="for")
    CalibrationNote.objects.create(
        nomination=found.cases["Candidate A"], author=found.raters["Even Edda"], text="A note"
    )
    return found


@pytest.fixture
def operations():
    person = PersonFactory.create(name="Olga")
    GrantFactory.create(person=person, role="people_operations")
    return person


def what_was_said(case) -> int:
    with vault.on_duty("promotions"):
        words = PeerWords.objects.filter(input__nomination=case).count()
    ratings = Rating.objects.filter(assignment__nomination=case).count()
    inputs, notes = PeerInput.objects.filter(nomination=case), CalibrationNote.objects.filter(nomination=case)
    return words + ratings + inputs.count() + notes.count()


def test_a_case_that_can_be_decided_is_not_set_aside(one, operations):
    case = one.cases["Candidate A"]
    one.round.state = "deciding"
    one.round.save()
    with pytest.raises(Refused, match="can be decided"):
        deciding.set_aside(operations, case, reason=made.REASONS)
    Rating.objects.filter(assignment__nomination=case).delete()
    deciding.set_aside(operations, case, reason=made.REASONS)
    case.refresh_from_db()
    assert case.state == "set_aside"
    page = sign_in(case.candidate).get(f"/promotions/cases/{case.pk}/").content.decode()
    assert made.REASONS in page
    assert "said about it is destroyed" in page
    assert what_was_said(case) == 0


def test_with_a_withdrawn_case_goes_what_was_said_of_it_and_nothing_else(one):
    case, other = one.cases["Candidate A"], one.cases["Candidate B"]
    before = what_was_said(other)
    assert what_was_said(case) == 9 + 1 + 1 + 1
    cases.withdraw(case.candidate, case)
    assert what_was_said(case) == 0
    assert what_was_said(other) == before > 0


def test_with_a_cancelled_round_goes_what_was_said_in_it(one, operations):
    Calibration.objects.create(round=one.round, method="m", ratings_sha256="0", content={"n": 1})
    rounds.cancel(operations, one.round, reason=made.REASONS)
    assert [what_was_said(case) for case in one.cases.values()] == [0, 0]
    assert not Calibration.objects.filter(round=one.round).exists()
