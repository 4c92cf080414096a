"""The release: what comes out, what does not, and that nothing else can make one."""

import copy
import dataclasses
import json
from datetime import date, timedelta

import numpy as np
import pytest
from tests.walls.attacker import random_company

from fairlead.core.ballots import Ballot, Policy, Question
from fairlead.core.blocks import Organization, Team
from fairlead.core.disclosure import (
    Earlier,
    Released,
    UnsafeReleaseError,
    Verdict,
    fingerprint,
    release,
    restore,
    to_json,
)
from fairlead.core.released_comments import Comment

DAY = date(2026, 11, 2)
ASK = Policy(survey="s1", family="f", closed_on=DAY, questions=(Question(id="q"),))


def team(name, size, above="", first=""):
    return Team(id=name, above=above, members=tuple(f"{first or name}{n}" for n in range(size)))


def said(team_id, *answers, **more):
    return [Ballot(team=team_id, answers=(one,), **more) for one in answers]


COMPANY = Organization(teams=(team("top", 6), team("ann", 12, "top"), team("ben", 7, "top")), alone=("top",))
BALLOTS = [
    *said("top", 4, 4, 3, 5),
    *said("ann", 5, 5, 5, 5, 5, 5, 4, 5, 5, 5, 4),
    *said("ben", 2, 3, 2, 3, 2),
]


def shown(released, reach, group, question="q", value=""):
    cell = released.find(question, reach, group, value)
    return cell and (cell.shown.at, cell.shown.end)


def test_teams_with_five_answers_have_a_figure_and_the_others_have_a_reason():
    found = release(BALLOTS, COMPANY, ASK)
    assert shown(found, "team", "ann") == (4.5, "or more")
    assert shown(found, "team", "ben") == (2.0, "")
    assert found.find("q", "team", "top") is None
    assert [(one.group, one.why) for one in found.withheld] == [("top", "Fewer than 5 answers.")]
    assert found.some_in_no_figure
    # 11 in Ann's team and 5 in Ben's, the four at the top in no figure. Ben's sum is 12 at most, so that
    # the highest notches of both together are one, and nobody learns that all of Ann's said five.
    assert shown(found, "organization", "top") == (4.0, "or more")
    assert found.find("q", "organization", "").shown.people_from == 16


def test_no_cell_tells_how_many_answered_more_exactly_than_its_step():
    figures = {(c.shown.people_from, c.shown.people_to) for c in release(BALLOTS, COMPANY, ASK).cells}
    assert figures <= {(5, 7), (8, 15), (16, 19)}


def test_the_order_of_the_ballots_changes_nothing():
    rng = np.random.default_rng(1)
    company = random_company(rng, 90, lens=True)
    one = release(company.ballots, company.organization, company.policy)
    for _ in range(3):
        mixed = [company.ballots[int(row)] for row in rng.permutation(len(company.ballots))]
        assert release(mixed, company.organization, company.policy) == one


def test_skips_make_blocks_of_their_own_for_each_question():
    policy = dataclasses.replace(ASK, questions=(Question(id="q"), Question(id="r")))
    ballots = [
        Ballot(team=ballot.team, answers=(*ballot.answers, 3 if ballot.team != "ben" or row % 2 else None))
        for row, ballot in enumerate(BALLOTS)
    ]
    found = release(ballots, COMPANY, policy)
    assert found.find("q", "team", "ben")
    assert found.find("r", "team", "ben") is None
    assert ("r", "ben") in {(one.question, one.group) for one in found.withheld}


def test_upward_feedback_shows_the_own_team_and_roll_ups_of_two_blocks():
    org = Organization(teams=(team("top", 4), team("ann", 6, "top")))
    ballots = said("ann", 4, 4, 4, 5, 3) + said("top", 1, 1)
    pulse = release(ballots, org, ASK)
    upward = release(ballots, org, dataclasses.replace(ASK, kind="upward"))
    assert {(c.reach, c.group) for c in pulse.cells} == {
        ("team", "ann"), ("organization", "top"), ("organization", ""),
    }  # fmt: skip
    assert {(c.reach, c.group) for c in upward.cells} == {("team", "ann")}


def test_feedback_about_a_person_has_no_lens():
    with pytest.raises(ValueError, match="no lens"):
        release(BALLOTS, COMPANY, dataclasses.replace(ASK, kind="upward", lens="gender"))


def test_k_may_be_raised_and_never_lowered():
    with pytest.raises(ValueError, match="fewer than 5"):
        release(BALLOTS, COMPANY, dataclasses.replace(ASK, k=4))
    eight = release(BALLOTS, COMPANY, dataclasses.replace(ASK, k=8))
    assert {c.group for c in eight.cells if c.reach == "team"} == {"ann"}
    assert all(cell.shown.people_from >= 8 for cell in eight.cells)


def test_nobody_answered_and_nothing_is_shown():
    found = release([], COMPANY, ASK)
    assert found.cells == ()
    assert found.verdict.passed
    assert {one.group for one in found.withheld} == {"top", "ann", "ben"}


def test_a_lens_is_shown_for_all_with_small_values_as_other():
    rng = np.random.default_rng(2)
    company = random_company(rng, 150, lens=True, questions=1)
    found = release(company.ballots, company.organization, company.policy)
    lens = [cell for cell in found.cells if cell.reach == "lens"]
    assert {cell.value for cell in lens} <= {"women", "men", "another", "other"}
    assert len(lens) >= 2
    assert found.verdict.lens_cut >= 5
    assert all(cell.group == "" for cell in lens)


def test_a_lens_that_nearly_is_the_teams_is_withheld():
    """One man among the women of a team, and the other way round: two would be singled out."""
    org = Organization(teams=(team("ann", 9), team("ben", 9)))
    ballots = [
        *said("ann", 4, 4, 3, 3, 4, 5, lens="women"), *said("ann", 2, lens="men"),
        *said("ben", 2, 2, 3, 3, 3, 4, lens="men"), *said("ben", 5, lens="women"),
    ]  # fmt: skip
    found = release(ballots, org, dataclasses.replace(ASK, lens="gender"))
    assert not [cell for cell in found.cells if cell.reach == "lens"]
    assert "single out fewer than 5" in next(one.why for one in found.withheld if one.reach == "lens")


# Only the release


def test_nobody_else_can_make_a_release():
    found = release(BALLOTS, COMPANY, ASK)
    fields = {field.name: getattr(found, field.name) for field in dataclasses.fields(found)}
    with pytest.raises(TypeError):
        Released(**fields)
    with pytest.raises(TypeError, match="Only"):
        Released(**fields, seal=object())
    with pytest.raises((TypeError, ValueError)):
        dataclasses.replace(found, cells=())
    with pytest.raises(TypeError, match="Only"):
        dataclasses.replace(found, cells=(), seal=None)
    with pytest.raises(dataclasses.FrozenInstanceError):
        found.cells = ()
    assert copy.deepcopy(found) == found


def test_a_release_is_stored_and_read_back_whole():
    rng = np.random.default_rng(3)
    company = random_company(rng, 80, lens=True)
    ballots = [dataclasses.replace(one, comments=(Comment("Zürich\n=1+1"),)) for one in company.ballots]
    found = release(ballots, company.organization, company.policy)
    stored = json.loads(json.dumps(to_json(found), allow_nan=False))
    assert restore(stored) == found


@pytest.mark.parametrize("change", ["cell", "k", "verdict", "comment", "hash"])
def test_a_stored_release_that_was_changed_is_refused(change):
    ballots = [dataclasses.replace(one, comments=(Comment("Hm."),)) for one in BALLOTS]
    stored = to_json(release(ballots, COMPANY, ASK))
    match change:
        case "cell":
            stored["cells"][0]["shown"]["at"] = 5.0
        case "k":
            stored["k"] = 3
        case "verdict":
            stored["verdict"]["smallest"] = 9
        case "comment":
            stored["comments"][0]["text"] = "Ha."
        case "hash":
            del stored["hash"]
    with pytest.raises(ValueError, match="as it was made"):
        restore(stored)


def test_a_release_holds_no_ballot_no_person_and_no_exact_mean():
    """Planted: members with names of their own, answers that would show in any exact sum."""
    org = Organization(teams=(team("ann", 8, first="canary-"),))
    found = json.dumps(to_json(release(said("ann", 5, 4, 5, 5, 4, 5, 1), org, ASK)))
    assert "canary" not in found
    assert f"{29 / 7:.3f}" not in found
    assert "29" not in found.split('"terms"', maxsplit=1)[0]


# Fixed at the launch


@pytest.mark.parametrize(
    "changed",
    [
        {"k": 6},
        {"questions": (Question(id="q"), Question(id="r"))},
        {"questions": (Question(id="q", highest=7),)},
        {"lens": "gender"},
        {"kind": "upward"},
        {"survey": "s2"},
    ],
)
def test_rules_that_changed_after_the_launch_are_refused(changed):
    terms = fingerprint(COMPANY, ASK)
    with pytest.raises(UnsafeReleaseError, match="launch"):
        release(BALLOTS, COMPANY, dataclasses.replace(ASK, **changed), terms=terms)


def test_an_organization_or_audience_that_changed_after_the_launch_is_refused():
    terms = fingerprint(COMPANY, ASK)
    moved = dataclasses.replace(COMPANY, teams=(*COMPANY.teams[:2], team("ben", 7, "ann")))
    fewer = dataclasses.replace(COMPANY, teams=(*COMPANY.teams[:2], team("ben", 6, "top")))
    for other in (moved, fewer):
        with pytest.raises(UnsafeReleaseError, match="launch"):
            release(BALLOTS, other, ASK, terms=terms)
    assert release(BALLOTS, COMPANY, ASK, terms=terms).terms == terms


def test_ballots_that_do_not_fit_are_refused():
    for ballots, words in [
        (said("nowhere", 3), "no team nowhere"),
        (said("ann", 6), "no answer to q"),
        (said("ben", *[3] * 8), "more ballots than people"),
        ([Ballot(team="ann", answers=(3, 3))], "one place for each question"),
    ]:
        with pytest.raises(ValueError, match=words):
            release(ballots, COMPANY, ASK)


# Agreement


def test_a_word_about_agreement_stands_beside_teams_and_never_at_an_end_a_whole_or_a_lens():
    found = release(BALLOTS, COMPANY, ASK)
    assert found.find("q", "team", "ben").agreement == "alike"
    assert found.find("q", "team", "ann").agreement == ""
    assert {cell.agreement for cell in found.cells if cell.reach != "team"} == {""}
    apart = release(BALLOTS[:-5] + said("ben", 1, 5, 1, 5, 3), COMPANY, ASK)
    assert apart.find("q", "team", "ben").agreement == "differently"
    rng = np.random.default_rng(5)
    company = random_company(rng, 150, lens=True, questions=1)
    through = release(company.ballots, company.organization, company.policy)
    assert any(cell.reach == "lens" for cell in through.cells)
    assert {cell.agreement for cell in through.cells} == {""}


def test_a_held_figure_keeps_the_word_of_its_day():
    ballots = BALLOTS[:-5] + said("ben", 1, 5, 1, 5, 1)
    cell = release(ballots, NEW_MEMBER, later(90), earlier=[first()]).find("q", "team", "ben")
    assert (cell.held, cell.agreement) == (True, "alike")


# Over time


def later(days, **more):
    return dataclasses.replace(ASK, survey="s2", closed_on=DAY + timedelta(days=days), **more)


def first():
    return Earlier(released=release(BALLOTS, COMPANY, ASK), organization=COMPANY)


def test_the_same_survey_is_released_once():
    with pytest.raises(UnsafeReleaseError, match="released before"):
        release(BALLOTS, COMPANY, ASK, earlier=[first()])


def test_the_same_question_waits_sixty_days():
    soon = release(BALLOTS, COMPANY, later(59), earlier=[first()])
    assert soon.cells == ()
    assert "60 days" in soon.withheld[-1].why
    assert release(BALLOTS, COMPANY, later(60), earlier=[first()]).cells
    other = release(BALLOTS, COMPANY, later(10, questions=(Question(id="other"),)), earlier=[first()])
    assert other.cells


def test_a_wave_with_a_smaller_k_than_before_is_refused():
    before = Earlier(released=release(BALLOTS, COMPANY, dataclasses.replace(ASK, k=8)), organization=COMPANY)
    with pytest.raises(UnsafeReleaseError, match="promised 8"):
        release(BALLOTS, COMPANY, later(90), earlier=[before])


def test_a_change_is_told_in_words_where_the_notch_differs():
    ballots = BALLOTS[:-5] + said("ben", 4, 4, 4, 5, 4)
    found = release(ballots, COMPANY, later(90), earlier=[first()])
    assert found.find("q", "team", "ben").trend == "higher"
    assert found.find("q", "team", "ann").trend == "about the same"


def with_members(name, people):
    """The company with other people in one team."""
    return dataclasses.replace(
        COMPANY,
        teams=tuple(
            dataclasses.replace(one, members=tuple(people)) if one.id == name else one
            for one in COMPANY.teams
        ),
    )


BEN = COMPANY.teams[2].members
NEW_MEMBER = with_members("ben", (*BEN[:6], "new"))
BETTER = BALLOTS[:-5] + said("ben", 4, 4, 4, 5, 4)


def test_where_few_came_or_left_the_last_figure_is_shown_again_and_says_of_when():
    found = release(BETTER, NEW_MEMBER, later(90), earlier=[first()])
    ben = found.find("q", "team", "ben")
    assert (ben.shown, ben.held, ben.as_of, ben.trend) == (
        first().released.find("q", "team", "ben").shown, True, DAY, "",
    )  # fmt: skip
    ann = found.find("q", "team", "ann")
    assert (ann.held, ann.as_of, ann.trend) == (False, None, "about the same")
    assert restore(json.loads(json.dumps(to_json(found)))) == found


def test_a_whole_holds_its_figure_where_the_part_could_be_found_by_subtracting():
    found = release(BETTER, NEW_MEMBER, later(90), earlier=[first()])
    assert all(found.find("q", "organization", group).held for group in ("top", ""))


def test_a_figure_that_moved_further_than_those_who_came_can_explain_says_how_far_at_least():
    org = with_members("ann", (*COMPANY.teams[1].members[:11], "new"))
    ballots = said("ann", *[2] * 11) + BALLOTS[-5:]
    ann = release(ballots, org, later(90), earlier=[first()]).find("q", "team", "ann")
    # The step is a half, two people move the mean of eleven by 8/11, and 4.5 or more began at 4.25.
    assert (ann.shown.at, ann.shown.end, ann.held, ann.trend) == (3.0, "or less", False, "lower")


def test_who_came_and_left_is_counted_from_the_wave_whose_figure_is_shown():
    """Two of ben's come in each wave; after the sixth wave twelve have changed, and the figure is new."""
    earlier, people = [first()], list(BEN)
    for wave in range(1, 8):
        people = [*people[1:], f"new{wave}"]
        policy = dataclasses.replace(later(90 * wave), survey=f"s{wave + 1}")
        org = with_members("ben", people)
        found = release(BETTER, org, policy, earlier=earlier)
        cell = found.find("q", "team", "ben")
        if wave <= 5:
            assert (cell.held, cell.as_of, cell.shown.at) == (True, DAY, 2.0)
        if wave == 6:
            assert (cell.held, cell.shown.at, cell.trend) == (False, 4.0, "higher")
        if wave == 7:
            assert (cell.held, cell.as_of) == (True, earlier[-1].released.closed_on)
        earlier.append(Earlier(released=found, organization=org))


def test_without_the_wave_whose_figure_is_shown_there_is_none():
    second = release(BETTER, NEW_MEMBER, later(90), earlier=[first()])
    alone = Earlier(released=second, organization=NEW_MEMBER)
    found = release(BETTER, NEW_MEMBER, dataclasses.replace(later(180), survey="s3"), earlier=[alone])
    assert found.find("q", "team", "ben") is None
    assert "not at hand" in next(one.why for one in found.withheld if one.group == "ben")
    assert found.find("q", "team", "ann").shown.at == 4.5


def test_a_question_left_out_once_is_compared_with_the_wave_that_showed_it():
    other = dataclasses.replace(later(90), questions=(Question(id="other"),))
    between = Earlier(released=release(BETTER, COMPANY, other, earlier=[first()]), organization=COMPANY)
    third = dataclasses.replace(later(180), survey="s3")
    found = release(BETTER, NEW_MEMBER, third, earlier=[first(), between])
    assert (found.find("q", "team", "ben").held, found.find("q", "team", "ben").as_of) == (True, DAY)


def test_a_team_with_another_manager_is_known_by_its_people():
    org = dataclasses.replace(
        COMPANY,
        teams=(*COMPANY.teams[:2], Team(id="zoe", above="top", members=(*BEN[:6], "new"))),
    )
    ballots = BALLOTS[:-5] + said("zoe", 4, 4, 4, 5, 4)
    pulse = release(ballots, org, later(90), earlier=[first()]).find("q", "team", "zoe")
    assert (pulse.held, pulse.shown.at) == (True, 2.0)
    # Of another manager something else is asked, and nothing of the one before is shown again.
    upward = dataclasses.replace(ASK, kind="upward")
    before = Earlier(released=release(BALLOTS, COMPANY, upward), organization=COMPANY)
    about = release(ballots, org, later(90, kind="upward"), earlier=[before]).find("q", "team", "zoe")
    assert (about.held, about.shown.at, about.trend) == (False, 4.0, "")


def test_a_lens_is_shown_again_as_it_was_where_few_came_or_left():
    rng = np.random.default_rng(4)
    company = random_company(rng, 120, lens=True, questions=1)
    before = release(company.ballots, company.organization, company.policy)
    next_wave = dataclasses.replace(
        company.policy, survey="s2", closed_on=company.policy.closed_on + timedelta(90)
    )
    one, *others = company.organization.teams
    org = dataclasses.replace(
        company.organization, teams=(dataclasses.replace(one, members=(*one.members, "new")), *others)
    )
    earlier = [Earlier(released=before, organization=company.organization)]
    found = release(company.ballots, org, next_wave, earlier=earlier)
    values = [cell for cell in found.cells if cell.reach == "lens"]
    assert values
    assert all(cell.held and cell.as_of == company.policy.closed_on for cell in values)
    same = release(company.ballots, company.organization, next_wave, earlier=earlier)
    assert not any(cell.held for cell in same.cells)


# Comments and how many came


def test_comments_have_one_label_and_ten_people_behind_them():
    ballots = [
        dataclasses.replace(one, comments=(Comment(f"{one.team} {row}"),)) for row, one in enumerate(BALLOTS)
    ]
    found = release(ballots, COMPANY, ASK)
    labels = {one.text.split()[0]: (one.reach, one.group) for one in found.comments}
    # Ann has 11. Ben's five and nobody else are too few; so are the four at the top, in no block.
    assert labels == {"ann": ("team", "ann")}
    assert found.comments_held_back
    assert len(found.comments) == 11


def test_a_comment_keeps_what_its_author_chose_and_empty_ones_vanish():
    ballots = [
        *said("ann", *[4] * 9),
        *said("ann", 3, comments=(Comment("Not to her.", "not to the manager"), Comment("  "))),
        *said("ann", 3, comments=(Comment("A theme.", "themes"),)),
    ]
    found = release(ballots, COMPANY, ASK)
    assert {(one.text, one.choice) for one in found.comments} == {
        ("Not to her.", "not to the manager"),
        ("A theme.", "themes"),
    }
    assert not found.comments_held_back


def test_how_many_came_is_told_of_ten_or_more_in_tenths():
    found = release(BALLOTS, COMPANY, ASK)
    rates = {(one.reach, one.group): (one.low, one.high) for one in found.participation}
    assert rates == {
        ("team", "ann"): (90, 100), ("organization", "top"): (80, 90), ("organization", ""): (70, 80),
    }  # fmt: skip


def test_the_verdict_says_what_was_tried():
    verdict = release(BALLOTS, COMPANY, ASK).verdict
    assert isinstance(verdict, Verdict)
    assert (verdict.passed, verdict.k, verdict.smallest, verdict.rank) == (True, 5, 5, 2)
    assert verdict.fewest_possible >= 3
