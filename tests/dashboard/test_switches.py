"""Log-in, log-out, language, theme and keys."""

from __future__ import annotations

import pytest

from tests.creative.views.books import an_advertiser


@pytest.fixture
def member(db):
    return an_advertiser()[1]


def log_in(client, password: str):
    return client.post("/login", {"username": "chengye@example.com", "password": password, "next": "/briefs/"})


def test_a_visitor_is_sent_to_the_log_in_and_then_where_he_wanted(client, member):
    assert client.get("/briefs/")["Location"] == "/login?next=/briefs/"
    assert log_in(client, "long enough 1")["Location"] == "/briefs/"


def test_a_wrong_password_is_told_plainly(client, member):
    html = log_in(client, "wrong").content.decode()

    assert "邮箱或密码不对。两个都分大小写。" in html
    assert 'value="chengye@example.com"' in html


def test_the_ninth_wrong_password_locks_the_door_for_a_while(client, member):
    answers = [log_in(client, f"wrong {number}").status_code for number in range(9)]

    assert answers[-1] == 429
    assert "暂时不能登录" in log_in(client, "once more").content.decode()
    assert log_in(client, "long enough 1").status_code == 429


def test_a_fragment_of_a_visitor_sends_the_whole_page_to_the_log_in(client, db):
    answer = client.get("/briefs/", headers={"HX-Request": "true"})

    assert (answer.status_code, answer["HX-Redirect"]) == (401, "/login?next=/briefs/")


def test_logging_out_takes_a_post(client, member):
    client.force_login(member.user, backend="django.contrib.auth.backends.ModelBackend")

    assert client.get("/logout").status_code == 405
    assert client.post("/logout")["Location"] == "/login"


def test_the_language_is_switched_and_kept(client, member):
    answer = client.post("/language", {"language": "en", "next": "/login"})

    assert answer["Location"] == "/login"
    assert '<html lang="en">' in client.get("/login").content.decode()


def test_an_unknown_language_or_another_site_is_ignored(client, db):
    answer = client.post("/language", {"language": "xx", "next": "https://evil.example/"})

    assert answer["Location"] == "/"
    assert "django_language" not in answer.cookies


def test_a_theme_is_kept_and_stands_on_the_page(client, db):
    client.post("/theme", {"theme": "dark"})

    assert 'data-theme="dark"' in client.get("/login").content.decode()


def test_an_odd_theme_counts_as_the_systems(client, db):
    client.cookies["theme"] = '"><script>'

    assert "data-theme" not in client.get("/login").content.decode()


def test_single_letter_keys_can_be_switched_off(client, db):
    client.post("/keys", {"keys": "off"})

    assert 'data-letter-keys="off"' in client.get("/login").content.decode()


def test_a_lost_address_says_so_and_leads_home(client, member):
    client.force_login(member.user, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.get("/briefs/00000000-0000-0000-0000-000000000000/")

    assert answer.status_code == 404
    assert "这个地址没有东西" in answer.content.decode()
    assert 'href="/"' in answer.content.decode()
