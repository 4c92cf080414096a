"""One screen as a form: every kind of question comes back as it was given."""

from __future__ import annotations

from types import SimpleNamespace

from django.http import QueryDict
from tests.library.every_kind import every_kind

from fairlead.web.audits.steps import StepForm, step_initial

FORM = every_kind()
SCREEN = FORM.sections[-1]


def sent(**said):
    data = QueryDict(mutable=True)
    for name, value in said.items():
        data[name.replace("__", ".")] = value
    return StepForm(FORM, SCREEN, data)


def test_dates_words_and_register_lines_come_back_as_they_were_given():
    form = sent(
        decided_on="2026-12-01",
        first_step="  On Monday.",
        payoff_register__training="onboarding",
        payoff_register__own="tidy the wiki\nfewer tools",
        me_energy="2",
    )
    assert form.is_valid(), form.errors
    values, texts = form.answers()
    assert values == {"me_energy": 2.0, "them_energy": None, "want_out": None}
    assert texts == {
        "decided_on": "2026-12-01",
        "first_step": "On Monday.",
        "payoff_register": "training: onboarding\nown: tidy the wiki\nown: fewer tools",
    }
    again = step_initial(SCREEN, SimpleNamespace(values={"me_energy": 2.0}, texts=texts))
    assert again["payoff_register.training"] == "onboarding"
    assert again["payoff_register.own"] == "tidy the wiki\nfewer tools"
    assert (again["decided_on"], again["first_step"], again["me_energy"]) == ("2026-12-01", "On Monday.", "2")


def test_what_is_no_date_is_refused():
    form = sent(decided_on="soon")
    assert list(form.errors) == ["decided_on"]
