"""References: the library, the row for a brief, the pick and what follows from it."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile

from creative.models import Pick, Reference, Script
from tests.creative.views.books import a_reference, a_shot


def test_the_library_shows_shared_ones_and_ones_own(page, books):
    a_reference(None, "公共的一条")
    html = page.get("/references/").content.decode()

    assert "懂行人开场" in html
    assert "公共的一条" in html
    assert "全部 2" in html


def test_the_row_is_made_of_playable_cards_and_says_how_it_was_chosen(page, books):
    html = page.get(f"/briefs/{books.brief.id}/references").content.decode()

    assert "选一条参考，借它的结构" in html
    assert "从 1 条里挑出 1 条" in html
    assert f'data-video="/references/{books.reference.id}/video"' in html
    assert "可借结构" in html


def test_a_pick_is_booked_once_and_shows_the_structure(page, books):
    address = f"/briefs/{books.brief.id}/references/{books.reference.id}/pick"
    html = page.post(address, headers={"HX-Request": "true"}).content.decode()
    page.post(address, headers={"HX-Request": "true"})

    assert Pick.objects.get().by_person
    assert "已选" in html
    assert "问一个观众想知道答案的问题" in html


def test_the_pick_says_which_slots_the_footage_can_fill(page, books):
    a_shot(books.advertiser, "a.mp4", role="hook")
    a_shot(books.advertiser, "b.mp4", role="selling_point")
    html = page.post(
        f"/briefs/{books.brief.id}/references/{books.reference.id}/pick", headers={"HX-Request": "true"}
    ).content.decode()

    assert "5 个槽，你的素材能填 2 个。" in html
    assert "“痛点”缺 1 个镜头、“优惠”缺 1 个镜头、“行动”缺 1 个镜头，先用动效卡片顶上。" in html


def test_the_picked_structure_becomes_a_script(page, books):
    page.post(f"/briefs/{books.brief.id}/references/{books.reference.id}/pick")
    answer = page.post(f"/briefs/{books.brief.id}/use-structure")

    script = Script.objects.get()
    assert answer["Location"] == f"/briefs/{books.brief.id}/script/{script.id}"
    assert script.is_chosen
    assert script.reference == books.reference


def test_an_import_without_a_video_says_so(page):
    answer = page.post("/references/import", {})

    assert answer.status_code == 422
    assert "没有收到文件" in answer.content.decode()


def test_a_bad_record_refuses_the_reference_by_name(page, books):
    files = {
        "video": SimpleUploadedFile("mine.mp4", b"video"),
        "record": SimpleUploadedFile("mine.yaml", b"colour: red\n"),
    }
    page.post("/references/import", files)

    row = Reference.objects.get(name="mine.mp4")
    assert row.state == "refused"
    assert "colour" in row.refusal_reason


def test_rights_of_ones_own_reference_can_be_set(page, books):
    page.post(f"/references/{books.reference.id}/", {"may_reuse": "on"})

    books.reference.refresh_from_db()
    assert books.reference.rights == "may_reuse_pixels"


def test_a_shared_reference_can_be_seen_but_not_changed(page, books):
    shared = a_reference(None, "公共的一条")

    assert page.get(f"/references/{shared.id}/").status_code == 200
    assert page.post(f"/references/{shared.id}/", {"may_reuse": "on"}).status_code == 404
    assert page.post(f"/references/{shared.id}/remove").status_code == 404


def test_the_page_says_that_no_picture_of_a_reference_goes_into_an_ad(page, books):
    assert "参考的画面不会进广告" in page.get("/references/").content.decode()
    assert "画面一帧也不会进广告" in page.get(f"/references/{books.reference.id}/").content.decode()


def test_rights_to_pictures_are_noted_and_the_structure_alone_is_borrowed(page, books):
    page.post(f"/references/{books.reference.id}/", {"may_reuse": "on"})

    books.reference.refresh_from_db()
    assert books.reference.rights == "may_reuse_pixels"
    assert "可借结构，已记下画面权利" in page.get(f"/briefs/{books.brief.id}/references").content.decode()


def test_english_readers_are_told_the_same(english):
    assert "no picture of a reference goes into an ad" in english.get("/references/").content.decode()
