"""The rows of the policy table about ratings, promotions and equality."""

from __future__ import annotations

from typing import Final

from fairlead.web.access.table import (
    A,
    C,
    Cell,
    E,
    M,
    Object,
    P,
    Q,
    S,
    U,
    Verb,
    W,
    figures,
    metadata,
    r,
    rw,
    state,
)

PROMOTION_ROWS: Final = (
    # --- rating and promotion ---------------------------------------------------------------------
    Object(
        key="framework",
        # Not in the first draft: criteria are open to everybody (row 121), and somebody has to write them.
        name="Framework of criteria",
        what="Tracks, levels and criteria in one version, and who of the leadership team signed it.",
        here=True,
        cells={
            E: Cell(
                frozenset({Verb.READ, Verb.ANSWER}), "what is signed; a draft that you are asked to sign"
            ),
            P: rw("drafts; what is signed never changes"),
        },
    ),
    Object(
        key="signing_team",
        # Not in the first draft: who sets the criteria is a setting, and a setting takes two people.
        name="Leadership team that signs",
        what="Who of the leadership team signs a framework of criteria.",
        here=True,
        cells={
            E: r(),
            P: Cell(
                frozenset({Verb.READ, Verb.WRITE, Verb.ANSWER}),
                "with the yes of a second person; never for themselves",
            ),
            A: Cell(frozenset({Verb.READ, Verb.ANSWER}), "the second yes; never for themselves"),
        },
    ),
    Object(
        key="round",
        # Not in the first draft: the process is open to everybody (row 121).
        name="Promotion round",
        what="Its framework, openings, dates, committee and rules, fixed at the opening; no case.",
        here=True,
        cells={E: r("once it is open"), P: rw("until it is open; then only how far it is")},
    ),
    Object(
        key="committee",
        # Not in the first draft: recusal is recorded, and its reason is not for everybody.
        name="Conflicts of interest and recusals",
        what="What members of a committee say about conflicts, and why somebody has no part in a case.",
        here=True,
        cells={
            E: r("that somebody has no part in your case, without the reason"),
            C: rw("their own; the chair those of the round"),
            P: rw(),
        },
    ),
    Object(
        key="rating",
        # The first draft let managers rate their own reports. They carry the case of these, so they are no
        # raters of it: members of the committee rate, and nobody reads a rating of anybody else before all
        # are in.
        name="Rating",
        what="What a rater says about one criterion of a case, and what it rests on.",
        here=True,
        cells={
            E: r("after the round is decided"),
            M: r("of their own reports, after the round is decided"),
            S: r("after the round is decided"),
            C: rw("their own until they hand in; those of others from calibration on, if they have a part"),
            P: r("from calibration on"),
            Q: figures(),
        },
    ),
    Object(
        key="severity",
        # Not in the first draft: what a rater's severity is, is told to the rater first (row 123).
        name="How strict a rater was, and fair scores",
        what="Ratings of a round on one scale: raw and fair scores, and how raters compare, with intervals.",
        here=True,
        cells={
            E: r("how your own ratings compare, before anybody else"),
            C: rw("of the round they sit in, when each rater has read their own or after two days"),
        },
    ),
    Object(
        key="packet",
        name="Promotion packet",
        what="What speaks for a promotion, with its evidence.",
        here=True,
        cells={
            E: rw("your own case, all of it"),
            M: rw("of their own reports, from the day of the nomination"),
            S: r("from the day of the nomination"),
            # Once ratings are open the committee talks about all cases; whoever has no part in one stays out.
            C: r("in a case they were assigned; from calibration on in every case in which they have a part"),
            P: state(),
        },
    ),
    Object(
        key="peer_input",
        name="Named input of a colleague",
        what="What a colleague writes for a promotion, in the form they were told before writing.",
        here=True,
        cells={
            E: rw("what you wrote; about yourself once the round is decided, as its author was told"),
            M: Cell(frozenset({Verb.READ, Verb.WRITE, Verb.ANSWER}), "when they sponsor the case"),
            S: r("once the round is decided"),
            C: Cell(
                frozenset({Verb.READ, Verb.WRITE, Verb.ANSWER}), "in every case in which they have a part"
            ),
            P: state(),
        },
    ),
    Object(
        key="vote",
        name="A committee member's vote and notes",
        what="How one member sees a case, and what they note for themselves; counts once all are in.",
        here=True,
        cells={
            C: rw("their own; counts once all who have a part have voted"),
            P: state("counts, once the round is decided"),
        },
    ),
    Object(
        key="committee_note",
        # In the first draft a part of the packet, which the candidate reads once the round is decided.
        name="Note of the committee on a case",
        what="What a member notes under their name while the committee talks about a case.",
        here=True,
        cells={
            E: r("about your own case, once the round is decided"),
            M: r("once the round is decided"),
            S: r("once the round is decided"),
            C: rw("in every case in which they have a part; their own can be changed during calibration"),
        },
    ),
    Object(
        key="decision",
        name="Decision and reasons",
        what="What a named person decided, and why; what the candidate answers; the next step.",
        here=True,
        cells={
            E: r("your own, once the round is decided; you can answer it"),
            M: r("once the round is decided"),
            S: r("once the round is decided"),
            C: rw("the chair decides; members read, if they have a part"),
            P: r("once the round is decided"),
            U: metadata(),
        },
    ),
    # --- equality ---------------------------------------------------------------------------------
    Object(
        key="self_statement",
        name="Statement about oneself",
        what="Sex, origin and the like, only if somebody wants to say; nothing is ever filled in.",
        here=True,
        cells={E: rw(), Q: Cell(frozenset({Verb.JOB}))},
    ),
    Object(
        key="impact",
        name="Tables of adverse impact",
        what="Whether a step of a round treats groups differently; counts from which nobody can be told.",
        here=True,
        cells={
            E: figures("the summary that was published, if there is one"),
            P: r("what was released"),
            Q: rw("what was released; they say what is asked, and let it be counted"),
            U: r("what was released"),
            W: r("what was released"),
        },
    ),
    Object(
        key="pipeline",
        name="Entry about succession",
        what="What is written about who could take over what.",
        cells={
            E: r("what is written about you, after release"),
            M: rw("of their own unit"),
            S: r("of their unit"),
            P: r(),
            Q: figures(),
        },
    ),
)
