"""Who gets what from the addresses of colleagues' input."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.factories import PersonFactory
from tests.web.promotions.calibration_matrix import NOBODY, NOWHERE, a_case, people

from fairlead.web.promotions.apart_models import PeerWords
from fairlead.web.promotions.case_models import PeerInput

if TYPE_CHECKING:
    from fairlead.web.promotions.models import Nomination


def asked(case: Nomination, author: Any, form: str = "named", state: str = "asked", **values: Any) -> Any:
    return PeerInput.objects.create(nomination=case, author=author, form=form, state=state, **values)


def own_case(person: Any) -> dict[str, Any]:
    return {"pk": a_case(person, "calibrating").pk}


def own_question(person: Any) -> dict[str, Any]:
    """The person is asked about somebody else."""
    return {"pk": asked(a_case(PersonFactory.create(), "calibrating"), person).pk}


def own_summary(person: Any) -> dict[str, Any]:
    found = asked(
        a_case(person, "calibrating"), PersonFactory.create(), "summarized", "written", leaning="for"
    )
    return {"pk": found.voice}


def own_voice(person: Any) -> dict[str, Any]:
    author = PersonFactory.create()
    found = asked(a_case(person, "calibrating"), author, "named", "written", leaning="against")
    PeerWords.objects.create(owner=author, input=found, text="What I saw")
    return {"pk": found.voice}


def rows(row: Any) -> dict[str, Any]:
    """Manager and committee; the author; never the candidate while the round runs."""
    return {
        "promotions/cases/<uuid:pk>/peers/": row(
            NOBODY, NOBODY, own=own_case, missing=NOWHERE, roles=people("200", "422", "ben", "dora")
        ),
        "promotions/peers/<uuid:pk>/": row("in 200 404", "in 422 404", own=own_question, missing=NOWHERE),
        "promotions/peers/<uuid:pk>/summary/": row(
            NOBODY, NOBODY, own=own_summary, missing=NOWHERE, roles=people("200", "422", "dora")
        ),
        "promotions/peers/<uuid:pk>/answer/": row(
            NOBODY, NOBODY, own=own_voice, missing=NOWHERE, roles=people("200", "422", "ben", "dora")
        ),
    }
