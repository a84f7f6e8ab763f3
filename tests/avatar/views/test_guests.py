"""A viewer's way on air through the pages: door, consent, wait, air, end; and what an operator sees of it."""

from __future__ import annotations

import datetime as dt
import json
import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from avatar.models import Broadcast, Guest, Handshake, LikenessConsent, LiveComment
from avatar.services import broadcasting, guests
from tests.avatar.stage import a_live_shop

OFFER = "v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\n"


@pytest.fixture
def on_air(shop) -> Broadcast:
    shop.room.guest_delay_seconds = 4
    shop.room.save()
    return broadcasting.start(shop.room)


@pytest.fixture
def invited(shop, on_air) -> Guest:
    return guests.open_door(on_air, shop.member)


@pytest.fixture
def phone(db) -> Client:
    """A viewer's browser, without a log-in."""
    return Client(headers={"accept-language": "zh-CN"})


def at(guest: Guest, name: str) -> str:
    return reverse(f"avatar:guest_{name}", args=[guests.link_token(guest)])


def come_in(phone: Client, guest: Guest, **changes: str):
    form = {"name": "小满", "picture": "yes", "agrees": "yes", "lang": "zh-CN", **changes}
    return phone.post(at(guest, "comes_in"), form)


def test_an_operator_opens_the_door_and_sends_a_link(shop, on_air, page):
    control = page.get(reverse("avatar:control", args=[shop.room.pk])).content.decode()
    assert 'id="open-door"' in control

    shown = page.post(reverse("avatar:open_guest_door", args=[shop.room.pk]), headers={"HX-Request": "true"})

    link = re.search(r'id="guest-link">(http://[^<]+)<', shown.content.decode())[1]
    assert "<svg" in shown.content.decode()
    assert guests.guest_of_link(link.rsplit("/", 1)[1]).number == 1


def test_a_room_that_holds_nothing_back_lets_nobody_on_air(shop, page):
    broadcasting.start(shop.room)

    shown = page.post(reverse("avatar:open_guest_door", args=[shop.room.pk]), headers={"HX-Request": "true"})

    assert shown.status_code == 422
    assert not Guest.objects.exists()


def test_a_viewer_reads_what_it_is_before_anything_is_asked(invited, phone, shop):
    shown = phone.get(at(invited, "page"))

    text = shown.content.decode()
    assert shown.status_code == 200
    assert "AI 数字人" in text
    assert shop.advertiser.name in text
    assert "随时在本页撤回同意" in text
    english = phone.get(at(invited, "page") + "?lang=en").content.decode()
    assert "take this back at any time" in english


def test_nobody_waits_without_a_name_and_a_consent(invited, phone):
    assert come_in(phone, invited, agrees="").status_code == 422
    assert come_in(phone, invited, name=" ").json()["field"] == "name"
    assert come_in(phone, invited, name="加微信13800138000").status_code == 422
    invited.refresh_from_db()
    assert invited.state == "invited"
    assert not LikenessConsent.objects.exists()


def test_a_consent_is_kept_with_its_words_and_its_day(invited, phone, shop):
    assert come_in(phone, invited).json() == {"state": "waiting"}

    invited.refresh_from_db()
    consent = invited.consent
    assert (consent.kind, consent.person, consent.withdrawn_at) == ("on_air", "小满", None)
    assert shop.advertiser.name in consent.words
    assert timezone.now() - consent.given_at < dt.timedelta(minutes=1)
    assert (invited.name, invited.has_picture, invited.state) == ("小满", True, "waiting")


def test_a_link_lets_one_browser_in(invited, phone):
    come_in(phone, invited)
    other = Client()

    assert other.get(at(invited, "state")).json()["state"] == "taken"
    assert other.post(at(invited, "leaves")).status_code == 403
    assert come_in(other, invited).status_code == 422
    assert phone.get(at(invited, "state")).json()["state"] == "waiting"


def test_a_link_that_is_false_too_old_or_closed_shows_nothing_of_the_room(invited, phone):
    assert phone.get(reverse("avatar:guest_page", args=["made-up"])).status_code == 404
    Guest.objects.filter(pk=invited.pk).update(expires_at=timezone.now() - dt.timedelta(minutes=1))
    assert phone.get(at(invited, "page")).status_code == 410
    assert come_in(phone, invited).status_code == 422


def test_an_offer_is_taken_from_the_seat_alone_and_its_answer_comes_with_the_state(invited, phone):
    def offered(browser: Client):
        return browser.post(at(invited, "offers"), json.dumps({"offer": OFFER}), content_type="application/json")

    assert offered(phone).status_code == 403
    come_in(phone, invited)
    assert offered(phone).status_code == 201
    Handshake.objects.update(answer="v=0 answer")

    assert phone.get(at(invited, "state")).json()["answer"] == "v=0 answer"
    assert offered(phone).status_code == 201
    assert Handshake.objects.get().answer == ""


def test_one_guest_is_on_air_at_a_time(shop, on_air, page, phone):
    first = guests.open_door(on_air, shop.member)
    come_in(phone, first)
    second = guests.open_door(on_air, shop.member)
    come_in(Client(), second)

    def take(guest: Guest):
        return page.post(reverse("avatar:take_guest_on_air", args=[guest.pk]), headers={"HX-Request": "true"})

    assert take(first).status_code == 200
    assert take(second).status_code == 422
    page.post(reverse("avatar:let_guest_go", args=[first.pk]))
    assert take(second).status_code == 200
    assert phone.get(at(first, "state")).json() == {"state": "over", "reason": "removed", "may_withdraw": True}


def test_what_a_guest_says_is_a_comment_of_theirs(shop, on_air, invited, phone):
    come_in(phone, invited)
    assert guests.keep_turn(invited.pk, 1, "多少钱") is None

    guests.take_on_air(invited)

    assert guests.keep_turn(invited.pk, 1, "多少钱") == 1
    assert guests.keep_turn(invited.pk, 1, "多少钱") is None
    row = LiveComment.objects.get()
    assert (row.viewer, row.text, row.by_guest, row.broadcast_id) == ("小满", "多少钱", True, on_air.pk)


def test_a_consent_taken_back_ends_the_stay_and_empties_the_books_of_name_and_words(invited, phone):
    come_in(phone, invited)
    guests.take_on_air(invited)
    guests.keep_turn(invited.pk, 1, "多少钱")

    assert phone.post(at(invited, "withdraws")).json()["reason"] == "withdrawn"

    invited.refresh_from_db()
    assert (invited.state, invited.reason, invited.name) == ("ended", "withdrawn", "")
    assert invited.consent.withdrawn_at is not None
    assert "小满" not in invited.consent.person
    assert LiveComment.objects.get().text == ""


def test_a_consent_can_be_taken_back_after_the_stay_by_the_same_browser_alone(invited, phone):
    come_in(phone, invited)
    phone.post(at(invited, "leaves"))
    assert 'data-may-withdraw="yes"' in phone.get(at(invited, "page")).content.decode()
    assert Client().post(at(invited, "withdraws")).status_code == 403

    phone.post(at(invited, "withdraws"))

    assert phone.get(at(invited, "state")).json() == {"state": "over", "reason": "left", "may_withdraw": False}
    invited.refresh_from_db()
    assert invited.consent.withdrawn_at is not None


def test_an_operator_withdraws_a_consent_and_the_guest_is_off_the_air(invited, phone, page):
    come_in(phone, invited)
    guests.take_on_air(invited)
    invited.refresh_from_db()
    assert "小满" in page.get(reverse("avatar:personas")).content.decode()

    page.post(reverse("avatar:withdraw_consent", args=[invited.consent_id]))

    invited.refresh_from_db()
    assert invited.state == "ended"


def test_guests_end_with_the_broadcast(invited, phone, on_air):
    come_in(phone, invited)

    broadcasting.stop(on_air)

    assert phone.get(at(invited, "state")).json() == {"state": "over", "reason": "ended", "may_withdraw": True}


def test_another_advertisers_operator_neither_sees_nor_moves_a_guest(invited, phone, client):
    come_in(phone, invited)
    theirs = a_live_shop("other")
    client.force_login(theirs.member.user, backend="django.contrib.auth.backends.ModelBackend")

    assert client.post(reverse("avatar:take_guest_on_air", args=[invited.pk])).status_code == 404
    assert client.post(reverse("avatar:let_guest_go", args=[invited.pk])).status_code == 404
    invited.refresh_from_db()
    assert invited.state == "waiting"


def test_the_delay_is_chosen_on_the_set_up_page(shop, page):
    address = reverse("avatar:change_room", args=[shop.room.pk, "guests"])
    assert page.post(address, {"guest_delay_seconds": "4"}).status_code == 302
    assert page.post(address, {"guest_delay_seconds": "60"}).status_code == 422

    shop.room.refresh_from_db()
    assert shop.room.guest_delay_seconds == 4
    assert broadcasting.start(shop.room).guest_delay_seconds == 4


def test_an_operator_listens_ahead(shop, on_air, page):
    answer = page.post(
        reverse("avatar:listen_ahead", args=[shop.room.pk]),
        json.dumps({"offer": OFFER}),
        content_type="application/json",
    )
    key = answer.json()["handshake"]
    assert page.get(reverse("avatar:handshake", args=[key])).json() == {"answer": ""}
    Handshake.objects.update(answer="v=0 answer")

    assert page.get(reverse("avatar:handshake", args=[key])).json() == {"answer": "v=0 answer"}
    assert not Handshake.objects.exists()
