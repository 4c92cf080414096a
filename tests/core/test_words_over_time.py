"""A word about agreement over time: what the first wave kept to itself, a later one does not say."""

import dataclasses
import datetime as dt

import numpy as np
from tests.walls.attacker import Company, random_company

from fairlead.core.blocks import Organization
from fairlead.core.disclosure import Earlier, release


def without(company: Company, gone: str) -> Company:
    """Let one person leave; everybody else answers as before, seventy days later."""
    teams = tuple(
        dataclasses.replace(team, members=tuple(one for one in team.members if one != gone))
        for team in company.organization.teams
    )
    kept = [row for row, one in enumerate(company.people) if one != gone]
    policy = dataclasses.replace(
        company.policy, survey="s2", closed_on=company.policy.closed_on + dt.timedelta(days=70)
    )
    return Company(
        Organization(teams=teams, alone=company.organization.alone),
        [company.ballots[row] for row in kept],
        policy,
        [company.people[row] for row in kept],
    )


def test_a_team_in_which_nothing_changed_is_told_no_more_than_the_first_time():
    """The whole is held when one person leaves elsewhere, and says less then; what it said is known."""
    rng = np.random.default_rng(31)
    told, new = 0, []
    for number in range(250):
        company = random_company(rng, 30, questions=3, skips=0.0, rate=0.9, mood=(0.2, 0.8)[number % 2])
        first = release(company.ballots, company.organization, company.policy)
        heads = {team.id for team in company.organization.teams}
        leaver = str(rng.choice([one for one in company.people if one not in heads]))
        later = without(company, leaver)
        second = release(
            later.ballots,
            later.organization,
            later.policy,
            earlier=[Earlier(released=first, organization=company.organization)],
        )
        same = {team.id for team in company.organization.teams if leaver not in team.members}
        for cell in second.cells:
            before = first.find(cell.question, cell.reach, cell.group)
            if cell.reach == "team" and cell.group in same and before is not None:
                told += before.agreement != ""
                new += [cell] if cell.agreement not in {"", before.agreement} else []
    assert told > 50
    assert new == []
