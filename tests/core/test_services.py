"""Members: who may log in for whom."""

from __future__ import annotations

import stat

import pytest
from django.contrib.auth import authenticate
from django.test import RequestFactory

from core.errors import InputError
from core.models import Advertiser, Member
from core.services import SAMPLE_EMAIL, add_member, ensure_sample_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def tea():
    return Advertiser.objects.create(slug="tea", name="Tea")


def logs_in(name, password):
    return authenticate(RequestFactory().post("/login"), username=name, password=password) is not None


def test_the_sample_member_has_a_random_password_kept_from_others(settings, tmp_path):
    settings.ADLOOM_HOME = tmp_path

    member, password = ensure_sample_member()

    assert (member.advertiser.slug, member.role) == ("sample", "owner")
    assert logs_in(SAMPLE_EMAIL, password)
    assert stat.S_IMODE((tmp_path / "sample-member.txt").stat().st_mode) == 0o600
    assert ensure_sample_member() == (member, password)


def test_a_lost_password_file_means_a_new_password(settings, tmp_path):
    settings.ADLOOM_HOME = tmp_path
    _, first = ensure_sample_member()
    (tmp_path / "sample-member.txt").unlink()

    _, second = ensure_sample_member()

    assert second != first
    assert logs_in(SAMPLE_EMAIL, second)
    assert not logs_in(SAMPLE_EMAIL, first)


def test_a_new_member_gets_a_password_once(tea):
    added = add_member("tea", "Anna@example.com", "editor")

    assert added.created
    assert logs_in("anna@example.com", added.password)
    assert add_member("tea", "anna@example.com", "owner").password == ""
    assert Member.objects.get(user__username="anna@example.com").role == "owner"


@pytest.mark.parametrize(
    ("slug", "email", "role", "thing"),
    [
        ("coffee", "a@b.cn", "owner", "slug"),
        ("tea", "not an address", "owner", "email"),
        ("tea", "a@b.cn", "boss", "role"),
    ],
)
def test_what_is_wrong_is_named_and_nobody_is_added(tea, slug, email, role, thing):
    with pytest.raises(InputError) as caught:
        add_member(slug, email, role)

    assert caught.value.thing == thing
    assert not Member.objects.exists()


def test_nobody_works_for_two_advertisers(tea):
    Advertiser.objects.create(slug="coffee", name="Coffee")
    add_member("tea", "a@b.cn", "editor")

    with pytest.raises(InputError, match="works for another advertiser"):
        add_member("coffee", "a@b.cn", "owner")
    assert Member.objects.get().role == "editor"
