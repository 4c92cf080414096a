"""The rows of the policy table, each object once."""

from __future__ import annotations

from typing import Final

from fairlead.web.access.promotion_rows import PROMOTION_ROWS
from fairlead.web.access.table import (
    A,
    C,
    Cell,
    E,
    K,
    M,
    Object,
    P,
    Q,
    S,
    U,
    Verb,
    W,
    Who,
    figures,
    metadata,
    r,
    rw,
    shared,
    state,
    technical,
)

ONE_SHARE = "one reading, as it stood, until the day that was said or until it is taken back"
TWO_PEOPLE = "each role takes the yes of a second person; never for themselves"

ROWS: Final = (
    # --- what is somebody's own -------------------------------------------------------------------
    Object(
        key="account",
        # Not in the first draft of the table: an account is an object too, and nobody else opens it.
        name="Account",
        what="Address, password, second factor, time zone, browsers signed in.",
        here=True,
        cells={
            E: rw(),
            P: state("whether there is an account, and that it was ended when somebody left"),
            A: technical("whether there is an account; can end it and its sessions"),
        },
    ),
    Object(
        key="journal",
        name="Private reflection, values, journal",
        what="My direction: what somebody writes for themselves, what they value, what was offered to them.",
        here=True,
        cells={E: rw(), K: shared("entry by entry")},
    ),
    Object(
        key="calendar",
        name="Calendar file and titles of events",
        what="The file is read in memory and dropped; titles only while unclear events are being sorted.",
        here=True,
        cells={E: Cell(frozenset({Verb.WRITE}), "read once, then dropped")},
    ),
    Object(
        key="time",
        name="My role: time, answers, next step",
        what="Minutes by kind of work, questionnaires, what the role asks, registers and decisions.",
        here=True,
        cells={E: rw(), M: shared(ONE_SHARE), K: shared(ONE_SHARE)},
    ),
    Object(
        key="share",
        # Needed beside the row above: a share has two ends, and only these two see that it exists.
        name="A share",
        what="A copy of one reading for one named person.",
        here=True,
        cells={E: rw("those you made; what others share with you, while it stands")},
    ),
    Object(
        key="time_of_groups",
        name="Time of a group",
        what="Figures of ten people or more who each said yes; off until an organization switches it on.",
        cells={
            E: figures("your own as well"),
            M: figures("when switched on"),
            S: figures("when switched on"),
            W: r("the settings, not the figures"),
        },
    ),
    # --- between two people -----------------------------------------------------------------------
    Object(
        key="goals",
        # The first draft let a manager read all of it. A skill that is watched is chosen to look good: it is
        # its owner's, who may show one thing at a time, and what is counted is too coarse to show anybody.
        name="Goals and growth plan",
        what="My growth: skills, experiments, practices, training, plan, leaders one has had.",
        here=True,
        cells={
            E: rw(),
            M: Cell(
                frozenset({Verb.SHARED, Verb.COMMENT}),
                "one skill, the plan or the draft of a way of leading, as it stood, until the day that was "
                "said or until it is taken back; comments on a skill or a plan",
            ),
            S: shared("the same"),
            K: Cell(frozenset({Verb.SHARED, Verb.COMMENT}), "the same; comments on a skill or a plan"),
            P: state("counts of ten people or more, rounded down to tens, of quarters that are over"),
        },
    ),
    Object(
        key="share_comment",
        # Needed beside it: what a manager or a coach writes belongs to two people, and to no third.
        name="A comment on what was shown",
        what="What a manager or a coach wrote about a skill or a plan that they were shown.",
        here=True,
        cells={E: rw("what was written to you, to read and to delete; what you wrote yourself")},
    ),
    Object(
        key="offered",
        # Needed for mentors and for ways of leading: what is said to colleagues has to be read by them.
        name="What somebody offers or publishes to colleagues",
        what="An offer to be a mentor, a way of leading that its author published.",
        here=True,
        cells={E: rw("your own; what others offer and publish you read")},
    ),
    Object(
        key="mentorship",
        # Needed beside it: who asked whom is known to these two alone.
        name="A mentorship",
        what="Who asked whom for which skill, and what was answered.",
        here=True,
        cells={E: rw("with the other person")},
    ),
    Object(
        key="agenda",
        name="Shared agenda of one-to-ones",
        what="What two people want to talk about.",
        cells={E: rw("with the other person"), M: rw("with those they meet")},
    ),
    Object(
        key="manager_note",
        name="A manager's private note",
        what="What a manager keeps for the next one-to-one. Who asks for their data gets it from a person.",
        cells={M: rw("their own")},
    ),
    Object(
        key="coach_note",
        name="A coach's note",
        what="What a coach keeps about the work with one person.",
        here=True,
        cells={E: shared(), K: rw("their own")},
    ),
    # --- the evidence log -------------------------------------------------------------------------
    Object(
        key="evidence",
        # Not in the first draft as a row of its own: it is what somebody may put into a packet, and until
        # they do it is nobody else's. No development data either: it is written to be shown.
        name="Evidence log",
        what="My journey: what somebody did, files, summaries, arguments, roles they aim for.",
        here=True,
        cells={
            E: rw(),
            M: shared("one entry, as it stood, until the day that was said or until it is taken back"),
            S: shared("the same"),
            K: shared("the same"),
            C: shared("what the person put into their own case, as a copy"),
        },
    ),
    Object(
        key="witness",
        # Needed beside it: whoever is asked has to see what they are asked about, and nothing else.
        name="A question to a witness",
        what="One entry as it stood, and whether somebody saw it.",
        here=True,
        cells={E: rw("your own; what you are asked you see and answer, until it is over")},
    ),
    Object(
        key="advocate",
        # Needed beside it: asked openly, so both read the question and the answer, and no third.
        name="Whether somebody speaks for somebody",
        what="Who was asked to speak for whom, and what they answered.",
        here=True,
        cells={E: rw("with the other person")},
    ),
    # --- surveys and upward feedback --------------------------------------------------------------
    Object(
        key="survey",
        # Not in the first draft: somebody begins a survey and sees how far it is; that is not its answers.
        name="A survey",
        what="What is asked, of whom, from when to when and by which rules; no answer and no figure.",
        here=True,
        cells={
            E: rw("about your own work; those in which you are asked you read"),
            M: rw("about themselves, asked of their own team"),
            P: rw("of teams about their managers, and pulses"),
        },
    ),
    Object(
        key="upward_answer",
        name="One answer in a survey",
        what="What one person answered. Nobody reads it, in no role, by no command.",
        here=True,
        cells={E: Cell(frozenset({Verb.ONCE}))},
    ),
    Object(
        key="upward_figures",
        name="Upward feedback: released figures",
        what="What five people or more answered, as figures computed once at the end.",
        here=True,
        cells={
            E: figures("the team's, when the manager shares them"),
            M: figures("about themselves"),
            S: figures("over two teams or more"),
            P: figures(),
            U: metadata("the verdict of the check before release"),
            W: metadata("the verdict of the check before release"),
        },
    ),
    Object(
        key="pulse_figures",
        # A pulse is about a workplace and not about a person: everybody who was asked reads the whole.
        name="Pulses: released figures",
        what="What five people or more answered about their workplace, as figures computed once at the end.",
        here=True,
        cells={
            E: figures("of everybody, when you were asked; your team's, when its manager shares them"),
            M: figures("of their own team"),
            S: figures("of everybody below them"),
            P: figures(),
            U: metadata("the verdict of the check before release"),
            W: metadata("the verdict of the check before release"),
        },
    ),
    Object(
        key="role_figures",
        # Asked for by the person for their own growth: nobody else, whatever their role.
        name="Feedback about one's work: released figures",
        what="What five colleagues or more answered about one person's work, because that person asked them.",
        here=True,
        cells={
            E: figures("about yourself"),
            U: metadata("the verdict of the check before release"),
            W: metadata("the verdict of the check before release"),
        },
    ),
    Object(
        key="upward_comments",
        name="Comments in a survey",
        what="Shown only where ten people or more could have written them, shuffled.",
        here=True,
        cells={
            E: Cell(frozenset({Verb.ONCE})),
            M: figures("word for word where the author wanted that; else as themes in other words"),
            # Somebody has to put a comment into other words, and its author was told who.
            P: rw("those the author wants in other words, or kept from the manager; they write the themes"),
        },
    ),
    Object(
        key="who_answered",
        name="Who answered",
        what="Whether somebody took part. Reminders are sent by the house, not by a person.",
        here=True,
        cells={E: state("your own ballot"), P: figures("the share, in steps of ten points")},
    ),
    *PROMOTION_ROWS,
    # --- the handbook -----------------------------------------------------------------------------
    Object(
        key="handbook",
        # Not in the first draft: the library's pages are an object too, and an installation may open them.
        name="Handbook: pages of the library",
        what="What the words mean and what to try. Visitors read them too where the installation says so.",
        here=True,
        cells={E: r()},
    ),
    Object(
        key="tip",
        name="Tip",
        what="What somebody advises under a page of the handbook. Published ones are read by everybody in "
        "the organization chart.",
        here=True,
        cells={
            E: rw("your own; those that were published"),
            P: Cell(
                frozenset({Verb.READ, Verb.ANSWER}),
                "those that wait, never one's own, and without a name that its author does not show",
            ),
        },
    ),
    Object(
        key="idea",
        name="Idea of a unit, and answers to it",
        what="What one unit found and others may try, always under a name; read by everybody in the chart.",
        here=True,
        cells={
            E: rw("your own; those of others you read and answer"),
            P: Cell(frozenset({Verb.READ, Verb.ANSWER}), "those that somebody asked them to look at"),
        },
    ),
    Object(
        key="notice",
        name="Notice about a tip, an idea or an answer",
        what="That somebody asks people operations to look. Who asked is shown to nobody.",
        here=True,
        cells={
            E: Cell(frozenset({Verb.ONCE})),
            P: Cell(frozenset({Verb.READ, Verb.ANSWER}), "not about what they wrote themselves"),
        },
    ),
    Object(
        key="stated_values",
        name="Values that the organization states",
        what="What the organization says it values, in its own words, with the work values it comes to.",
        here=True,
        cells={E: r("what is published"), P: rw()},
    ),
    # --- the organization -------------------------------------------------------------------------
    Object(
        key="chart",
        # A product in which nobody can be named has no manager to share with: names, titles, units and
        # today's reporting lines are known to every colleague anyway. Past lines and levels are not in it.
        name="Organization chart",
        what="Name, title, unit and manager of everybody who has a position today.",
        here=True,
        cells={E: r("everybody who is in it"), P: r()},
    ),
    Object(
        key="roster",
        # Apart from the chart: levels, dates, leave and leaving are for those who keep the list.
        name="Roster",
        what="Ids, addresses, positions over time, level, track, long leave, leaving; imports, invitations.",
        here=True,
        cells={E: r("what it holds about you"), P: rw()},
    ),
    Object(
        key="roles",
        name="Who holds which role",
        what="Roles, over what, from when to when, and which two people said yes.",
        here=True,
        cells={
            E: rw("your own, to give it back; your coach, whom nobody else sees"),
            P: rw(TWO_PEOPLE),
            A: rw(f"their own kind; {TWO_PEOPLE}"),
            U: r(),
            W: r(),
        },
    ),
    Object(
        key="settings",
        name="Settings",
        what="Thresholds, how long things are kept, what is switched on.",
        here=True,
        cells={
            E: r(),
            P: rw("with a second person"),
            Q: r(),
            A: r(),
            U: r(),
            W: r(),
            M: r(),
            S: r(),
            K: r(),
            C: r(),
        },
    ),
    # --- the record and one's rights --------------------------------------------------------------
    Object(
        key="who_saw",
        name="Record: who saw my data",
        what="Who looked at or changed which object, and when; never what is in it.",
        here=True,
        cells={
            E: r("about your data; what you did"),
            A: technical("whether it is whole, and what was done to run the house"),
            U: metadata(),
            W: metadata(),
        },
    ),
    Object(
        key="erasure",
        # A request is answered by a person within thirty days; that person has to see that it was made.
        name="Request to be erased",
        what="That somebody asks the organization to forget them, and by when it is answered.",
        here=True,
        cells={E: rw("your own"), P: Cell(frozenset({Verb.READ, Verb.ANSWER}), "never one's own")},
    ),
    Object(
        key="processing",
        # The sheets describe the running settings and hold nobody's data; those who answer for it read them.
        name="Processing record and works-council sheet",
        what="What is processed, why, for how long, printed from the settings.",
        here=True,
        cells={P: r(), A: r(), U: r(), W: r()},
    ),
)

TABLE: Final = {row.key: row for row in ROWS}
COLUMNS: Final = tuple(Who)
