"""Small calendars, roles and answers for the tests of the audit; only what a test says is special."""

from __future__ import annotations

from datetime import date, timedelta

from fairlead.core.calendars import Behaviour, KindHours, OneToOnes, Share, TimeAudit, WeekReading
from fairlead.core.figures import Figure
from fairlead.core.roles import Demand, RoleProfile
from fairlead.core.scales import NumberAnswer, ScaleScore, Scored
from fairlead.core.work import ASKED_KINDS, LABELS, Competency

FIRST = date(2026, 8, 24)  # a Monday
EVEN = dict.fromkeys(Competency, 1 / 12)


def figure(name, value, *, low=None, high=None, unit="share", n=13, n_of="weeks", as_of="2026-11-20"):
    return Figure(
        name=name,
        value=value,
        low=low,
        high=high,
        unit=unit,
        n=n,
        n_of=n_of,
        formula="As given.",
        as_of=as_of,
    )


def time_audit(
    weeks,
    *,
    competencies=None,
    events_each=20,
    figures=(),
    reports=(),
    after=(),
    weekend=(),
    full_days=0,
    free=0.0,
):
    """Weeks are (leading, managing, doing[, firefighting[, unclear[, recovery]]]) in hours."""
    names = ("leading", "managing", "doing", "firefighting", "unclear", "recovery")
    read = []
    for i, week in enumerate(weeks):
        hours = KindHours(**dict(zip(names, week, strict=False)))
        read.append(
            WeekReading(
                monday=(FIRST + timedelta(weeks=i)).isoformat(), complete=True, events=20, hours=hours,
                reactive_hours=0.0, high_payoff_hours=0.0, meeting_hours=0.0,
                after_hours=after[i] if i < len(after) else 0.0,
                weekend_hours=weekend[i] if i < len(weekend) else 0.0,
                focus_hours=free, focus_blocks=0, fragmented_hours=0.0, days_without_free_hour=full_days,
                missed_personal=0,
            )
        )  # fmt: skip
    total = KindHours(**{name: sum(getattr(week.hours, name) for week in read) for name in names})
    shares = {} if competencies is None else competencies
    return TimeAudit(
        first_day=FIRST.isoformat(),
        last_day=(FIRST + timedelta(weeks=len(read), days=-3)).isoformat(),
        zone="Europe/Berlin", working_hours="Mon-Fri 09:00-17:30", events=20 * len(read), hours=total,
        figures=tuple(figures), weeks=tuple(read), by_size=(), by_relation=(),
        competencies=tuple(
            Share(name=name, label=LABELS[name], hours=hours, events=events_each)
            for name, hours in shares.items()
        ),
        high_payoff=(), one_to_ones=tuple(reports), rules=(), unsorted=(),
        behaviour=Behaviour(
            index=None, low=None, high=None, level=0.8, units=0, too_little="Not read.", method="none"
        ),
        left_out=(),
    )  # fmt: skip


def one_to_one(report, meetings, since):
    return OneToOnes(
        report=report, meetings=meetings, hours=meetings / 2, median_gap_days=None, days_since_last=since
    )


def role(kinds=(0.4, 0.3, 0.3), competencies=None, *, spread=0.0):
    """Shares with an interval of plus and minus ``spread``; none of it when ``spread`` is 0."""

    def demand(name, share):
        low, high = (None, None) if not spread else (max(share - spread, 0.0), min(share + spread, 1.0))
        return Demand(name=name, level=None, emphasis=None, share=share, share_low=low, share_high=high)

    return RoleProfile(
        code="own", title="Head of Testing", source="own", job_zone=None, as_of="2026-01-01",
        kinds=tuple(demand(kind, share) for kind, share in zip(ASKED_KINDS, kinds, strict=True)),
        competencies=tuple(demand(name, share) for name, share in (competencies or EVEN).items()),
    )  # fmt: skip


def scale(about, score, *, half=0.3, better="neither", on="2026-11-20", n=3, name=""):
    """A scale of options 1 to 5."""
    return ScaleScore(
        scale=name or about.replace(".", "_"), label=about, about=about, score=score,
        low=None if score is None else max(1.0, score - half),
        high=None if score is None else min(5.0, score + half),
        low_option=1.0, high_option=5.0, n_items=n, n_answered=0 if score is None else n, answered_on=on,
        formula="The mean of the items.", too_little="" if score is not None else "Too few answers.",
        better=better, keyed=() if score is None else tuple((f"{about}{i}", score) for i in range(n)),
        min_answered=2,
    )  # fmt: skip


def not_mine(about, *, on="2026-11-20"):
    return ScaleScore(
        scale=about, label=about, about=about, score=None, low=None, high=None, low_option=1.0,
        high_option=5.0, n_items=3, n_answered=0, n_not_mine=3, answered_on=on, formula="",
        too_little="No part of your work.",
    )  # fmt: skip


def answers(*scores, instrument="role-audit", on="2026-11-20", numbers=()):
    return Scored(
        instrument=instrument, version="1.0", answered_on=on, scores=tuple(scores), numbers=tuple(numbers)
    )


def percent(item, about, value, *, on="2026-11-20"):
    return NumberAnswer(item=item, label=item, about=about, unit="percent", value=value, answered_on=on)


def role_audit(level=3.0, *, on="2026-11-20", half=0.3, **others):
    """Answers about all twelve competencies at one level, some of them at another."""
    return answers(*(scale(one, others.get(one, level), on=on, half=half) for one in Competency), on=on)


def rut_check(symptoms=3.0, balance=3.0, loved=50.0, *, on="2026-11-20", half=0.3):
    return answers(
        scale("symptoms", symptoms, better="lower", on=on, n=6, half=half),
        scale("balance", balance, better="higher", on=on, n=5, half=half),
        instrument="rut-check",
        on=on,
        numbers=(percent("loved_now", "loved_work", loved, on=on),),
    )
