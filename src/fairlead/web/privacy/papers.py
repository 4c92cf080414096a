"""The processing record and the works-council sheet, made from the settings and tables that are live.

Nothing in them is typed by hand twice: purposes and measures stand here, periods come from the
settings, fields from every room, readers from the table in ``access``.
"""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.db import connection
from django.utils import timezone

from fairlead.render.content import Bullets, Grid, Part, Report, Section, Text
from fairlead.web import rights
from fairlead.web.access.rows import COLUMNS, ROWS
from fairlead.web.privacy import classes
from fairlead.web.privacy.queries import stays

if TYPE_CHECKING:
    from collections.abc import Callable

PURPOSES: Final = (
    (
        "Own role",
        "A person reads from their own calendar and answers what their work consists of.",
        "Consent of the person, who uploads it and can delete it at any time",
    ),
    (
        "Roster",
        "Who works here, in which unit, and who reports to whom, so that the rest can be decided rightly.",
        "Performance of the employment contract",
    ),
    (
        "Roles and their holders",
        "Who may see and do what in this software, and which two people said so.",
        "Legitimate interest in keeping data from those who need not see it",
    ),
    (
        "Sharing",
        "A person shows one reading to one other person until a date.",
        "Consent of the person, taken back with one click",
    ),
    (
        "Record",
        "Who did and who saw what, without content, so that misuse is found.",
        "Legal obligation to keep processing secure",
    ),
    (
        "Account",
        "Signing in, second factors, ending sessions.",
        "Performance of the contract of use",
    ),
)
"""What each part is for, and the ground that is usual; whoever runs this checks the ground for their case."""

NEVER: Final = (
    "It decides, recommends, ranks or predicts nothing about a person.",
    "It compares and lists nobody by time or calendar.",
    "It shows nobody the presence, response times or working hours of somebody else.",
    "It infers no emotion, personality, health or protected attribute.",
    "It drops titles, names and addresses of a calendar after reading it.",
    "It keeps titles of unclear events only where the person chose so, and seven days at most.",
    "It lets no administrator read content or act as somebody else.",
    "It sends nothing to third parties, to analytics or to a model; mails carry links and no content.",
)

RECORD: Final = """\
Each change, and each look at somebody else's data, leaves a line: who, when, what kind of thing; never its \
content. Each person reads the lines about their own data. The lines are chained, so that a change shows; \
the works council gets the daily head of the chain by mail and can check it."""


def processing_record() -> Report:
    """Give the record of processing (GDPR, article 30) of this installation as it is now."""
    return Report(
        "Record of processing",
        _lead(),
        (
            Section("who", "Who is responsible", (Text(_controller()),)),
            Section(
                "purposes",
                "What it is for",
                (
                    Grid("Purposes", ("Part", "Purpose", "Ground"), PURPOSES),
                    Text("Whoever is responsible checks each ground for their own case.", "note"),
                ),
            ),
            Section(
                "people",
                "Whose data",
                (Text("People who work here or worked here, and whoever made an account for themselves."),),
            ),
            Section("fields", "Which data", tuple(_fields())),
            Section("readers", "Who sees it", (_readers(),)),
            Section("countries", "Other countries", (Text("None. Nothing leaves this installation."),)),
            Section("periods", "How long", (_periods(),)),
            Section("measures", "How it is protected", (Bullets(tuple(_measures())),)),
        ),
    )


def works_council_sheet() -> Report:
    """Give what a works council asks of software that could watch: what it can do, and what it cannot."""
    return Report(
        "Works-council sheet",
        _lead(),
        (
            Section("never", "What this software does not do", (Bullets(NEVER),)),
            Section(
                "switches",
                "What could show one person's behaviour to another, and whether it is on",
                (Grid("Switches", ("Feature", "Here"), tuple(_switches())),),
            ),
            Section("readers", "Who sees what", (_readers(),)),
            Section("periods", "How long", (_periods(),)),
            Section(
                "record",
                "What is recorded about use",
                (Text(RECORD),),
            ),
            Section("measures", "How it is protected", (Bullets(tuple(_measures())),)),
        ),
    )


PAPERS: Final[dict[str, Callable[[], Report]]] = {
    "processing-record": processing_record,
    "works-council": works_council_sheet,
}


def _lead() -> str:
    who = settings.ORGANIZATION or "this installation"
    return (
        f"Made for {who} on {timezone.localdate():%-d %B %Y} from the settings and tables as they are, "
        f"by Fairlead {version('fairlead')} at {settings.URL}."
    )


def _controller() -> str:
    if not settings.ORGANIZATION:
        return "Not set yet. FAIRLEAD_ORGANIZATION and FAIRLEAD_PRIVACY_CONTACT name who is responsible."
    contact = (
        f"Contact: {settings.PRIVACY_CONTACT}." if settings.PRIVACY_CONTACT else "No contact is set yet."
    )
    return f"{settings.ORGANIZATION}. {contact}"


def _fields() -> list[Part | Grid]:
    said = rights.fields()
    kept = classes.kept()
    what = {one.name: one.what for one in classes.CLASSES}
    blocks: list[Part | Grid] = []
    for model in sorted(said):
        rows = tuple((name, says.removeprefix(rights.WITHHELD)) for name, says in said[model].items())
        blocks += [Part(f"{model}: {what[kept[model]]}"), Grid(model, ("Field", "Holds"), rows)]
    return blocks


def _readers() -> Grid:
    rows = tuple(
        (row.name, who.words, row.cells[who].words)
        for row in ROWS
        if row.here
        for who in COLUMNS
        if who in row.cells
    )
    return Grid("Who may do what", ("What", "Who", "May"), rows)


def _periods() -> Grid:
    rows = tuple((one.what, stays(one), one.why) for one in classes.CLASSES)
    return Grid("How long things are kept", ("What", "How long", "Why"), rows)


def _switches() -> list[tuple[str, str]]:
    return [
        ("A person shares one reading with one other person", "always the person's own act"),
        ("Time figures of a group", "not built"),
        ("Titles of unclear events, kept for sorting", "only where the person ticks it, at most seven days"),
        ("Signing up without an invitation", "on" if settings.ACCOUNT_SIGNUP_OPEN else "off"),
        ("Stepping into invented people (demo)", "on" if settings.DEMO else "off"),
    ]


def _measures() -> list[str]:
    postgresql = connection.vendor == "postgresql"
    idle, whole = settings.SESSION_IDLE // 60, settings.SESSION_ABSOLUTE // 3600
    return [
        "PostgreSQL with row-level security on private tables."
        if postgresql
        else "SQLite; private tables apart.",
        "What people keep here is sealed with a key per person.",
        (
            "That protects stolen backups and databases; not against the person who runs the server and "
            "holds the key."
        ),
        f"A session ends after {idle} minutes without a page and after {whole} hours in any case.",
        "Privileged roles need a second factor, and a fresh sign-in before exports, roles and decisions.",
        "A role with reach needs two people; nobody grants one to themselves.",
        f"Connections are {'encrypted' if settings.HTTPS else 'not encrypted: there is no HTTPS address'}.",
        "Pages load nothing from elsewhere; a strict content security policy forbids it.",
    ]
