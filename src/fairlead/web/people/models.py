"""An account that signs in with an e-mail address, and the person behind it."""

from __future__ import annotations

import uuid
from datetime import time
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone


class UserManager(BaseUserManager["User"]):
    """Makes accounts; an address is kept in lower case so that it is one account however it is typed."""

    def create_user(self, email: str, password: str | None = None) -> User:
        """Make an account; without a password nobody can sign in to it with one."""
        user = self.model(email=email.strip().lower())
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        """Find the account by its address, however it is typed."""
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """An account: an address, a password, nothing about the person."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField("e-mail address", unique=True)
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(default=timezone.now, editable=False)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="one_account_per_address")]

    def __str__(self) -> str:
        return self.email


class Person(models.Model):
    """Somebody known here: with an account, in the organization's roster, or both.

    ``user`` is empty for somebody in the roster who has no account. ``number`` is the roster's own
    id and empty for somebody who uses Fairlead alone. Who reports to whom, units, titles and levels
    are in the roster's positions, by date.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.OneToOneField(User, null=True, on_delete=models.SET_NULL, related_name="person")
    name = models.CharField(max_length=120, blank=True)
    zone = models.CharField("time zone", max_length=64, default="UTC")
    work_from = models.TimeField("work starts", default=time(9))
    work_to = models.TimeField("work ends", default=time(17, 30))
    role_title = models.CharField("role", max_length=160, blank=True)
    role_code = models.CharField("role profile", max_length=32, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    number = models.CharField("id in the roster", max_length=64, null=True, blank=True, unique=True)
    email = models.EmailField("address at work", blank=True)
    hired = models.DateField("first day", null=True, blank=True)
    left = models.DateField("last day", null=True, blank=True)
    left_reason = models.CharField("reason for leaving", max_length=160, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("email"), condition=~models.Q(email=""), name="one_person_per_address"
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email or (self.user.email if self.user else "Somebody")

    @property
    def in_roster(self) -> bool:
        """Whether the organization knows this person."""
        return self.number is not None


class Attempt(models.Model):
    """How often a door was tried in the last minutes: what all web processes count together.

    The framework's cache keeps its rows here; a key is a seal, so that a row names nobody.
    """

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"Counted until {self.expires:%Y-%m-%d %H:%M}"
