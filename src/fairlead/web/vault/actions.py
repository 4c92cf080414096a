"""What the vault does when somebody leaves, and what it clears up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from fairlead.web.people.models import Person
from fairlead.web.vault import keys
from fairlead.web.vault.tables import private_models
from fairlead.web.vault.viewer import on_duty

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet


@on_duty("erasure")
@transaction.atomic
def forget(person: Person) -> None:
    """Remove every private row of the person, and destroy the key that opens their copies."""
    for model in private_models():
        for path in model.seen_through:  # type: ignore[attr-defined]
            _rows(model).filter(**{path: person}).delete()
    keys.destroy(person.pk)


def tick() -> None:
    """Remove private rows and keys whose person is not here any more."""
    here = Person.objects.values("pk")
    with transaction.atomic():
        for model in private_models():
            for path in model.seen_through:  # type: ignore[attr-defined]
                if "__" not in path:
                    _rows(model).exclude(**{f"{path}__in": here}).delete()
        keys.destroy_orphans()


def _rows(model: type[Model]) -> QuerySet[Model]:
    return model._default_manager.all()  # noqa: SLF001 - Django's public name for it
