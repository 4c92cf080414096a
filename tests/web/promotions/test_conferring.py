"""What a committee says while it talks: notes under a name, votes apart until all are in, counts beside."""

from __future__ import annotations

import pytest
from tests.factories import GrantFactory
from tests.organization import sign_in
from tests.web.promotions import calibrated, made

from fairlead.web import vault
from fairlead.web.promotions import committee, conferring, deciding, deciding_queries, holdings
from fairlead.web.promotions.apart_models import CommitteeVote
from fairlead.web.promotions.case_models import CalibrationNote, VoteTally
from fairlead.web.promotions.models import Recusal
from fairlead.web.runs.actions import Refused
from fairlead.web.trail.models import Entry

pytestmark = pytest.mark.django_db

WORD = "Haselnusswaldkauz"
ASKED = f"Who saw the second project? {WORD}"


@pytest.fixture
def found():
    return calibrated.calibrating(candidates=2)


def case_of(found, letter="A"):
    return found.cases[f"Candidate {letter}"]


def sten(found):
    return found.raters["Strict Sten"]


def edda(found):
    return found.raters["Even Edda"]


def mira(found):
    """She chairs."""
    return found.raters["Mild Mira"]


def page(person, case):
    return sign_in(person).get(f"/promotions/cases/{case.pk}/talk/").content.decode()


def operates():
    from tests.factories import PersonFactory

    person = PersonFactory.create(name="Olga Operates")
    GrantFactory.create(person=person, role="people_operations")
    return person


def all_vote(found, case, *said):
    for person, words in zip((sten(found), edda(found), mira(found)), said, strict=True):
        conferring.vote(person, case, said=words, notes=f"Mine alone {WORD}")


def test_a_note_is_read_by_members_with_a_part_and_by_the_candidate_when_the_round_is_decided(found):
    case, other = case_of(found), case_of(found, "B")
    conferring.note(sten(found), case, text=ASKED)
    Recusal.objects.create(round=found.round, nomination=case, person=edda(found), reason="Close friends")
    assert WORD in page(mira(found), case)
    assert sign_in(edda(found)).get(f"/promotions/cases/{case.pk}/talk/").status_code == 404
    assert WORD not in page(mira(found), other)
    candidate, boss = case.candidate, operates()
    address = f"/promotions/cases/{case.pk}/talk/"
    assert sign_in(candidate).get(address).status_code == 404
    assert sign_in(boss).get(address).status_code == 404, "people operations read no note"
    assert holdings.export(candidate)["CalibrationNote"] == []
    type(case).objects.filter(pk=case.pk).update(state="decided")
    type(found.round).objects.filter(pk=found.round.pk).update(state="decided")
    assert WORD in page(candidate, case)
    assert "Strict Sten" in page(candidate, case)
    assert holdings.export(candidate)["CalibrationNote"][0]["text"] == ASKED
    assert sign_in(boss).get(address).status_code == 404


def test_a_note_can_be_changed_and_withdrawn_by_its_author_while_the_round_is_in_calibration(found):
    case = case_of(found)
    made_ = conferring.note(sten(found), case, text=ASKED)
    address = f"/promotions/notes/{made_.pk}/"
    assert sign_in(edda(found)).get(address).status_code == 404, "nobody else changes it, the chair neither"
    with pytest.raises(Refused, match="their own notes alone"):
        conferring.change_note(mira(found), made_, text="Something else entirely, and longer")
    short = sign_in(sten(found)).post(address, {"text": "Too short"})
    assert short.status_code == 422
    assert "Too short" in short.content.decode()
    assert 'id="id_text_error"' in short.content.decode()
    conferring.change_note(sten(found), made_, text="Edda saw it, and says so in the second rating.")
    assert "changed on" in page(edda(found), case)
    assert WORD not in page(edda(found), case)
    assert sign_in(sten(found)).post(address, {"step": "withdraw"}).status_code == 302
    assert not CalibrationNote.objects.exists()
    later = conferring.note(sten(found), case, text=ASKED)
    type(found.round).objects.filter(pk=found.round.pk).update(state="deciding")
    made.worked_out(found.round)
    assert sign_in(sten(found)).get(f"/promotions/notes/{later.pk}/").status_code == 404
    with pytest.raises(Refused, match="not at that point"):
        conferring.withdraw_note(sten(found), CalibrationNote.objects.get())
    conferring.note(edda(found), case, text="This was said while the chair decides.")
    assert CalibrationNote.objects.count() == 2


def test_nobody_reads_the_vote_or_the_notes_of_another_member(found):
    case = case_of(found)
    conferring.vote(sten(found), case, said="against", notes=f"Mine alone {WORD}")
    assert WORD in page(sten(found), case)
    assert "You have voted: against it" in page(sten(found), case)
    for person in (edda(found), mira(found), case.candidate, operates()):
        with vault.seen_by(person):
            assert not CommitteeVote.objects.exists()
        text = sign_in(person).get(f"/promotions/cases/{case.pk}/talk/").content.decode()
        assert WORD not in text
        assert "gainst it" not in text.replace("Against it</label>", "").replace("Against it", "", 1)
    text = page(mira(found), case)
    assert "2 of 3 have not voted" in text
    assert "Even Edda, Mild Mira" in text


def test_votes_are_counted_when_all_are_in_and_by_whoever_chairs(found):
    case = case_of(found)
    conferring.vote(sten(found), case, said="for")
    conferring.vote(edda(found), case, said="against")
    with pytest.raises(Refused, match="counted when all are in"):
        conferring.count(mira(found), case)
    conferring.vote(mira(found), case, said="", notes="I have to read the ratings once more")
    with pytest.raises(Refused, match="counted when all are in"):
        conferring.count(mira(found), case)
    conferring.vote(mira(found), case, said="for", notes="Read them")
    with pytest.raises(Refused, match="done by the chair"):
        conferring.count(sten(found), case)
    assert "For it 2" not in page(sten(found), case)
    sent = sign_in(mira(found)).post(f"/promotions/cases/{case.pk}/vote/", {"step": "count"})
    assert sent.status_code == 302
    tally = VoteTally.objects.get()
    assert (tally.for_it, tally.against_it, tally.not_sure) == (2, 1, 0)
    assert "For it 2, against it 1, not sure 0." in page(sten(found), case)
    for change in (
        lambda: conferring.vote(sten(found), case, said="against"),
        lambda: conferring.take_vote_back(sten(found), case),
        lambda: conferring.count(mira(found), case),
    ):
        with pytest.raises(Refused, match="were counted"):
            change()


def test_a_vote_is_taken_back_and_the_notes_stay(found):
    case, person = case_of(found), sten(found)
    browser, address = sign_in(person), f"/promotions/cases/{case.pk}/vote/"
    nothing = browser.post(address, {"said": "", "notes": ""})
    assert nothing.status_code == 422
    assert "Choose an answer" in nothing.content.decode()
    assert browser.post(address, {"said": "for", "notes": "Kept"}).status_code == 302
    assert browser.post(address, {"step": "take-back"}).status_code == 302
    with vault.seen_by(person):
        mine = CommitteeVote.objects.get()
        assert (mine.vote, mine.notes) == ("", "Kept")
    assert "3 of 3 have not voted" in page(edda(found), case)
    with pytest.raises(Refused, match="not voted"):
        conferring.take_vote_back(person, case)


def test_whoever_has_no_part_neither_notes_nor_votes_and_nobody_waits_for_them(found):
    case = case_of(found)
    all_vote(found, case, "for", "for", "against")
    conferring.note(sten(found), case, text=ASKED)
    committee.recuse(sten(found), case, sten(found), reason="They are close friends.")
    assert CalibrationNote.objects.get().author == sten(found), "struck out, not deleted"
    text = page(mira(found), case)
    assert f"<s><bdi>{ASKED}</bdi></s>" in text
    assert "because: They are close friends." in text
    for act in (
        lambda: conferring.vote(sten(found), case, said="for"),
        lambda: conferring.note(sten(found), case, text=ASKED),
    ):
        with pytest.raises(Refused, match="no part in this case"):
            act()
    assert "Fewer than three members have a part" in page(mira(found), case)
    with pytest.raises(Refused, match="tell each how the other voted"):
        conferring.count(mira(found), case)
    assert not VoteTally.objects.exists()


def test_after_a_count_a_recusal_lets_all_vote_anew_so_that_no_difference_tells_a_vote(found):
    case, other = case_of(found), case_of(found, "B")
    for one in (case, other):
        all_vote(found, one, "against", "for", "for")
        conferring.count(mira(found), one)
    committee.recuse(sten(found), case, sten(found), reason="They are close friends.")
    assert VoteTally.objects.get().nomination == other
    with vault.seen_by(edda(found)):
        mine = CommitteeVote.objects.get(nomination=case)
        assert (mine.vote, mine.notes) == ("", f"Mine alone {WORD}"), "notes for oneself stay"
        assert not any(conferring.votes(case).values())
    assert len(conferring.votes(other)) == 3


def test_the_count_stands_beside_the_decision_and_the_candidate_does_not_read_it(found):
    case = case_of(found)
    all_vote(found, case, "against", "against", "against")
    conferring.count(mira(found), case)
    conferring.note(edda(found), case, text=ASKED)
    type(found.round).objects.filter(pk=found.round.pk).update(state="deciding")
    made.worked_out(found.round)
    case.refresh_from_db()
    chair = sign_in(mira(found), fresh=True)
    text = chair.get(f"/promotions/cases/{case.pk}/decide/").content.decode()
    assert "against it 3" in text
    assert WORD in text
    assert "It decides nothing" in text
    deciding.decide(mira(found), case, outcome="promoted", reasons=made.REASONS)
    type(found.round).objects.filter(pk=found.round.pk).update(state="decided")
    address = f"/promotions/cases/{case.pk}/decision/"
    read = sign_in(case.candidate).get(address).content.decode()
    assert WORD in read
    assert "against it 3" not in read
    assert "How the committee voted" not in read
    assert "VoteTally" not in holdings.export(case.candidate)
    assert WORD not in repr(holdings.export(case.candidate)["CommitteeVote"])
    assert "against it 3" in sign_in(operates()).get(address).content.decode()
    assert WORD not in sign_in(operates()).get(address).content.decode()


def test_what_was_read_and_done_stands_in_the_record_without_content(found):
    case = case_of(found)
    conferring.note(sten(found), case, text=ASKED)
    page(edda(found), case)
    lines = Entry.objects.filter(actor=edda(found).pk, verb="saw")
    kinds = set(lines.values_list("object_kind", flat=True))
    assert kinds >= {"calibrationnote", "nomination"}
    conferring.vote(sten(found), case, said="against")
    assert not any("against" in str(one.facts) for one in Entry.objects.all())


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_asks_the_same_whatever_the_number_of_notes(found, rows, django_assert_num_queries):
    case, browser = case_of(found), sign_in(edda(found))
    for _ in range(rows):
        conferring.note(sten(found), case, text=ASKED)
    address = f"/promotions/cases/{case.pk}/talk/"
    browser.get(address)
    with django_assert_num_queries(QUERIES):
        browser.get(address)


QUERIES = 52


def test_a_round_is_still_decided_without_any_vote(found):
    case = case_of(found)
    type(found.round).objects.filter(pk=found.round.pk).update(state="deciding")
    made.worked_out(found.round)
    case.refresh_from_db()
    made_ = deciding.decide(mira(found), case, outcome="not_now", reasons=made.REASONS)
    assert made_.outcome == "not_now"
    assert deciding_queries.decision_page(mira(found), type(case).objects.get(pk=case.pk)).decision == made_
