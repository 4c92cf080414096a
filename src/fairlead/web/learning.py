"""How far somebody is with a skill, as the room of skills tells it to whatever page names the skill.

A room says it in ``learning.learning(person)``, which gives a function of the skill; so a step that
asks to learn something knows that it is being learned, and no page asks to begin anew what runs (row 192).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fairlead.web.rooms import offers

if TYPE_CHECKING:
    from collections.abc import Callable

    from fairlead.web.people.models import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Learning:
    """One skill on somebody's list: how far it is, what is next there, and where.

    ``is_on_the_list`` is false where it would be put there: then ``says`` is what would become of it.
    """

    says: str
    href: str
    link: str
    is_on_the_list: bool = True


def learning(person: Person) -> Callable[[str], Learning | None]:
    """Give what says how far somebody is with each skill: the list is read once, however many are asked.

    It gives ``None`` where nothing is known of a skill and nothing is in its way.
    """
    asked = [ask(person) for _room, ask in offers("learning", "learning")]
    return lambda about: next((found for ask in asked if about and (found := ask(about))), None)
