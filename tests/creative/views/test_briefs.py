"""Briefs: the list, the form filled from a sentence or YAML, saved whole or not at all."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile

from creative.models import Brief

FORM = {
    "name": "山岚冷萃",
    "category": "冷萃咖啡",
    "price": "39.9 元",
    "offer": "",
    "audience": "上班族",
    "cta": "点左下角",
    "link": "",
    "language": "zh-CN",
    "platform": "douyin",
    "length_seconds": "15",
    "tone": "",
    "need": "",
    "fact-id": ["", ""],
    "fact-text": ["0 蔗糖", ""],
    "fact-evidence": ["检测报告", ""],
    "fact-valid_until": ["", ""],
}


def test_the_list_says_where_a_brief_stands_and_what_comes_next(page, books):
    html = page.get("/briefs/").content.decode()

    assert "澄夜冷萃" in html
    assert f"/briefs/{books.brief.id}/references" in html
    assert "选一条参考" in html


def test_the_list_is_english_for_english_readers(english):
    assert "Pick a reference" in english.get("/briefs/").content.decode()


def test_a_whole_form_becomes_a_brief_and_goes_on_to_the_references(page, books):
    answer = page.post("/briefs/new", FORM | {"then-references": ""})

    brief = Brief.objects.exclude(pk=books.brief.pk).get()
    assert answer["Location"] == f"/briefs/{brief.id}/references"
    assert brief.data["product"]["price"] == {"minor": 3990, "currency": "CNY"}
    assert [fact["id"] for fact in brief.data["product"]["facts"]] == ["F1"]
    assert [fact.text for fact in brief.product.facts.all()] == ["0 蔗糖"]


def test_a_form_with_mistakes_saves_nothing_and_names_every_one(page, books):
    answer = page.post("/briefs/new", FORM | {"name": "", "price": "便宜", "length_seconds": "900"})
    html = answer.content.decode()

    assert answer.status_code == 422
    assert Brief.objects.count() == 1
    assert "没存：有 3 处要再看看" in html
    assert '<a href="#name">产品名</a>：还没填' in html
    assert '<a href="#price">价格</a>：“便宜”不是价格' in html
    assert '<a href="#length_seconds">时长</a>：900 超出范围' in html
    assert 'value="便宜"' in html


def test_a_mistake_in_a_fact_stands_under_that_fact(page):
    html = page.post("/briefs/new", FORM | {"fact-valid_until": ["2001-01-01", ""]}).content.decode()

    assert '<a href="#fact-valid_until-0">第 1 条事实，有效期至</a>' in html
    assert "已过期" in html


def test_saving_a_known_brief_changes_it_in_place(page, books):
    page.post(f"/briefs/{books.brief.id}/", FORM)

    books.brief.refresh_from_db()
    assert books.brief.data["product"]["name"] == "山岚冷萃"
    assert Brief.objects.count() == 1


def test_one_sentence_fills_the_form_and_saves_nothing(page, books):
    html = page.post(
        "/briefs/from-need", {"need": "15 秒,冷萃咖啡,39.9 元,上班族"}, headers={"HX-Request": "true"}
    ).content.decode()

    assert 'id="price" name="price" value="¥39.9"' in html
    assert 'id="audience" name="audience" value="上班族"' in html
    assert "还没存" in html
    assert Brief.objects.count() == 1


def test_an_empty_sentence_says_what_would_do(page):
    answer = page.post("/briefs/from-need", {"need": " "}, headers={"HX-Request": "true"})

    assert answer.status_code == 422
    assert "一句话就够" in answer.content.decode()


def test_yaml_goes_out_and_comes_back_the_same(page, books):
    text = page.get(f"/briefs/{books.brief.id}/brief.yaml").content
    html = page.post("/briefs/import", {"yaml": SimpleUploadedFile("brief.yaml", text)}).content.decode()

    assert "name: 澄夜冷萃" in text.decode()
    assert 'id="name" name="name" value="澄夜冷萃"' in html
    assert 'name="fact-text" value="12 小时低温慢萃"' in html


def test_yaml_with_an_unknown_key_is_refused_by_name(page):
    file = SimpleUploadedFile("brief.yaml", b"prodct: {name: x}\n")
    answer = page.post("/briefs/import", {"yaml": file})

    assert answer.status_code == 422
    assert "prodct" in answer.content.decode()
    assert "简报里没有这一项" in answer.content.decode()


def test_one_more_fact_is_one_more_row(page):
    assert 'id="fact-text-4"' in page.get("/briefs/fact-row?number=4").content.decode()


def test_the_outline_shows_the_platforms_safe_area(page, books):
    html = page.get(f"/briefs/{books.brief.id}/").content.decode()

    assert 'x="120" y="250" width="798" height="998"' in html
    assert "快手 收 5–60 秒" in html
