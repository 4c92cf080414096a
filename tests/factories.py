"""How tests make rows: every value is said, none is drawn at random."""

from __future__ import annotations

import datetime as dt

import factory

from fairlead.web.grants.models import Grant
from fairlead.web.people.models import Person, User
from fairlead.web.roster.models import Position, Unit
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


class UnitFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Unit

    name = factory.Sequence(lambda n: f"Unit {n}")


class PositionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Position

    person = factory.SubFactory(PersonFactory)
    since = dt.date(2024, 1, 1)


class GrantFactory(factory.django.DjangoModelFactory):
    """A role that two people have said yes to, standing for years."""

    class Meta:
        model = Grant

    person = factory.SubFactory(PersonFactory)
    since = dt.date(2024, 1, 1)
    until = dt.date(2099, 12, 31)
    reason = "In the job"
    proposed_by = factory.SubFactory(PersonFactory)
    confirmed_by = factory.SubFactory(PersonFactory)
    confirmed_at = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)
