"""Small calendars for tests, one line per event; unusual facts only."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import numpy as np

from fairlead.core.tables import NO_NOTICE, ORGANIZER_RELATIONS, Meetings

COUNTS = ("reports", "managers", "peers", "other_functions", "outside", "unknown")
FLAGS = ("recurring", "all_day", "transparent", "private", "personal")
EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


def event(title, start, minutes=60, **facts):
    """``start`` is wall clock; ``day`` adds days; ``notice`` is hours before the start."""
    return {"title": title, "start": start, "minutes": minutes, **facts}


def table(*events, zone="UTC", labels=()):
    place = ZoneInfo(zone)
    rows = []
    for number, facts in enumerate(events):
        naive = dt.datetime.fromisoformat(facts["start"]) + dt.timedelta(days=facts.get("day", 0))
        start = (naive.replace(tzinfo=place) - EPOCH) // dt.timedelta(minutes=1)
        end = start + facts["minutes"]
        if facts.get("all_day"):
            final = (naive + dt.timedelta(minutes=facts["minutes"])).replace(tzinfo=place)
            end = (final - EPOCH) // dt.timedelta(minutes=1)
        notice = facts.get("notice", 200)
        created = NO_NOTICE if notice is None else start - round(notice * 60)
        rows.append((start, end, created, number, facts))
    rows.sort(key=lambda row: row[0])
    facts = [row[4] for row in rows]

    def local(minute):
        moment = (EPOCH + dt.timedelta(minutes=minute)).astimezone(place).replace(tzinfo=dt.UTC)
        return (moment - EPOCH) // dt.timedelta(minutes=1)

    counts = {name: np.array([f.get(name, 0) for f in facts], dtype=np.int16) for name in COUNTS}
    return Meetings(
        zone=zone,
        start_utc=np.array([row[0] for row in rows], dtype=np.int64),
        end_utc=np.array([row[1] for row in rows], dtype=np.int64),
        start_local=np.array([local(row[0]) for row in rows], dtype=np.int64),
        end_local=np.array([local(row[1]) for row in rows], dtype=np.int64),
        created=np.array([row[2] for row in rows], dtype=np.int64),
        series=np.array(
            [f.get("series", 1000 + row[3]) for f, row in zip(facts, rows, strict=True)], dtype=np.int32
        ),
        response=np.array([f.get("response", 0) for f in facts], dtype=np.int8),
        organizer=np.array(
            [ORGANIZER_RELATIONS.index(f.get("organizer", "self")) for f in facts], dtype=np.int8
        ),
        functions=np.array([f.get("functions", 0) for f in facts], dtype=np.int8),
        one_to_one=np.array([f.get("one_to_one", -1) for f in facts], dtype=np.int32),
        title=tuple(f["title"] for f in facts),
        categories=((),) * len(facts),
        report_labels=labels,
        **counts,
        **{name: np.array([bool(f.get(name)) for f in facts], dtype=bool) for name in FLAGS},
    )
