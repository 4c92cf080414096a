"""Invitations: a link in a mail, kept as a hash, used once within a fortnight, and never needed."""

from __future__ import annotations

import datetime as dt

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.utils import timezone
from tests.cast import Browser
from tests.factories import PersonFactory, UserFactory
from tests.organization import assemble_organization, sign_in
from tests.web.roster import made

from fairlead.web.people.models import Person, User
from fairlead.web.roster import inviting, linking
from fairlead.web.roster.models import Invitation, Position
from fairlead.web.trail.models import Entry

pytestmark = pytest.mark.django_db
PASSWORD = "a long and quiet sentence"


@pytest.fixture
def organization(db):
    return assemble_organization()


@pytest.fixture
def guests(db):
    people = [
        Person.objects.create(number=f"G{n}", name=f"Guest {n}", email=f"g{n}@example.org") for n in range(8)
    ]
    Position.objects.bulk_create(Position(person=one, since=dt.date(2024, 1, 1)) for one in people)
    return people


def test_an_empty_roster_does_not_say_that_everybody_has_an_account(organization):
    browser = organization["ada"].browser
    Position.objects.all().delete()
    Person.objects.update(number=None)
    page = browser.get("/organization/invitations/").content.decode()
    assert "Nobody is in the roster yet" in page
    assert "Everybody in the roster" not in page


def test_the_link_makes_an_account_joined_to_the_person(organization, guests):
    organization["ada"].browser.post(f"/organization/people/{guests[0].pk}/invite/")
    assert mail.outbox[-1].to == ["g0@example.org"]
    assert "Ada invites you" in mail.outbox[-1].body
    browser, path = Browser(), made.link()
    page = browser.get(path).content.decode()
    assert "Ada" in page
    assert "Guest 0" in page
    answer = browser.post(path, {"password": PASSWORD, "zone": "Europe/Berlin"})
    assert answer["Location"] == "/today/"
    guest = Person.objects.get(number="G0")
    assert (guest.user.email, guest.zone) == ("g0@example.org", "Europe/Berlin")
    assert guest.user.check_password(PASSWORD)
    assert EmailAddress.objects.get(user=guest.user).verified
    assert browser.get("/organization/").status_code == 200
    assert Person.objects.count() == len(organization.members) + len(guests)


@pytest.mark.parametrize("password", ["short", "password1234", "g0@example.org", ""])
def test_a_weak_password_makes_no_account(organization, guests, password):
    inviting.invite(organization.person("ada"), guests[0])
    answer = Browser().post(made.link(), {"password": password})
    assert answer.status_code == 422
    assert not User.objects.filter(email="g0@example.org").exists()


def test_wrong_used_withdrawn_and_expired_links_get_the_same_page(organization, guests):
    ada = organization.person("ada")
    links = []
    for guest in guests[:4]:
        inviting.invite(ada, guest)
        links.append(made.link())
    Browser().post(links[0], {"password": PASSWORD})
    inviting.withdraw(ada, Invitation.objects.get(person=guests[1]))
    Invitation.objects.filter(person=guests[2]).update(expires_at=timezone.now())
    Person.objects.filter(pk=guests[3].pk).update(left=dt.date(2024, 5, 5))
    answers = [Browser().get(path) for path in (*links, "/organization/invitation/never/")]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content.split(b"<main")[1].split(b"</main>")[0] for answer in answers}) == 1
    assert Browser().post(links[0], {"password": PASSWORD}).status_code == 404
    assert (
        User.objects.filter(email__startswith="g").count()
        == 1 + User.objects.filter(email="gina@example.org").count()
    )


def test_the_link_is_kept_nowhere_but_in_the_mail(organization, guests):
    inviting.invite(organization.person("ada"), guests[0])
    token = made.link().rstrip("/").rpartition("/")[2]
    row = Invitation.objects.get()
    assert token not in str(vars(row))
    assert abs(row.expires_at - row.made_at - dt.timedelta(days=14)) < dt.timedelta(seconds=1)
    assert token not in str(list(Entry.objects.values()))


def test_a_second_invitation_ends_the_first(organization, guests):
    ada = organization.person("ada")
    inviting.invite(ada, guests[0])
    first = made.link()
    inviting.invite(ada, guests[0])
    assert Browser().get(first).status_code == 404
    assert Browser().get(made.link()).status_code == 200


def test_several_all_and_who_cannot_be_invited(organization, guests):
    browser = organization["ada"].browser
    Person.objects.filter(pk=guests[7].pk).update(email="")
    browser.post("/organization/invitations/send/", {"person": [guests[0].pk, guests[1].pk, guests[7].pk]})
    assert len(mail.outbox) == 2
    answer = browser.post("/organization/invitations/send/", {"all": "yes"})
    assert "/runs/" in answer["Location"] or answer["Location"].endswith("/invitations/")
    assert sorted(one.to[0] for one in mail.outbox) == [f"g{n}@example.org" for n in range(7)]
    browser.post("/organization/invitations/send/", {"all": "yes"})
    assert len(mail.outbox) == 7
    page = browser.get("/organization/invitations/").content.decode()
    assert "works until" in page
    assert "has no e-mail address" in page
    browser.post(f"/organization/people/{guests[7].pk}/invite/")
    assert len(mail.outbox) == 7


def test_a_mail_server_that_is_down_leaves_no_invitation(organization, guests, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    browser = organization["ada"].browser
    browser.post(f"/organization/people/{guests[0].pk}/invite/")
    assert "does not take mail" in browser.get("/today/").content.decode()
    assert not Invitation.objects.exists()


def test_somebody_with_an_account_outside_the_roster_joins_it(organization, guests):
    mine = PersonFactory.create(name="My own name")
    inviting.invite(organization.person("ada"), guests[0])
    path, browser = made.link(), sign_in(mine)
    assert "Yes, that is me" in browser.get(path).content.decode()
    browser.post(path)
    mine.refresh_from_db()
    assert (mine.number, mine.name) == ("G0", "Guest 0")
    assert mine.positions.count() == 1
    assert not Person.objects.filter(pk=guests[0].pk).exists()


def test_somebody_who_has_a_place_cannot_take_a_second_one(organization, guests):
    inviting.invite(organization.person("ada"), guests[0])
    browser, path = organization["max"].browser, made.link()
    assert "sign out first" in browser.get(path).content.decode()
    browser.post(path)
    assert Person.objects.get(number="G0").user is None


def test_an_address_that_has_an_account_signs_in_to_it_and_makes_no_second_one(organization, guests):
    UserFactory.create(email="g0@example.org")
    inviting.invite(organization.person("ada"), guests[0])
    page = Browser().get(made.link()).content.decode()
    assert "already" in page
    assert 'type="password"' not in page
    Browser().post(made.link(), {"password": PASSWORD})
    assert User.objects.filter(email="g0@example.org").count() == 1


def test_a_verified_address_links_and_a_typed_one_never_does(guests):
    typed, proved = (PersonFactory.create(user__email=f"g{n}@example.org") for n in (0, 1))
    EmailAddress.objects.create(user=typed.user, email="g0@example.org", verified=False, primary=True)
    EmailAddress.objects.create(user=proved.user, email="G1@example.org", verified=True, primary=True)
    assert linking.link_verified(typed.user) is None
    assert linking.link_verified(proved.user) == proved
    proved.refresh_from_db()
    assert proved.number == "G1"
    assert Person.objects.get(number="G0").user is None


def test_everything_that_named_the_place_names_the_account_afterwards(organization, guests):
    boss, report = guests[0], guests[1]
    Position.objects.filter(person=report).update(manager=boss)
    made.away(boss)
    mine = PersonFactory.create()
    linking.take_over(mine, boss)
    assert Position.objects.get(person=report).manager == mine
    assert mine.long_leaves.count() == 1


def test_whoever_has_no_account_stays_in_the_roster(organization, guests):
    assert "Guest 3" in organization["max"].browser.get("/organization/find/?q=Guest+3").content.decode()


def test_a_link_that_went_to_an_address_since_corrected_is_over(organization, guests):
    ada, guest = organization.person("ada"), guests[0]
    inviting.invite(ada, guest)
    wrong = made.link()
    Person.objects.filter(pk=guest.pk).update(email="right@example.org")
    assert Browser().get(wrong).status_code == 404
    assert Browser().post(wrong, {"password": PASSWORD}).status_code == 404
    assert not User.objects.filter(email="g0@example.org").exists()
    assert [one["state"] for one in inviting.rows()] == ["withdrawn"]
    assert inviting.to_invite().filter(pk=guest.pk).exists()
    inviting.invite(ada, Person.objects.get(pk=guest.pk))
    Person.objects.filter(pk=guest.pk).update(email="g0@example.org")
    assert Browser().get(wrong).status_code == 404, "a link that was replaced never comes back"
