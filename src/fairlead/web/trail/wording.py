"""Every verb of the record in words, in one table; a verb without words fails a test."""

from __future__ import annotations

from typing import Final

from django.apps import apps

VERBS: Final = {
    # looking
    "saw": "looked at {thing}",
    "download_everything": "took a copy of everything about {whom} along",
    # one's own account and room
    "join": "made {thing}",
    "join_roster": "was found in the roster",
    "leave": "removed {thing}",
    "deactivate": "closed {whose} account",
    "reactivate": "opened {whose} account again",
    "change_settings": "changed {thing}",
    "choose_role": "chose a role in {thing}",
    "start": "started {thing}",
    "finish": "finished {thing}",
    "fail": "could not finish {thing}",
    "open": "opened {thing}",
    "keep": "kept {thing}",
    "place": "said what an event is, with {thing}",
    "add": "added {thing}",
    "change": "changed {thing}",
    "delete": "deleted {thing}",
    "decide": "wrote down {thing}",
    "tick": "ticked a week of {thing}",
    "forget_titles": "forgot the titles of {thing}",
    "put_away": "put {thing} away",
    "delete_room": "deleted everything in My role",
    "delete_direction": "deleted everything in My direction",
    # my growth
    "want_skill": "put {thing} on the list",
    "take_up": "took up {thing}",
    "put_aside": "put {thing} aside",
    "put_back": "put {thing} back",
    "move": "moved {thing} in the list",
    "begin": "began {thing}",
    "measure": "measured {thing} again",
    "stop": "stopped {thing}",
    "plan": "planned {thing}",
    "practise": "noted that {thing} was done",
    "subscribe": "made {thing}",
    "unsubscribe": "closed {thing}",
    "offer_mentoring": "offered {thing}",
    "ask_mentor": "asked for {thing}",
    "show_note": "showed {thing}",
    "hide_note": "took {thing} back",
    "undo": "undid a change of {thing}",
    "publish_way": "published {thing}",
    "withdraw_way": "withdrew {thing}",
    # my journey
    "put_away_entry": "put {thing} away",
    "put_back_entry": "took {thing} back into the log",
    "take_evidence": "put a copy of {thing} into a case",
    "ask_witness": "asked {thing}",
    "did_not_see": "answered {thing}",
    "withdraw_witness": "took back {thing}",
    "ask_advocate": "asked {thing}",
    "answer_whether": "answered {thing}",
    "withdraw_advocate": "took back {thing}",
    # sharing
    "share": "shared {thing}",
    "end_share": "took back {thing}",
    "comment": "wrote {thing}",
    "share_over": "ended {thing}, because its time was over",
    # the roster
    "invite": "sent {thing}",
    "withdraw_invitation": "took back {thing}",
    "add_person": "added {thing} to the roster",
    "change_person": "changed {thing} in the roster",
    "mark_left": "noted {whose} leaving in the roster",
    "bring_back": "noted {whose} return in the roster",
    "correct_position": "corrected a position of {whom} in the roster",
    "remove_position": "removed a position of {whom} from the roster",
    "change_leave": "changed a long leave of {whom} in the roster",
    "change_unit": "changed {thing}",
    "merge_units": "merged {thing} with another",
    "preview_import": "had a look at what {thing} would change",
    "choose_columns": "said which columns of {thing} mean what",
    "drop_import": "dropped {thing}",
    "import": "did {thing}",
    "undo_import": "undid {thing}",
    "export_roster": "took a copy of the roster along",
    # surveys
    "launch_survey": "launched {thing}",
    "cancel_survey": "cancelled {thing}",
    "upload_instrument": "took in {thing}",
    "retire_instrument": "retired {thing}",
    # roles
    "propose": "proposed {thing}",
    "confirm": "confirmed {thing}",
    "decline": "declined {thing}",
    "appoint": "wrote {thing} down from the command line",
    "end": "ended {thing}",
    "end_on": "set the last day of {thing}",
    # reports of surveys
    "download_report": "took a copy of {thing} along",
    "show_report": "showed {thing} to the team",
    "take_back_report": "took {thing} back from the team",
    "write_theme": "wrote {thing}",
    "change_theme": "changed {thing}",
    "delete_theme": "removed {thing}",
    # the handbook
    "write_tip": "wrote {thing}",
    "change_tip": "changed {thing}",
    "withdraw_tip": "took back {thing}",
    "publish_tip": "published {thing}",
    "decline_tip": "declined {thing}",
    "suggest_wording": "asked for another wording of {thing}",
    "accept_wording": "agreed to another wording of {thing}",
    "share_idea": "wrote {thing}",
    "change_idea": "changed {thing}",
    "withdraw_idea": "took back {thing}",
    "answer_idea": "wrote {thing}",
    "withdraw_answer": "took back {thing}",
    "notice": "asked people operations to look at something",
    "leave_it": "looked at {thing} and left what it is about as it is",
    "take_away": "took away what {thing} is about",
    "write_values": "wrote down {thing}",
    "publish_values": "published {thing}",
    "drop_values": "dropped a draft of {thing}",
    # rights
    "ask_erasure": "asked for an erasure",
    "withdraw_erasure": "took back {thing}",
    "refuse_erasure": "refused {thing}",
    "erase": "carried out {thing}",
    # surveys that close
    "release": "released the figures of {thing}",
    "hold": "could release nothing of {thing}",
    # the house itself
    "prune": "let the oldest lines of the record go",
}
"""What was done, after a name: ``{thing}`` is what and whose it is, ``{whom}``, ``{whose}`` the person."""

KINDS: Final = {
    "person": "details",
    "user": "account",
    "run": "analysis",
    "reading": "reading",
    "share": "shared reading",
    "sharecomment": "comment on what was shown",
    "calendarimport": "calendar",
    "answersheet": "answers",
    "ownrule": "own rule",
    "ownprofile": "role profile",
    "highpayoffentry": "high-payoff entry",
    "procedure": "procedure",
    "resolution": "decision",
    "sitting": "answers about a direction",
    "promotiongoal": "goal to be promoted",
    "offer": "offer",
    "offerpromise": "promise of an offer",
    "offercheck": "look back at an offer",
    "skill": "skill",
    "experiment": "experiment",
    "practice": "practice",
    "feed": "calendar address",
    "training": "entry of the training register",
    "mentoroffer": "offer to be a mentor",
    "mentorwish": "wish for a mentor",
    "mentorship": "mentorship",
    "coachnote": "coach’s note",
    "coachtalk": "next talk with a coach",
    "shownnote": "note that a coach shows",
    "plan": "plan",
    "year": "year of a plan",
    "leader": "leader of the past",
    "philosophy": "way of leading",
    "publishedphilosophy": "published way of leading",
    "accomplishment": "entry of the evidence log",
    "attachment": "file of the evidence log",
    "witness": "question to a witness",
    "summary": "summary of a time",
    "advocacy": "question to an advocate",
    "argument": "argument",
    "aimedrole": "role that is aimed for",
    "position": "position",
    "longleave": "long leave",
    "unit": "unit",
    "rosterimport": "import of people",
    "invitation": "invitation",
    "grant": "role",
    "owninstrument": "questionnaire",
    "survey": "survey",
    "report": "report of a survey",
    "theme": "theme of a survey",
    "tip": "tip",
    "idea": "idea",
    "ideaanswer": "answer to an idea",
    "notice": "notice",
    "statedvalues": "stated values of the organization",
    "erasurerequest": "request to be erased",
    "entry": "lines of the record",
    "head": "head of the record",
}
"""What it was done to; a kind that is not here goes by its table's own name."""


def kind(name: str) -> str:
    """Give the plain words of a kind of object."""
    if name in KINDS:
        return KINDS[name]
    named = {model._meta.model_name: model._meta.verbose_name for model in apps.get_models()}  # noqa: SLF001 - Django's public name for it
    return str(named.get(name, name))


def sentence(verb: str, object_kind: str, *, mine: bool) -> str:
    """Say what was done, to what is the reader's own or to what is somebody else's."""
    whose, whom = ("your", "you") if mine else ("somebody else's", "somebody else")
    phrase = VERBS.get(verb, verb.replace("_", " ") + ": {thing}")
    return phrase.format(thing=f"{whose} {kind(object_kind)}", whom=whom, whose=whose)


def short(verb: str) -> str:
    """Say what was done without a word about whom: for those who see when and how often, and no more."""
    words = VERBS.get(verb, verb.replace("_", " "))
    for place in ("{thing}", "{whom}", "{whose}"):
        words = words.replace(place, "…")
    return words.removesuffix("…").strip()
