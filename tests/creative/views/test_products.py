"""The product's page: facts, price and offer saved whole, a guarded picture, brand colours one can look at."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from core.contracts import dump, load
from core.models import Product
from creative.contracts import AdPlan, BriefData
from creative.selectors import brief_data
from creative.services.products import changed_facts
from tests.creative.views.books import a_shot, an_ad, some_books

HTMX = {"HTTP_HX_REQUEST": "true"}
COLOURS = {"color_primary": "#7F1D1D", "color_secondary": "#14191C", "color_accent": "#F2C94C"}


@pytest.fixture
def product(page, books) -> Product:
    return Product.objects.get(advertiser=books.advertiser)


def form(**changes: object) -> dict[str, object]:
    typed: dict[str, object] = {
        "name": "澄夜冷萃",
        "category": "冷萃咖啡",
        "price": "¥39.9",
        "offer": "第二件半价",
        "audience": "上班族",
        "cta": "点左下角",
        "link": "",
        "fact-id": ["brew"],
        "fact-text": ["12 小时低温慢萃"],
        "fact-evidence": ["工艺单 3 页"],
        "fact-valid_until": [""],
    }
    return typed | changes


def a_picture(name: str = "can.png", kind: str = "PNG") -> SimpleUploadedFile:
    file = io.BytesIO()
    Image.new("RGB", (200, 300), (180, 60, 60)).save(file, kind)
    return SimpleUploadedFile(name, file.getvalue())


def says(books) -> BriefData:
    books.brief.refresh_from_db()
    return brief_data(books.brief)


def test_the_rail_leads_to_the_products_and_the_list_to_the_page(page, product):
    assert 'href="/products/"' in page.get("/").content.decode()
    assert f'href="/products/{product.id}/"' in page.get("/products/").content.decode()


def test_a_new_price_is_saved_and_said_by_every_brief_of_the_product(page, books, product):
    answer = page.post(f"/products/{product.id}/", form(price="¥35.9"), follow=True).content.decode()

    product.refresh_from_db()
    assert (product.price_text, product.price_minor) == ("¥35.9", 3590)
    assert says(books).product.price_text == "¥35.9"
    # No ad was made yet, so none has to be made again.
    assert "改了什么" not in answer


def test_a_changed_price_lists_the_ads_that_show_it_and_makes_them_again_in_one_click(page, books, product):
    ad = an_ad(books, a_shot(books.advertiser))
    plan = load(AdPlan, ad.plan)
    said = replace(plan.slots[0], line="今天 39.9 元，第二件半价。", fact_ids=("price", "offer"))
    ad.plan = dump(replace(plan, slots=(said, *plan.slots[1:])))
    ad.save()

    answer = page.post(f"/products/{product.id}/", form(price="¥35.9"), follow=True).content.decode()
    change = product.changes.get()

    assert '<s class="quiet">¥39.9</s> → <b>¥35.9</b>' in answer
    assert f"/ads/{ad.id}/" in answer
    assert f'action="/products/{product.id}/changes/{change.id}"' in answer
    page.post(f"/products/{product.id}/changes/{change.id}")
    change.refresh_from_db()
    assert change.ordered_at is not None


def test_bad_fields_are_named_and_nothing_is_saved(page, books, product):
    answer = page.post(f"/products/{product.id}/", form(price="便宜", **{"fact-text": [""]}))

    product.refresh_from_db()
    assert answer.status_code == 422
    assert "“便宜”不是价格" in answer.content.decode()
    assert (product.price_text, product.facts.count()) == ("¥39.9", 1)
    assert says(books).product.price_text == "¥39.9"


def test_a_product_can_be_renamed_but_not_to_the_name_of_another(page, books, product):
    Product.objects.create(advertiser=books.advertiser, name="澄夜拿铁", category="拿铁", category_key="drinks")

    refused = page.post(f"/products/{product.id}/", form(name="澄夜拿铁"))
    page.post(f"/products/{product.id}/", form(name="澄夜冷萃 2.0"))

    assert refused.status_code == 422
    assert "已经是另一个产品的名字" in refused.content.decode()
    assert says(books).product.name == "澄夜冷萃 2.0"
    assert sorted(Product.objects.values_list("name", flat=True)) == ["澄夜冷萃 2.0", "澄夜拿铁"]


def test_a_product_without_a_price_can_be_saved_as_it_stands(page, product):
    page.post(f"/products/{product.id}/", form(price="无"))
    html = page.get(f"/products/{product.id}/").content.decode()

    assert 'name="price" value="无"' in html
    assert page.post(f"/products/{product.id}/", form(price="无")).status_code == 302


def test_changed_facts_carry_the_ids_that_ads_carry(books):
    from dataclasses import replace

    from core.contracts import Fact

    before = says(books).product
    after = replace(before, price_text="¥35.9", offer="", facts=(Fact("brew", "14 小时慢萃"), Fact("new", "0 糖")))

    assert [(each.fact_id, each.before, each.after) for each in changed_facts(before, after)] == [
        ("price", "¥39.9", "¥35.9"),
        ("brew", "12 小时低温慢萃", "14 小时慢萃"),
        ("new", "", "0 糖"),
        ("offer", "第二件半价", ""),
    ]


def test_a_picture_goes_through_the_guard_and_is_shown(page, product):
    answer = page.post(f"/products/{product.id}/picture", {"picture": a_picture()}, **HTMX)
    product.refresh_from_db()

    assert answer.status_code == 200
    assert f"/products/{product.id}/picture?{product.picture_sha256[:12]}" in answer.content.decode()
    shown = page.get(f"/products/{product.id}/picture")
    assert (shown.status_code, shown["Content-Type"]) == (200, "image/jpeg")

    page.post(f"/products/{product.id}/picture/remove", **HTMX)
    assert page.get(f"/products/{product.id}/picture").status_code == 404


def test_a_playlist_called_png_is_of_the_wrong_kind(page, product):
    file = SimpleUploadedFile("can.png", b"#EXTM3U\nhttp://169.254.169.254/\n")
    answer = page.post(f"/products/{product.id}/picture", {"picture": file}, **HTMX)

    product.refresh_from_db()
    assert (answer.status_code, product.picture_sha256) == (415, "")
    assert "can.png" in answer.content.decode()
    assert "播放列表" in answer.content.decode()
    assert "PNG、JPEG 或 WebP" in answer.content.decode()


def test_a_picture_too_large_is_refused_with_both_sizes(page, product, monkeypatch):
    monkeypatch.setattr("generation.pictures.PICTURE_MAX_BYTES", 100)
    answer = page.post(f"/products/{product.id}/picture", {"picture": a_picture("big.png")}, **HTMX)

    assert answer.status_code == 413
    assert "big.png" in answer.content.decode()


def test_a_damaged_picture_is_refused_and_the_old_one_stays(page, product):
    page.post(f"/products/{product.id}/picture", {"picture": a_picture()}, **HTMX)
    product.refresh_from_db()
    before = product.picture_sha256
    answer = page.post(
        f"/products/{product.id}/picture",
        {"picture": SimpleUploadedFile("broken.png", b"\x89PNG\r\n\x1a\n" + b"\x01" * 500)},
        **HTMX,
    )

    product.refresh_from_db()
    assert (answer.status_code, product.picture_sha256) == (422, before)


def test_colours_are_saved_for_the_advertiser(page, books, product):
    page.post(f"/products/{product.id}/colours", COLOURS)

    books.advertiser.refresh_from_db()
    assert books.advertiser.color_primary == "#7F1D1D"


def test_a_colour_that_is_none_is_named_and_none_is_saved(page, books, product):
    answer = page.post(f"/products/{product.id}/colours", COLOURS | {"color_accent": "gold"})

    books.advertiser.refresh_from_db()
    assert answer.status_code == 422
    assert "“gold”不是 #00776A 这样的颜色" in answer.content.decode()
    assert books.advertiser.color_primary == "#00776A"


def test_the_preview_says_how_type_reads_and_shows_cards_in_the_colours_typed(page, product):
    html = page.get(f"/products/{product.id}/preview", COLOURS | {"color_primary": "#7F8C8D"}).content.decode()

    assert "卡片改用 #" in html
    assert f"/products/{product.id}/cards/price.png?color_primary=%237F8C8D" in html
    still = page.get(f"/products/{product.id}/cards/price.png", COLOURS)
    assert (still.status_code, still["Content-Type"]) == (200, "image/png")
    assert page.get(f"/products/{product.id}/cards/kinetic.png", COLOURS).status_code == 404


def test_another_advertisers_product_is_not_there(page, product):
    theirs = Product.objects.get(advertiser=some_books("other").advertiser)

    for part in ("", "picture", "preview", "cards/end.png"):
        assert page.get(f"/products/{theirs.id}/{part}").status_code == 404
    for part in ("", "picture", "picture/remove", "colours"):
        assert page.post(f"/products/{theirs.id}/{part}", form() | COLOURS).status_code == 404
