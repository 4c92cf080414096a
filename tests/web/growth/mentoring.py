"""How tests offer, look for, ask and answer mentors, as their browsers do."""

from __future__ import annotations

from fairlead.web import vault
from fairlead.web.growth import mentor_queries
from fairlead.web.growth.models import MentorOffer, Mentorship

ABOUT = "conflict_navigation"


def offers(organization, name, about=(ABOUT,), **values):
    usual = {"says": f"Words of {name}", "capacity": 1, "open": True}
    return MentorOffer.objects.create(person=organization.person(name), about=list(about), **usual | values)


def looks(organization, name, about=ABOUT, track=""):
    with vault.seen_by(organization.person(name)):
        return mentor_queries.search(organization.person(name), about, track)


def names(found):
    return [str(one.offer.person) for one in found.suggestions]


def asks(organization, name, offer, words="I would like to learn it."):
    return organization[name].browser.post(
        f"/growth/mentors/{offer.pk}/ask/", {"about": ABOUT, "words": words}
    )


def the_one():
    with vault.on_duty("test"):
        return Mentorship.objects.get()


def answers(organization, name, what, found=None, **form):
    found = found or the_one()
    return organization[name].browser.post(f"/growth/mentorships/{found.pk}/{what}/", form)


def page(organization, name, address="/growth/mentors/"):
    answer = organization[name].browser.get(address)
    assert answer.status_code == 200
    return answer.content.decode()
