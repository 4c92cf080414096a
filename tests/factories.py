"""How tests make rows: every value is said, none is drawn at random."""

from __future__ import annotations

import factory

from fairlead.web.people.models import Person, User
from fairlead.web.runs.models import Run


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person{n}@example.org")
    password = factory.django.Password("correct horse battery staple")


class PersonFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Person

    user = factory.SubFactory(UserFactory)
    name = factory.Sequence(lambda n: f"Person {n}")
    zone = "Europe/Berlin"


class RunFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Run

    owner = factory.SubFactory(PersonFactory)
    kind = "audit"
    params = factory.LazyFunction(dict)
