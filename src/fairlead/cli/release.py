"""``fairlead release``: of a survey, only the figures that cannot be traced back to anybody."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from fairlead.cli import output
from fairlead.core.problems import BadInput, Problem

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from fairlead.core.disclosure import Earlier, Released

MIB = 2**20
ON_THE_PAGE = 60

HELP = """Show of a survey only what cannot be traced back to anybody.

ANSWERS is a CSV or XLSX file with one row per person: a column with the person's id or e-mail address, and
one column per question with whole numbers. PEOPLE says who reports to whom: id, name, manager_id.

\b
fairlead release answers.csv --org people.csv --items q1..q6
fairlead release answers.csv --org people.csv --items q1..q6 --lens gender --out figures.pdf
fairlead release about-managers.csv --org people.csv --items q1..q9 --kind upward
fairlead release spring.csv --org people.csv --items q1..q6 --earlier autumn.json --earlier-org autumn.csv

Of a former wave, give the .json file that --out wrote, and the people list of its day: a release holds no
people, and without them nobody can count who came or left since. Where few did, the last figure is shown
again. All former waves of a survey belong here, not only the last one.

Comments are held back unless their authors were asked: --comment-choice names the column that says what each
of them chose (verbatim, themes, not to the manager); --comments-verbatim says that all were told before they
wrote that comments are shown word for word. Either way ten people or more stand behind any that is shown.
"""


@click.command("release", help=HELP)
@click.argument("answers", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--org", "people", required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help="The people list: id, name, manager_id, as it stood when the survey began.")  # fmt: skip
@click.option("--items", required=True, multiple=True, metavar="COLS",
              help="The questions: a,b,c or first..last.")  # fmt: skip
@click.option("--options", "n_options", default=5, show_default=True, type=click.IntRange(2, 101),
              metavar="N", help="How many options each question has.")  # fmt: skip
@click.option("--lowest", default=1, show_default=True, help="Number of the lowest option.")
@click.option("--k", default=5, show_default=True, type=click.IntRange(5, 1000),
              help="Least number of people behind a figure; 5 or more.")  # fmt: skip
@click.option("--kind", type=click.Choice(["pulse", "upward"]), default="pulse", show_default=True,
              help="A pulse of the organization, or feedback of each team about its manager.")  # fmt: skip
@click.option("--lens", default="", metavar="COLUMN",
              help="A column to look through, for everybody together; not with --kind upward.")  # fmt: skip
@click.option("--comments", default="", metavar="COLUMN", help="The column with comments.")
@click.option("--comment-choice", default="", metavar="COLUMN",
              help="The column of what authors chose: verbatim, themes, not to the manager.")  # fmt: skip
@click.option("--comments-verbatim", is_flag=True,
              help="All were told that comments are shown word for word; else none is.")  # fmt: skip
@click.option("--earlier", "earlier", multiple=True, metavar="RELEASE.json",
              type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help="What a former wave wrote with --out; each with its --earlier-org.")  # fmt: skip
@click.option("--earlier-org", "earlier_people", multiple=True, metavar="PEOPLE",
              type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help="The people list of that wave, as it stood then.")  # fmt: skip
@click.option("--respondent", default="", metavar="COLUMN", help="The column that says whose row it is.")
@click.option("--on", "day", type=click.DateTime(["%Y-%m-%d"]), metavar="DAY",
              help="The day of the people list; else today.")  # fmt: skip
@click.option("--map", "pairs", multiple=True, metavar="THEIRS=OURS", help="A column of the people list.")
@click.option("--limit", default=64, show_default=True, type=click.IntRange(1, 1024),
              help="The largest file that is read, in MiB.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON and nothing else.")
@click.option("--out", "outs", multiple=True, type=click.Path(path_type=Path),
              help="Also write a .pdf, .html, .csv or .json file.")  # fmt: skip
def command(answers: Path, people: Path, **options: Any) -> None:
    """Read the answers and the organization, release, print."""
    output.check_endings(options["outs"])
    if options["lens"] and options["kind"] == "upward":
        raise click.UsageError("--lens: feedback about a person has no lens.")
    if len(options["earlier"]) != len(options["earlier_people"]):
        raise click.UsageError("Each --earlier needs the --earlier-org of its day, in the same order.")
    if (options["comment_choice"] or options["comments_verbatim"]) and not options["comments"]:
        raise click.UsageError("Name the column with comments: --comments COLUMN.")
    if options["comment_choice"] and options["comments_verbatim"]:
        raise click.UsageError("--comment-choice and --comments-verbatim exclude each other.")
    day = options["day"].date() if options["day"] else datetime.now(tz=UTC).astimezone().date()
    with output.progress_line() as progress:
        found, names = released(answers, people, day, options, progress)
    from fairlead.core.disclosure import to_json
    from fairlead.render.release_content import release_report, release_rows

    stored = json.dumps(to_json(found), ensure_ascii=False, indent=2, allow_nan=False)
    if options["outs"]:
        output.write_report(options["outs"], stored, release_rows(found, names), release_report(found, names))
    if options["as_json"]:
        click.echo(stored)
        return
    from fairlead.cli import report_page

    report_page.show(release_report(found, names, most_rows=ON_THE_PAGE))
    for path in options["outs"]:
        click.echo(f"Written: {path}", err=True)


def released(
    answers: Path, people: Path, day: date, options: dict[str, Any], progress: Callable[[str], None]
) -> tuple[Released, dict[str, str]]:
    """Read both files and release; the names are those of the people list."""
    from fairlead.cli.agree import read_bytes
    from fairlead.core.disclosure import Policy, UnsafeReleaseError, release
    from fairlead.sources.ballots import read_ballots, read_snapshot
    from fairlead.sources.files import parse_map

    limit = options["limit"] * MIB
    progress("Reading the people list.")
    snapshot = read_snapshot(
        people.name, read_bytes(people, limit), day=day, names=parse_map(options["pairs"])
    )
    progress("Reading the answers.")
    box = read_ballots(
        answers.name,
        read_bytes(answers, limit),
        snapshot,
        items=options["items"],
        options=options["n_options"],
        lowest=options["lowest"],
        respondent=options["respondent"],
        lens=options["lens"],
        comments=options["comments"],
        comment_choice=options["comment_choice"],
        verbatim=options["comments_verbatim"],
        limit_bytes=limit,
    )
    before = [
        _former(wave, list_of_then, options, limit)
        for wave, list_of_then in zip(options["earlier"], options["earlier_people"], strict=True)
    ]
    policy = Policy(
        survey=f"{answers.name}, {day.isoformat()}",
        family=before[0].released.family if before else answers.name,
        closed_on=day,
        questions=box.questions,
        kind=options["kind"],
        k=options["k"],
        lens=options["lens"],
    )
    progress("Forming the blocks, and attacking the figures.")
    try:
        found = release(box.ballots, snapshot.organization, policy, earlier=before)
    except UnsafeReleaseError as error:
        problems = (Problem(file=answers.name, wrong=why, right="") for why in error.reasons)
        raise BadInput(*problems) from None
    except ValueError as error:
        raise BadInput(Problem(file=answers.name, wrong=str(error), right="")) from None
    return found, {person: row.name for person, row in snapshot.people.items()}


def _former(path: Path, people: Path, options: dict[str, Any], limit: int) -> Earlier:
    """Read a former wave, and check that the people list is the one it was released with."""
    from fairlead.cli.agree import read_bytes
    from fairlead.core.disclosure import Earlier, Policy, fingerprint, restore
    from fairlead.sources.ballots import read_snapshot
    from fairlead.sources.files import parse_map

    try:
        released = restore(json.loads(read_bytes(path, limit)))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        wrong = "This is not a release as it was made."
        right = "Give the .json file that fairlead release --out wrote, unchanged."
        raise BadInput(Problem(file=path.name, wrong=wrong, right=right)) from None
    names = parse_map(options["pairs"])
    then = read_snapshot(people.name, read_bytes(people, limit), day=released.closed_on, names=names)
    terms = Policy(
        survey=released.survey,
        family=released.family,
        closed_on=released.closed_on,
        questions=released.questions,
        kind=released.kind,
        k=released.k,
        lens=released.lens,
    )
    if fingerprint(then.organization, terms) != released.terms:
        wrong = f"This is not the people list with which {path.name} was released."
        right = f"It should say who reported to whom on {released.closed_on.isoformat()}."
        raise BadInput(Problem(file=people.name, wrong=wrong, right=right))
    return Earlier(released=released, organization=then.organization)
