"""A role audit with every part filled, made by hand, for what is drawn and printed from it."""

from __future__ import annotations

from datetime import date, timedelta

from fairlead.core.audit import (
    AspectReading,
    Gap,
    MapPoint,
    NextStep,
    RoleAudit,
    RutReading,
    Stage,
    Warning,  # noqa: A004 - the product's own word for it
)
from fairlead.core.figures import Figure
from fairlead.core.roles import Demand, RoleProfile
from fairlead.core.scales import Drift
from fairlead.core.time_results import (
    Behaviour,
    KindHours,
    OneToOnes,
    RuleUse,
    Share,
    TimeAudit,
    Unsorted,
    WeekReading,
)
from fairlead.core.work import Competency, HighPayoff, Kind, label

FIRST = date(2026, 3, 2)
ATTRIBUTION = (
    "This includes information from the O*NET 30.1 Database by the U.S. Department of Labor, Employment "
    "and Training Administration (USDOL/ETA), used under the CC BY 4.0 license. Fairlead has modified it."
)


def figure(name, value, unit, *, low=None, high=None, n=12, n_of="weeks", **more):
    return Figure(
        name=name,
        value=value,
        unit=unit,
        n=n,
        n_of=n_of,
        formula=more.pop("formula", f"{name.replace('_', ' ')}, summed over the period."),
        left_out=more.pop("left_out", "declined and cancelled events."),
        as_of="2026-05-24",
        low=low,
        high=high,
        level=0.8 if low is not None else None,
        **more,
    )


def week(number):
    extra = number % 4
    return WeekReading(
        monday=(FIRST + timedelta(weeks=number)).isoformat(),
        complete=number != 11,
        events=24 + extra,
        hours=KindHours(
            leading=5.5 + 0.5 * extra,
            managing=11.25 - extra,
            doing=9.5,
            firefighting=4.0 + 1.5 * extra,
            recovery=1.0,
            unclear=2.25,
        ),
        reactive_hours=5.0 + extra,
        high_payoff_hours=3.5,
        meeting_hours=22.0,
        after_hours=1.5 * extra,
        weekend_hours=2.0 if extra == 3 else 0.0,
        focus_hours=4.0,
        focus_blocks=2,
        fragmented_hours=6.5,
        days_without_free_hour=extra,
        missed_personal=1 if extra == 3 else 0,
    )


def share(word, hours, events):
    return Share(name=str(word), label=label(word), hours=hours, events=events)


def time_audit(weeks=12):
    return TimeAudit(
        first_day="2026-03-02",
        last_day="2026-05-24",
        zone="Europe/Berlin",
        working_hours="09:00–17:30, Monday to Friday",
        events=306,
        hours=KindHours(
            leading=75.0, managing=117.0, doing=114.0, firefighting=75.0, recovery=12.0, unclear=27.0
        ),
        figures=(
            figure("work_hours", 381.0, "hours", n=306, n_of="events"),
            figure("hours_per_week", 31.75, "hours", low=30.1, high=33.2),
            figure("reactive_share", 0.224, "share", low=0.19, high=0.26, n=306, n_of="events"),
            figure("firefighting_share", 0.179, "share", low=0.15, high=0.21),
            figure("high_payoff_share", 0.11, "share", low=0.08, high=0.14),
            figure("unclear_share", 0.064, "share"),
            figure("after_hours", 27.0, "hours"),
            figure("weekend_hours", 6.0, "hours"),
            figure("focus_blocks_per_week", 2.0, "count"),
            figure(
                "holiday_hours",
                None,
                "hours",
                n=0,
                n_of="days",
                too_little="The calendar marks no days off; add them as all-day events.",
            ),
        ),
        weeks=tuple(week(number) for number in range(weeks)),
        by_size=(
            Share(name="2", label="You and one other", hours=60.5, events=88),
            Share(name="3-8", label="3 to 8 people", hours=140.0, events=120),
            Share(name="9+", label="9 people and more", hours=63.0, events=31),
        ),
        by_relation=(share("report", 110.0, 120), share("manager", 22.0, 24), share("outside", 40.0, 30)),
        competencies=(
            share(Competency.PERFORMANCE_MONITORING, 61.0, 60),
            share(Competency.RESOURCE_ALLOCATION, 30.0, 22),
            share(Competency.DEVELOPING_PEOPLE, 44.0, 58),
            share(Competency.VISION_TRANSLATION, 9.0, 6),
        ),
        high_payoff=(share(HighPayoff.TRAINING, 21.0, 14), share(HighPayoff.CUSTOMERS, 15.0, 9)),
        one_to_ones=(
            OneToOnes(report="report 1", meetings=11, hours=6.5, median_gap_days=7.0, days_since_last=4),
            OneToOnes(report="report 2", meetings=4, hours=2.0, median_gap_days=21.0, days_since_last=30),
            OneToOnes(report="report 3", meetings=0, hours=0.0, median_gap_days=None, days_since_last=None),
        ),
        rules=(
            RuleUse(
                rule="one-to-one-report",
                kind="leading",
                reason="One-to-one with a report",
                events=58,
                hours=31.0,
            ),
        ),
        unsorted=(
            Unsorted(
                series=3,
                title="Jour fixe <Atlas>",
                when="Tuesdays 10:00",
                people="6 people",
                events=12,
                hours=12.0,
            ),
            Unsorted(series=9, title="", when="Mon 4 May, 15:00", people="2 people", events=1, hours=1.0),
        ),
        behaviour=Behaviour(
            index=None,
            low=None,
            high=None,
            level=0.8,
            units=6,
            too_little="Six weeks carry what this needs; it wants twelve.",
            method="Bandiera et al. (2020)",
        ),
        left_out=(("cancelled", 4), ("declined", 9)),
        notes=("Two weeks of leave are not counted as weeks of work.",),
    )


def demand(name, share_, low, high):
    return Demand(name=name, level=0.6, emphasis=0.4, share=share_, share_low=low, share_high=high)


def role():
    return RoleProfile(
        code="11-9041.00",
        title="Architectural and Engineering Managers",
        source="onet",
        job_zone=5,
        kinds=(
            demand("leading", 0.36, 0.31, 0.41),
            demand("managing", 0.38, 0.33, 0.43),
            demand("doing", 0.26, 0.2, 0.32),
        ),
        competencies=tuple(demand(c.value, 1 / 12, 0.06, 0.11) for c in Competency),
        attribution=ATTRIBUTION,
        as_of="2025-12-01",
    )


def gap(word, asked, done, *, clear):
    apart = "asks for more" if asked > done else "asks for less"
    return Gap(
        name=str(word),
        label=label(word),
        asked=figure(
            f"asked_{word}", asked, "share", low=asked - 0.05, high=asked + 0.05, n=40, n_of="activities"
        ),
        done=figure(f"done_{word}", done, "share", low=done - 0.03, high=done + 0.03),
        gap=asked - done,
        clear=clear,
        says=f"The role {apart} {label(word).lower()} than you do." if clear else "The two intervals meet.",
    )


def point(who, word, leading, managing, as_of, n_of):
    return MapPoint(
        who=who,
        label=word,
        leading=leading,
        leading_low=leading - 0.06,
        leading_high=leading + 0.06,
        managing=managing,
        managing_low=managing - 0.05,
        managing_high=managing + 0.05,
        as_of=as_of,
        n=12,
        n_of=n_of,
    )


def role_audit():
    return RoleAudit(
        method="audit-1",
        made_on="2026-05-25",
        time=time_audit(),
        role=role(),
        scored=(),
        gaps=(
            gap(Kind.LEADING, 0.36, 0.2, clear=True),
            gap(Kind.MANAGING, 0.38, 0.31, clear=False),
            gap(Kind.DOING, 0.26, 0.3, clear=False),
        ),
        map=(
            point("asked", "Asked by the role", 0.62, 0.66, "2025-12-01", "activities"),
            point("calendar", "Your calendar", 0.24, 0.45, "2026-02-22", "weeks"),
            point("calendar", "Your calendar", 0.33, 0.52, "2026-05-24", "weeks"),
            point("self", "You yourself", 0.41, 0.55, "2026-05-20", "answers"),
        ),
        aspects=(
            AspectReading(
                aspect="communication",
                label="Communication",
                leading=figure(
                    "communication_leading", 2.4, "points", low=2.0, high=2.8, n=3, n_of="answers"
                ),
                managing=figure(
                    "communication_managing", 4.1, "points", low=3.7, high=4.5, n=3, n_of="answers"
                ),
                leaning="managing",
                says="You tell what and when more often than why.",
                if_it_lasts="People do as told and stop bringing ideas.",
            ),
        ),
        warnings=(
            Warning(
                id="firefighting",
                row=182,
                title="Urgent work crowds out the rest",
                evidence=("18 % of hours are firefighting.", "5 of 12 weeks had no focus block."),
                says="What nobody prevents comes back.",
            ),
        ),
        rut=RutReading(
            index=figure("rut_index", 0.46, "share", low=0.38, high=0.54, n=24, n_of="answers"),
            parts=(figure("symptoms", 0.5, "share", n=8, n_of="answers"),),
            drift=(
                Drift(
                    scale="rut_index",
                    label="Rut index",
                    earlier_on="2026-02-20",
                    later_on="2026-05-20",
                    earlier=0.38,
                    later=0.46,
                    change=0.08,
                    low=-0.02,
                    high=0.18,
                    moved="about the same",
                ),
                Drift(
                    scale="balance",
                    label="Balance with life outside work",
                    earlier_on="2026-02-20",
                    later_on="2026-05-20",
                    earlier=3.4,
                    later=2.5,
                    change=-0.9,
                    low=-1.4,
                    high=-0.4,
                    moved="lower",
                ),
            ),
            expires_on="2026-08-20",
            says="Some signs of a rut, about as many as in February.",
        ),
        way_out=(
            Stage(weeks="1 to 2", does="Clear the decks.", shows="One focus block a week."),
            Stage(weeks="3 to 6", does="Hand over one recurring task.", shows="Reactive share below 20 %."),
        ),
        next_step=NextStep(
            id="one-to-ones",
            about="leading",
            title="Meet report 3 one to one this week",
            does="Set up thirty minutes every week and let them bring the agenda.",
            why="The role asks for more leading than you do, and one report has not met you alone.",
            rule="The largest gap that you can move and that the role asks for comes first.",
            measure_again_on="2026-06-22",
        ),
        notes=("The role profile describes an occupation, not your own contract.",),
    )
