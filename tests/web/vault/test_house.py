"""The secrets of second factors: unreadable in a stolen file, and as good as before for who has the app."""

from __future__ import annotations

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.core.management import CommandError, call_command
from tests.factories import PersonFactory

from fairlead.web.people.actions import SECRETS
from fairlead.web.vault import house, sealing

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
NEW = "n" * 43


@pytest.fixture
def user(db):
    return PersonFactory.create().user


def test_an_apps_secret_and_the_seed_of_recovery_codes_stand_sealed_in_the_table(user):
    TOTP.activate(user, SECRET)
    codes = RecoveryCodes.activate(user)
    stored = {one.type: one.data for one in Authenticator.objects.all()}
    assert SECRET not in str(stored)
    assert stored["totp"]["secret"].startswith(house.MARK)
    assert stored["recovery_codes"]["seed"].startswith(house.MARK)
    assert house.unseal(stored["totp"]["secret"], where=SECRETS) == SECRET
    code = codes.get_unused_codes()[0]
    again = Authenticator.objects.get(type="recovery_codes").wrap()
    assert again.validate_code(code)
    assert not again.validate_code(code)


def test_a_sealed_secret_opens_with_the_installations_key_alone_and_at_its_place_alone(user, settings):
    sealed = house.seal(SECRET, where=SECRETS)
    assert sealed != house.seal(SECRET, where=SECRETS)
    with pytest.raises(sealing.DoesNotOpen):
        house.unseal(sealed, where="web_run.error")
    settings.VAULT_KEYS = [NEW]
    with pytest.raises(sealing.DoesNotOpen):
        house.unseal(sealed, where=SECRETS)


def test_a_new_key_of_the_installation_seals_them_anew_and_the_old_one_may_go(user, settings, capsys):
    TOTP.activate(user, SECRET)
    RecoveryCodes.activate(user)
    Authenticator.objects.create(user=PersonFactory.create().user, type="totp", data={"secret": SECRET})
    settings.VAULT_KEYS = [NEW, *settings.VAULT_KEYS]
    call_command("rewrap_keys")
    assert re.search(r"^3 of 3 secrets", capsys.readouterr().out, re.MULTILINE)
    call_command("rewrap_keys")
    assert re.search(r"^0 of 3 secrets", capsys.readouterr().out, re.MULTILINE)
    settings.VAULT_KEYS = [NEW]
    for one in Authenticator.objects.filter(type="totp"):
        assert house.unseal(one.data["secret"], where=SECRETS) == SECRET


def test_without_the_key_that_sealed_them_nothing_is_changed(user, settings):
    TOTP.activate(user, SECRET)
    before = Authenticator.objects.get().data
    settings.VAULT_KEYS = [NEW]
    with pytest.raises(CommandError, match="FAIRLEAD_OLD_VAULT_KEY"):
        call_command("rewrap_keys")
    assert Authenticator.objects.get().data == before
