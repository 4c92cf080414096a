"""Who gets what from every address of My growth: only the owner, and nobody else anything."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from tests.web.growth import made

from fairlead.web.growth import dates
from fairlead.web.growth.models import Skill, Training

if TYPE_CHECKING:
    from collections.abc import Callable

NOWHERE = "00000000-0000-4000-8000-000000000000"
SHOWN = "405 405 405"


def own_skill(person: Any) -> dict[str, Any]:
    there = Skill.objects.filter(owner=person, about="innovation").first()
    return {"pk": (there or made.skill(person, "innovation", state="put_aside")).pk}


def own_skill_to_move(person: Any) -> dict[str, Any]:
    return own_skill(person) | {"verb": "up"}


def own_experiment(person: Any) -> dict[str, Any]:
    there = Skill.objects.filter(owner=person, state="open").first()
    skill = there or made.skill(person, state="open", opened_on="2026-01-05")
    running = skill.experiments.filter(ended_on=None).first()
    return {"pk": (running or made.experiment(skill)).pk}


def own_practice(person: Any) -> dict[str, Any]:
    experiment = own_experiment(person)["pk"]
    return {"pk": made.practice(made.Experiment.objects.get(pk=experiment)).pk}


def own_training(person: Any) -> dict[str, Any]:
    return {"pk": Training.objects.create(owner=person, name="A course", kind="training").pk}


def own_address(person: Any) -> dict[str, Any]:
    return {"token": dates.make(actor=person)}


def a_page(_person: Any) -> dict[str, Any]:
    return {"about": "reliability"}


def rows(row: Callable[..., Any]) -> dict[str, Any]:
    """The rows of the table; ``missing`` is the same address with a number that names nothing."""
    skill = {"own": own_skill, "missing": {"pk": NOWHERE}}
    tried = {"own": own_experiment, "missing": {"pk": NOWHERE}}
    done = {"own": own_practice, "missing": {"pk": NOWHERE}}
    entry = {"own": own_training, "missing": {"pk": NOWHERE}}
    found = {
        "growth/": row("in 200 200", SHOWN),
        "growth/skills/": row(SHOWN, "in 422 422"),
        "growth/skills/<uuid:pk>/": row("in 200 404", SHOWN, **skill),
        "growth/skills/<uuid:pk>/begin/": row("in 200 404", "in 422 404", **skill),
        "growth/skills/<uuid:pk>/do/<slug:verb>/": row(
            SHOWN, "in 302 404", own=own_skill_to_move, missing={"pk": NOWHERE, "verb": "up"}
        ),
        "growth/experiments/<uuid:pk>/plan/": row("in 200 404", "in 422 404", **tried),
        "growth/experiments/<uuid:pk>/measure/": row("in 200 404", "in 422 404", **tried),
        "growth/experiments/<uuid:pk>/stop/": row(SHOWN, "in 422 404", **tried),
        "growth/experiments/<uuid:pk>/remind/": row(SHOWN, "in 302 404", **tried),
        "growth/planned/<uuid:pk>/done/": row(SHOWN, "in 302 404", **done),
        "growth/planned/<uuid:pk>/remove/": row(SHOWN, "in 302 404", **done),
        # what the library says of a skill is the same for everybody
        "growth/practices/<slug:about>/": row(
            "in 200 200", SHOWN, own=a_page, missing={"about": "no-such-skill"}
        ),
        "growth/training/": row("in 200 200", "in 422 422"),
        "growth/training/<uuid:pk>/": row("in 200 404", "in 422 404", **entry),
        "growth/training/<uuid:pk>/remove/": row(SHOWN, "in 302 404", **entry),
        "growth/dates/": row("in 200 200", "in 200 200"),
        "growth/dates/close/": row(SHOWN, "in 302 302"),
        # the address is the secret: whoever has it is answered, without a word about what was planned
        "growth/dates/<str:token>.ics": row(
            "200 200 200", SHOWN, own=own_address, missing={"token": "x" * 43}
        ),
    }
    if find_spec("tests.web.growth.later_matrix"):
        found |= import_module("tests.web.growth.later_matrix").rows(row)
    return found
