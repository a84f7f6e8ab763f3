"""What every answer carries, and what a guesser meets."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model

ROOM_FOR_ERRORS = settings.AXES_FAILURE_LIMIT


@pytest.mark.django_db
def test_the_content_policy_lets_nothing_in_from_elsewhere_and_nothing_inline(client):
    policy = client.get("/login")["Content-Security-Policy"]

    directives = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert directives["default-src"] == "'none'"
    assert directives["object-src"] == directives["base-uri"] == directives["frame-ancestors"] == "'none'"
    assert not {"unsafe-inline", "unsafe-eval", "*", "http:", "https:"} & set(policy.replace("'", " ").split())


@pytest.mark.django_db
def test_every_page_is_guarded_against_framing_and_sniffing(client):
    answer = client.get("/login")

    assert answer["X-Frame-Options"] == "DENY"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"


@pytest.mark.django_db
def test_a_guesser_is_locked_out_and_the_right_password_comes_too_late(client):
    get_user_model().objects.create_user("anna@example.com", password="the right password")
    guess = {"username": "anna@example.com", "password": "a wrong password"}
    for _ in range(ROOM_FOR_ERRORS):
        client.post("/login", guess)

    client.post("/login", {**guess, "password": "the right password"})

    assert "_auth_user_id" not in client.session


@pytest.mark.django_db
def test_a_guesser_elsewhere_does_not_lock_the_member_out(client):
    get_user_model().objects.create_user("anna@example.com", password="the right password")
    for _ in range(ROOM_FOR_ERRORS):
        client.post("/login", {"username": "anna@example.com", "password": "wrong"}, REMOTE_ADDR="203.0.113.9")

    client.post("/login", {"username": "anna@example.com", "password": "the right password"})

    assert "_auth_user_id" in client.session


def guess_many_names(client, settings, address="203.0.113.9"):
    """One wrong password for each of more names than an address has room for."""
    settings.LOGIN_FAILURES_PER_ADDRESS = 12
    for number in range(12):
        client.post("/login", {"username": f"member-{number}", "password": "wrong"}, REMOTE_ADDR=address)


@pytest.mark.django_db
def test_a_guesser_of_many_names_is_locked_out_by_address(client, settings):
    get_user_model().objects.create_user("anna@example.com", password="the right password")
    guess_many_names(client, settings)

    right = {"username": "anna@example.com", "password": "the right password"}
    answer = client.post("/login", right, REMOTE_ADDR="203.0.113.9")

    assert answer.status_code == 429
    assert "_auth_user_id" not in client.session


@pytest.mark.django_db
def test_a_guesser_of_many_names_locks_nobody_out_elsewhere(client, settings):
    get_user_model().objects.create_user("anna@example.com", password="the right password")
    guess_many_names(client, settings)

    client.post("/login", {"username": "anna@example.com", "password": "the right password"})

    assert "_auth_user_id" in client.session


@pytest.mark.django_db
def test_an_account_of_ones_own_does_not_reset_the_address(client, settings):
    get_user_model().objects.create_user("mallory", password="the right password")
    settings.LOGIN_FAILURES_PER_ADDRESS = 12
    for number in range(12):
        if number == 6:
            client.post("/login", {"username": "mallory", "password": "the right password"})
            client.post("/logout")
        client.post("/login", {"username": f"member-{number}", "password": "wrong"})

    client.post("/login", {"username": "mallory", "password": "the right password"})

    assert "_auth_user_id" not in client.session


def test_an_address_has_more_room_than_a_name():
    assert settings.LOGIN_FAILURES_PER_ADDRESS > 5 * settings.AXES_FAILURE_LIMIT


@pytest.mark.django_db
def test_a_link_that_opens_nothing_leads_to_the_log_in(client):
    assert client.get("/login/link?sesame=made-up")["Location"].startswith("/login?")


@pytest.mark.django_db
def test_a_visitor_who_is_lost_gets_a_page_and_not_an_error(client):
    assert client.get("/nowhere").status_code == 404


@pytest.mark.django_db
def test_a_host_nobody_allowed_is_refused(client):
    assert client.get("/login", headers={"host": "evil.example"}).status_code == 400


def test_debugging_is_off_and_cookies_are_closed_to_scripts():
    assert settings.DEBUG is False
    assert settings.SESSION_COOKIE_HTTPONLY is True
    assert settings.SESSION_COOKIE_SECURE is False, "without TLS a secure cookie never comes back"
