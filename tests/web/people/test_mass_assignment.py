"""Every field of every table is posted to every form: only the named ones may move."""

from __future__ import annotations

import pytest
from django.apps import apps
from tests.cast import member
from tests.factories import RunFactory
from tests.walls.matrix import MATRIX
from tests.walls.test_access_matrix import path_of

from fairlead.web.people.models import Person, User
from fairlead.web.runs.models import Run

MAY_MOVE = {
    "account/settings/": {"Person.name", "Person.zone", "Person.work_from", "Person.work_to"},
    "accounts/password/change/": {"User.password"},
}
PLANTED = {"email": "planted@example.org", "name": "planted", "zone": "Pacific/Apia", "work_from": "01:00"}


def every_field():
    """Each field name once, with a value that would be believed."""
    names = {field.name for model in apps.get_models() for field in model._meta.concrete_fields}
    names |= {f"{name}_id" for name in names}
    return {name: PLANTED.get(name, "1") for name in sorted(names)}


def snapshot():
    """Give every value of every row; a row that ends or begins is the work of the form, not a field moved."""
    return {
        (row["id"], f"{model.__name__}.{name}"): value
        for model in (User, Person, Run)
        for row in model.objects.order_by("pk").values()
        for name, value in row.items()
        if name != "last_login"
    }


@pytest.mark.parametrize("route", [r for r, row in MATRIX.items() if set(row.post.split()) != {"405"}])
def test_a_form_moves_only_what_it_names(db, route):
    if route in {"accounts/logout/", "account/leave/"}:
        pytest.skip("its work is to end something, and it reads no field")
    ada = member("ada")
    RunFactory.create(owner=ada.person)
    row = MATRIX[route]
    path = path_of(route, row.own(ada.person) if row.own else {})
    before = snapshot()
    fields = {**every_field(), "work_to": "23:00", "owner": str(ada.person.pk), "is_superuser": "1"}
    ada.browser.post(path, fields)
    after = snapshot()
    moved = {name for pk, name in before.keys() & after.keys() if before[pk, name] != after[pk, name]}
    assert moved <= MAY_MOVE.get(route, set()), route
