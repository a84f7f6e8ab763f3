"""Materials: what a browser sends, what the page says of files and shots."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile

from creative.models import Material
from tests.creative.views.books import a_shot


def test_an_uploaded_file_is_booked_under_its_folder_and_name(page, books):
    file = SimpleUploadedFile("pour.mp4", b"not really a video")
    answer = page.post("/materials/upload", {"file": file, "name": "拍摄/pour.mp4"})

    material = Material.objects.get()
    assert answer.status_code == 200
    assert (material.name, material.state, material.advertiser) == ("拍摄/pour.mp4", "waiting", books.advertiser)
    assert material.words == ["拍摄", "pour"]


def test_a_name_cannot_climb_out_of_its_folder_or_break_the_line(page):
    page.post("/materials/upload", {"file": SimpleUploadedFile("x.mp4", b"x"), "name": "../../etc/a\nb\u202e.mp4"})

    assert Material.objects.get().name == "etc/a b .mp4"


def test_an_empty_file_is_refused_at_once_with_the_way_out(page):
    answer = page.post("/materials/upload", {"file": SimpleUploadedFile("leer.mp4", b""), "name": "leer.mp4"})

    assert answer.status_code == 422
    assert answer.content.decode().strip() == "leer.mp4：是空的；重新传一次"
    assert not Material.objects.exists()


def test_a_refused_file_stands_on_top_with_its_reason(page, books):
    Material.objects.create(
        advertiser=books.advertiser,
        name="IMG_2207.mov",
        state="refused",
        refusal_code="codec_not_supported",
        refusal_reason="its picture is coded as ProRes RAW, which is not read here; export it as H.264",
    )
    html = page.get("/materials/").content.decode()

    assert "IMG_2207.mov" in html
    assert "编码是 ProRes RAW，这里解不了；导出成 H.264 再传" in html
    assert "codec_not_supported" in html


def test_shots_are_shown_with_role_words_and_flaws(page, books):
    a_shot(books.advertiser, brightness=0.05, role="proof")
    html = page.get("/materials/").content.decode()

    assert '<span class="role role-proof">证明</span>' in html
    assert "倒 · 咖啡" in html
    assert "偏暗" in html


def test_a_filter_shows_only_its_role(page, books):
    a_shot(books.advertiser, "a.mp4", role="proof")
    a_shot(books.advertiser, "b.mp4", role="hook")
    html = page.get("/materials/?show=hook").content.decode()

    assert 'title="b.mp4"' in html
    assert 'title="a.mp4"' not in html


def test_words_and_role_typed_for_a_shot_are_kept(page, books):
    shot = a_shot(books.advertiser)
    page.post(f"/materials/shots/{shot.id}", {"role": "hook", "words": "冰块，水花、慢动作", "is_hidden": "on"})

    shot.refresh_from_db()
    assert (shot.role, shot.is_hidden) == ("hook", True)
    assert shot.words[:3] == ["冰块", "水花", "慢动作"]


def test_rights_are_changed_in_place_and_odd_ones_ignored(page, books):
    material = a_shot(books.advertiser).material
    page.post(f"/materials/{material.id}/rights", {"rights": "licensed"})
    page.post(f"/materials/{material.id}/rights", {"rights": "stolen"})

    material.refresh_from_db()
    assert material.rights == "licensed"


def test_a_removed_file_is_gone_with_its_shots(page, books):
    material = a_shot(books.advertiser).material
    page.post(f"/materials/{material.id}/remove")

    assert not Material.objects.exists()


def test_without_materials_the_page_says_what_to_film(page):
    assert "还没有素材。" in page.get("/materials/").content.decode()
