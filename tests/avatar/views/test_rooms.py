"""The list, opening a room, the set-up page, outputs, on air."""

from __future__ import annotations

import json
import time

import pytest

from avatar.models import Broadcast, HostPersona, Room, RoomPreview, ScriptWriting, StreamOutput
from avatar.rooms import load_room
from avatar.services.rooms import intake_key
from avatar.services.scripts import current_script, save_script
from avatar.services.writing import write
from core.webhooks.signing import signed_headers
from tests.avatar.stage import a_broadcast, a_live_shop, a_product


def test_without_rooms_the_page_says_what_to_do(page, shop):
    Room.objects.all().delete()
    html = page.get("/rooms/").content.decode()

    assert 'class="empty"' in html
    assert f'<option value="{shop.product.pk}">' in html


def test_a_room_is_opened_and_put_on_air_in_two_clicks(page, shop):
    other = a_product(shop.advertiser, "冷萃礼盒")
    opened = page.post("/rooms/open", {"product": str(other.pk)})
    room = Room.objects.get(product=other)
    answer = page.post(f"/rooms/{room.pk}/air")

    assert opened["Location"] == f"/rooms/{room.pk}/"
    assert answer["Location"] == f"/rooms/{room.pk}/control"
    assert Broadcast.objects.get().state == "queued"


@pytest.mark.parametrize("key", ["", "nonsense", "00000000-0000-0000-0000-000000000000"])
def test_a_product_that_is_not_ours_opens_nothing(page, shop, key):
    assert page.post("/rooms/open", {"product": key}).status_code == 404
    assert Room.objects.count() == 1


def test_the_set_up_page_shows_host_script_and_picture(page, shop):
    html = page.get(f"/rooms/{shop.room.pk}/").content.decode()

    assert "小林" in html
    assert current_script(shop.room).lines[0]["text"] in html
    assert "¥39.9" in html
    assert 'value="39.9"' in html


def test_refused_lines_stand_in_the_editor_with_their_reasons_and_nothing_is_saved(page, shop):
    answer = page.post(f"/rooms/{shop.room.pk}/script", {"text": ["欢迎来到直播间。", "全网最低价。"]})
    html = answer.content.decode()

    assert answer.status_code == 422
    assert "全网最低价。" in html
    assert "has-problem" in html
    assert current_script(shop.room).number == 1


def test_a_line_is_checked_while_it_is_written_and_cues_are_suggested(page, shop):
    notes = page.post(f"/rooms/{shop.room.pk}/script/check", {"text": "{point}点下方链接。", "number": "3"})
    cues = page.post(f"/rooms/{shop.room.pk}/script/cues", {"text": "点下方链接。"})

    assert '<span class="chip">' in notes.content.decode()
    assert "field-error" not in notes.content.decode()
    assert cues.content.decode() == "点{point}{overlay:link}下方链接。"


def test_a_stream_key_is_on_no_page(page, shop):
    form = {"platform": "kuaishou", "url": "rtmp://push.example/live", "key": "sk-4711-secret"}
    page.post(f"/rooms/{shop.room.pk}/outputs", form)
    html = page.get(f"/rooms/{shop.room.pk}/").content.decode()

    assert StreamOutput.objects.count() == 1
    assert "rtmp://push.example/live" in html
    assert "sk-4711-secret" not in html


def test_a_bad_address_is_named_and_the_key_not_repeated(page, shop):
    form = {"platform": "kuaishou", "url": "https://push.example", "key": "sk-4711-secret"}
    answer = page.post(f"/rooms/{shop.room.pk}/outputs", form)

    assert answer.status_code == 422
    assert "sk-4711-secret" not in answer.content.decode()


def test_the_secret_is_shown_once(page, shop):
    shown = page.post(f"/rooms/{shop.room.pk}/secret").content.decode()

    assert "whsec_" in shown
    assert "whsec_" not in page.get(f"/rooms/{shop.room.pk}/").content.decode()


def test_a_label_without_ai_is_refused_and_the_rest_of_the_block_too(page, shop):
    answer = page.post(f"/rooms/{shop.room.pk}/change/overlays", {"label": "小林", "price_text": "¥1"})
    shop.room.refresh_from_db()

    assert answer.status_code == 422
    assert shop.room.price_text == "¥39.9"


def test_a_preview_is_ordered_once_while_it_is_made(page, shop):
    for _ in range(2):
        page.post(f"/rooms/{shop.room.pk}/preview")

    assert RoomPreview.objects.count() == 1
    part = page.get(f"/rooms/{shop.room.pk}/", headers={"HX-Request": "true"}).content.decode()
    assert 'role="progressbar"' in part
    assert "<html" not in part


def test_comments_and_orders_come_in_signed(client, shop):
    broadcast = a_broadcast(shop.room)
    address = f"/live/in/{shop.room.intake_token}"

    def send(event: dict, number: int, spoil: str = ""):
        body = json.dumps(event).encode()
        headers = signed_headers([intake_key(shop.room)], f"e{number}", int(time.time()), body)
        return client.post(address, body + spoil.encode(), content_type="application/json", headers=headers)

    comment = send({"type": "comment", "viewer": "小满", "text": "多少钱"}, 1)
    order = send({"type": "order", "product": "冷萃", "amount_minor": 3990}, 2)

    assert comment.json() == {"comment": 1, "duplicate": False}
    assert order.json() == {"comment": 0, "duplicate": False}
    assert send({"type": "comment", "viewer": "小满", "text": "在"}, 3, spoil=" ").status_code == 401
    assert send({"type": "comment", "viewer": "小满"}, 4).json()["field"] == "text"
    assert client.post("/live/in/nobody-knows-this-token", b"{}", content_type="application/json").status_code == 404
    assert client.get(address).status_code == 405
    broadcast.delete()
    assert send({"type": "comment", "viewer": "小满", "text": "在"}, 5).status_code == 409


def test_a_host_of_a_person_needs_both_consents_on_the_page_too(page, shop):
    form = {"name": "周周", "base": "Lin", "language": "zh-CN", "likeness_of": "周晴"}
    refused = page.post("/rooms/hosts/new", form)
    consent = {"person": "周晴", "likeness": "yes", "voice": "yes", "words": "我同意。", "given_on": "2026-11-01"}
    page.post("/rooms/hosts/consents", consent)
    page.post("/rooms/hosts/new", form)

    assert refused.status_code == 422
    assert HostPersona.objects.get().likeness_consent.person == "周晴"


def test_the_programme_serves_its_pieces_and_nothing_else(page, shop, tmp_path):
    broadcast = a_broadcast(shop.room)
    address = f"/rooms/{shop.room.pk}/programme"
    from avatar.rooms import folder_of

    folder = folder_of(broadcast.pk) / "programme"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "index.m3u8").write_text("#EXTM3U")
    (folder.parent / "process.log").write_text("private")

    listed = page.get(f"{address}/index.m3u8")
    assert listed["Cache-Control"] == "no-store"
    assert listed["Content-Type"] == "application/vnd.apple.mpegurl"
    assert page.get(f"{address}/gone.m4s").status_code == 404
    assert page.get(f"{address}/..%2Fprocess.log").status_code == 404


def test_a_host_of_ones_own_goes_on_air_with_its_choices(page, shop):
    form = {"name": "阿梅", "base": "Lin", "language": "zh-CN", "voice": "soft", "hair": "bob"}
    page.post("/rooms/hosts/new", form)
    own = HostPersona.objects.get()
    chosen = {"own_persona": str(own.pk), "persona": "Lin", "background": "kitchen", "barge_in": "at_once", "voice": ""}
    page.post(f"/rooms/{shop.room.pk}/change/host", chosen)
    config = load_room(str(shop.room.pk)).config

    assert dict(config.host)["hair"] == "bob"
    assert (config.voice, config.background, config.barge_in) == ("soft", "kitchen", "at_once")


def test_choices_are_drawn_before_they_are_saved_and_unknown_ones_are_not(page, shop):
    assert page.get("/rooms/hosts/tried.jpg?hair=mohawk").status_code == 404


def test_products_are_added_moved_and_taken_out_on_the_page(page, shop):
    cup = a_product(shop.advertiser, "随行杯")
    address = f"/rooms/{shop.room.pk}/products"
    page.post(f"{address}/add", {"product": str(cup.pk)})
    page.post(f"{address}/card", {"product": str(cup.pk), "price_text": "¥55", "coupon": "满减"})
    html = page.get(f"/rooms/{shop.room.pk}/").content.decode()
    assert "2 个产品" in html
    assert 'value="¥55"' in html

    page.post(f"{address}/move", {"product": str(cup.pk), "by": "-1"})
    shop.room.refresh_from_db()
    assert (shop.room.product, shop.room.price_text) == (cup, "¥55")
    page.post(f"{address}/remove", {"product": str(cup.pk)})
    assert page.post(f"{address}/remove", {"product": str(shop.product.pk)}).status_code == 422
    assert page.post(f"{address}/add", {"product": "nonsense"}).status_code == 404


def test_another_advertisers_product_comes_into_no_room(page, shop):
    other = a_live_shop("other")

    assert page.post(f"/rooms/{shop.room.pk}/products/add", {"product": str(other.product.pk)}).status_code == 404


def test_a_model_writes_in_the_background_and_the_page_shows_how_far_it_is(page, shop, settings):
    settings.LLM_BASE_URL, settings.LLM_MODEL = "http://127.0.0.1:1/v1", "m"
    before = shop.room.scripts.count()
    page.post(f"/rooms/{shop.room.pk}/script/write")
    ScriptWriting.objects.update(laps_done=1)

    part = page.get(f"/rooms/{shop.room.pk}/?part=writing", headers={"HX-Request": "true"}).content.decode()

    assert 'aria-valuenow="1"' in part
    assert shop.room.scripts.count() == before


def test_what_the_model_wrote_takes_the_place_of_the_script_it_was_ordered_for_and_of_no_other(shop):
    def ordered() -> ScriptWriting:
        script = current_script(shop.room)
        return ScriptWriting.objects.create(advertiser=shop.advertiser, room=shop.room, script=script)

    Room.objects.update(seed=shop.room.seed + 1)
    write(ordered().pk)
    shop.room.refresh_from_db()
    written = current_script(shop.room)
    stale = ordered()
    edited = save_script(shop.room, ["一瓶 300 毫升。"])
    write(stale.pk)

    assert written.number == 2
    assert current_script(shop.room) == edited
    assert list(ScriptWriting.objects.values_list("state", "laps_done")) == [("done", 4), ("done", 4)]


def test_an_open_page_hears_that_the_models_script_is_there_and_a_fresh_one_says_nothing(page, shop):
    ScriptWriting.objects.create(advertiser=shop.advertiser, room=shop.room, state="done")

    def part(shown: str) -> str:
        address = f"/rooms/{shop.room.pk}/?part=writing&shown={shown}"
        return page.get(address, headers={"HX-Request": "true"}).content.decode().strip()

    assert "语言模型的稿子写好了" in part("0")
    assert part("1") == ""
