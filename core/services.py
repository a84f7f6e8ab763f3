"""Advertisers and the people who log in for them."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from core.errors import InputError
from core.models import Advertiser, Member

SAMPLE_SLUG = "sample"
SAMPLE_EMAIL = "sample@adloom.local"
SAMPLE_NAME = "半日山咖啡"
PASSWORD_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without letters and digits that are read for one another."""


@dataclass(frozen=True)
class NewMember:
    """A member just added or changed; `password` is empty when the person had a login already."""

    member: Member
    password: str
    created: bool


@transaction.atomic
def ensure_sample_advertiser() -> Advertiser:
    """The advertiser that briefs without one belong to."""
    advertiser, _ = Advertiser.objects.get_or_create(slug=SAMPLE_SLUG, defaults={"name": SAMPLE_NAME})
    return advertiser


@transaction.atomic
def ensure_sample_member() -> tuple[Member, str]:
    """The sample advertiser's owner and the random password, kept 0600 under the home.

    The file is what counts: should it be gone, a new password is made and set.
    """
    advertiser = ensure_sample_advertiser()
    user, _ = get_user_model().objects.get_or_create(username=SAMPLE_EMAIL, defaults={"email": SAMPLE_EMAIL})
    member, _ = Member.objects.get_or_create(user=user, defaults={"advertiser": advertiser, "role": Member.Role.OWNER})
    password = _kept_password(settings.ADLOOM_HOME / "sample-member.txt")
    if not user.check_password(password):
        user.set_password(password)
        user.save(update_fields=["password"])
    return member, password


@transaction.atomic
def add_member(slug: str, email: str, role: str) -> NewMember:
    """Let `email` log in for the advertiser `slug`; for a member already there the role is changed.

    Raises `InputError` for an unknown advertiser or role, an address that is none, and a
    person who works for another advertiser.
    """
    advertiser = ensure_sample_advertiser() if slug == SAMPLE_SLUG else Advertiser.objects.filter(slug=slug).first()
    if advertiser is None:
        raise InputError("slug", f"there is no advertiser {slug!r}", "unknown_advertiser")
    _check_member(email, role)
    user, is_new = get_user_model().objects.get_or_create(username=email.lower(), defaults={"email": email.lower()})
    member, created = Member.objects.get_or_create(user=user, defaults={"advertiser": advertiser, "role": role})
    if member.advertiser_id != advertiser.pk:
        raise InputError("email", f"{email} works for another advertiser", "other_advertiser")
    Member.objects.filter(pk=member.pk).update(role=role)
    member.role = role
    password = make_password() if is_new else ""
    if is_new:
        user.set_password(password)
        user.save(update_fields=["password"])
    return NewMember(member, password, created)


def make_password() -> str:
    """About 74 bits, in groups a person can type."""
    return "-".join("".join(secrets.choice(PASSWORD_LETTERS) for _ in range(5)) for _ in range(3))


def _check_member(email: str, role: str) -> None:
    if role not in Member.Role.values:
        raise InputError("role", f"{role!r} is none of {', '.join(Member.Role.values)}", "unknown_role")
    try:
        validate_email(email)
    except ValidationError as error:
        raise InputError("email", f"{email!r} is not an e-mail address", "bad_email") from error


def _kept_password(path: Path) -> str:
    if not path.exists():
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(f"{SAMPLE_EMAIL}\n{make_password()}\n")
    return path.read_text().split()[-1]
