"""What somebody states about themselves: kept for them, changed, taken back.

No line in the record says that somebody did: whoever reads the record would know who stated something.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from fairlead.web import trail, vault
from fairlead.web.promotions.apart_models import SelfStatement
from fairlead.web.promotions.impact_models import StatementQuestion

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fairlead.web.people.models import Person


def questions() -> list[StatementQuestion]:
    """Give what is asked, in its order."""
    return list(StatementQuestion.objects.order_by("place"))


def own(person: Person) -> SelfStatement | None:
    """Give what the person states about themselves."""
    return SelfStatement.objects.filter(owner=person).first()


@transaction.atomic
def state(person: Person, answers: Mapping[str, str]) -> None:
    """Keep what somebody states, by the number of the question; nothing stated leaves nothing behind."""
    if not answers:
        withdraw(person)
        return
    found = own(person) or SelfStatement(owner=person)
    found.content, found.changed_at = dict(answers), timezone.now()
    found.save()


def withdraw(person: Person) -> None:
    """Take everything back that somebody stated."""
    SelfStatement.objects.filter(owner=person).delete()


def stated(asked: Sequence[StatementQuestion]) -> list[dict[str, str]]:
    """Give for each question what each person states, by their numbers; for the one calculation alone.

    An answer that is no longer offered counts as not stated: nothing is guessed into another one.
    """
    with vault.on_duty("equality"):
        said = {
            str(owner): content
            for owner, content in SelfStatement.objects.values_list("owner", "content")
            if isinstance(content, dict)
        }
    return [
        {
            person: answer
            for person, content in said.items()
            if (answer := content.get(str(one.pk), "")) in one.categories
        }
        for one in asked
    ]


@transaction.atomic
def ask(actor: Person, wanted: Sequence[tuple[str, Sequence[str]]]) -> None:
    """Write down what people may state; a question that keeps its name keeps what was stated to it."""
    before = {one.name: one for one in StatementQuestion.objects.select_for_update()}
    for name in before.keys() - {name for name, _categories in wanted}:
        trail.record(actor, "stop_asking", before[name])
        before[name].delete()
    for place, (name, categories) in enumerate(wanted):
        one = before.get(name) or StatementQuestion(name=name)
        if (one.place, one.categories) == (place, list(categories)):
            continue
        one.place, one.categories, one.written_by = place, list(categories), actor
        one.save()
        trail.record(actor, "ask_statement", one, answers=len(categories))
