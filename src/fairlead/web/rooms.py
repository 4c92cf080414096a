"""The rooms of the house, and how the ground asks each of them for its part.

A room offers a part by defining the function; a room without it has nothing to say. What can be
offered (all optional):

=============================  ===================================================================
``queries.today(person)``      ``Today | None``: the one thing to do, and what waits
``queries.FIELDS``             ``{"Model": {"field": "what it holds"}}``: every field, see ``rights``
``queries.export(person)``     ``{"Model": [row, ...]}``: everything about the person, see ``rights``
``queries.untold(person)``      ``Q``: lines of the record about the person that they do not read yet
``queries.shown_between(p, q)``  ``[Waiting]``: what one person shows to another at the moment
``queries.comments(k, id)``     what was written to its owner about one thing that was shown, see ``showing``
``queries.own_scores(p, q)``    ``{scale: (score, ISO date)}``: the newest own scores by a questionnaire
``reporting.others(p, q)``      what others said about the person, by what mirrors that questionnaire
``actions.forget(person)``     removes what a deleted row does not take along (files, other tables)
``actions.account_closed(p)``   ends what opens somebody's things without signing in
``actions.forget_names(one)``  takes somebody erased out of what names them inside other rows
``actions.take_over(a, b)``    gives the account ``a`` what names the place ``b`` in the roster, which goes
``actions.unit_merged(a, b)``  lets what names the unit ``a``, which goes, name the unit ``b``
``actions.coaching_over(...)``  ends what stood on a coaching with it: ``person``, ``coach``, by number
``actions.tick()``             what is due now and then: leftovers, reminders
``queries.skill_wish(p)``      ``(skill, why) | None``: the skill that somebody's direction asks for
``occasions.wished_skills(p)``  ``[(skill, why)]``: what the newest reading points at
``occasions.next_occasions(p)``  when recurring meetings come next, projected, without titles and names
``learning.learning(p)``       how far somebody is with each skill, for pages that name one, see ``learning``
``queries.published_framework()``  the framework that the organization published, or ``None``
``actions.record_result(...)``  writes down in somebody's evidence log what came of an opportunity
``queries.evidence_offered(p)``  what of that log somebody can choose out of for a case of their own
``actions.evidence_for(p, ids)``  copies of what they chose, as plain data
``actions.want_skill(...)``    puts a skill on somebody's list: ``actor``, ``about``, ``came_from``
``expiry.KEPT``                ``{"Model": "class"}``: how long each table is kept, see ``privacy.classes``
``expiry.EXPIRES``             ``{"class": clear(now, days) -> rows}``: how a class is cleared
=============================  ===================================================================
"""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOMS: Final = (
    "people", "roster", "grants", "sharing", "runs", "audits", "direction", "growth", "journey",
    "feedback", "handbook", "promotions", "privacy", "vault", "trail",
)  # fmt: skip


def offers(module: str, name: str) -> Iterator[tuple[str, Any]]:
    """Yield each room's part of that name, in the order of the rooms."""
    for room in ROOMS:
        path = f"fairlead.web.{room}"
        if find_spec(path) is None or find_spec(f"{path}.{module}") is None:
            continue
        part = getattr(import_module(f"{path}.{module}"), name, None)
        if part is not None:
            yield room, part
