"""Read a role profile that a person or an organization wrote: what the role asks, in their own numbers."""

from __future__ import annotations

from datetime import date  # noqa: TC003 - pydantic reads the annotation when it builds the model
from typing import Annotated, Final, Self

from pydantic import Field, model_validator

from fairlead.core.roles import Demand, RoleProfile
from fairlead.core.work import ASKED_KINDS, LABELS, Competency
from fairlead.library.load import Document, read_yaml, validate
from fairlead.library.schema import Entry
from fairlead.library.wording import misfits

Amount = Annotated[float, Field(ge=0, le=1000, allow_inf_nan=False)]
Words = Annotated[str, Field(min_length=1, max_length=200)]

TEMPLATE: Final = """\
# A role profile of your own. Change the numbers, then:  fairlead audit CALENDAR.ics --role THIS-FILE.yaml
# Check it with:  fairlead check THIS-FILE.yaml
title: Team lead, customer service

# How much the role asks of each kind of work. Any numbers from 0; only their proportions count.
kinds:
  leading: 40
  managing: 40
  doing: 20

# How sure you are, in points of a hundred: 40 give or take 5 is 35 to 45.
give_or_take: 5

# The same for the twelve competencies, if you know them. Leave out the whole part if you do not;
# a competency that is left out of the list counts as not asked.
competencies:
  # managing
{managing}
  # leading
{leading}

# If you like: the day on which this was agreed, and anything a reader should know.
# as_of: 2026-01-31
# notes:
#   - Agreed between the team lead and the head of service.
"""


class AskedKinds(Entry):
    """How much of each kind of work is asked; only the proportions count."""

    leading: Amount
    managing: Amount
    doing: Amount

    @model_validator(mode="after")
    def _some_is_asked(self) -> Self:
        if not self.leading + self.managing + self.doing:
            raise misfits([(("leading",), "All three kinds are 0.", "At least one should be more than 0.")])
        return self


class AskedCompetencies(Entry):
    """How much of each competency is asked; one that is left out counts as not asked."""

    resource_allocation: Amount = 0.0
    process_implementation: Amount = 0.0
    performance_monitoring: Amount = 0.0
    risk_mitigation: Amount = 0.0
    continuous_improvement: Amount = 0.0
    reliability: Amount = 0.0
    vision_translation: Amount = 0.0
    conflict_navigation: Amount = 0.0
    strategic_influence: Amount = 0.0
    culture_shaping: Amount = 0.0
    developing_people: Amount = 0.0
    innovation: Amount = 0.0


class OwnRole(Entry):
    """The file: a title, the kinds of work, and what else is known."""

    title: Words
    kinds: AskedKinds
    give_or_take: Annotated[float, Field(ge=0, le=50, allow_inf_nan=False)] = 5.0
    competencies: AskedCompetencies | None = None
    as_of: date | None = None
    notes: Annotated[tuple[Words, ...], Field(max_length=10)] = ()


def read(file_name: str, data: bytes) -> RoleProfile:
    """Read and check a profile, or raise ``BadInput`` with the place of every problem."""
    return profile_in(read_yaml(file_name, data))


def profile_in(document: Document) -> RoleProfile:
    """Check a document that has been read, in this process or in the sandbox, and give its profile."""
    own = validate(OwnRole, document)
    width = own.give_or_take / 100.0
    kinds = {str(kind): getattr(own.kinds, kind) for kind in ASKED_KINDS}
    given = own.competencies.model_dump() if own.competencies else {}
    competencies = {str(name): given.get(str(name)) for name in Competency}
    return RoleProfile(
        code=f"own-{document.sha256[:12]}",
        title=own.title,
        source="own",
        job_zone=None,
        kinds=_demands(kinds, width),
        competencies=_demands(competencies, width),
        as_of=own.as_of.isoformat() if own.as_of else None,
        notes=(f"Written by hand, give or take {own.give_or_take:g} points of a hundred.", *own.notes),
    )


def template() -> str:
    """Give a profile with comments that passes the check as it stands."""
    return TEMPLATE.format(
        managing="\n".join(_template_lines(tuple(Competency)[:6])),
        leading="\n".join(_template_lines(tuple(Competency)[6:])),
    )


def _template_lines(names: tuple[Competency, ...]) -> list[str]:
    return [f"  {name}: 5  # {LABELS[name].lower()}" for name in names]


def _demands(amounts: dict[str, float | None], width: float) -> tuple[Demand, ...]:
    """Turn amounts into shares with their give or take; none at all where nothing was given."""
    total = sum(amount for amount in amounts.values() if amount is not None)
    demands = []
    for name, amount in amounts.items():
        share = amount / total if amount is not None and total > 0 else None
        demands.append(
            Demand(
                name=name,
                level=None,
                emphasis=None,
                share=share,
                share_low=None if share is None else max(0.0, share - width),
                share_high=None if share is None else min(1.0, share + width),
            )
        )
    return tuple(demands)
