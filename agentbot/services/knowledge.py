"""What the agents may quote: articles and prices written, imported, or mined from people's answers."""

from __future__ import annotations

import csv
import datetime as dt
import html.parser
import io
import re
from dataclasses import dataclass
from typing import Any

import httpcore
from django.db import IntegrityError, transaction

from core.decoding import decoded
from core.errors import InputError, TerminalError
from core.models import Advertiser, AdvertiserArticle, AdvertiserPrice
from core.profiles import WHOLE_UNITS
from core.webhooks.addresses import check_url, make_pool

LONGEST_TEXT = 20_000
LONGEST_TITLE = 200
LARGEST_BYTES = 2 * 1024**2
MOST_ROWS = 2000
FETCH_SECONDS = 15.0
_SKIPPED = {"script", "style", "noscript", "nav", "footer", "header", "svg", "template", "form"}
_BLOCKS = {"p", "div", "li", "h1", "h2", "h3", "h4", "tr", "br", "section", "article", "dt", "dd"}
_TITLES = {"title", "标题", "question", "问题"}
_TEXTS = {"text", "内容", "正文", "answer", "答案", "回答"}
_ITEMS = {"item", "项目", "名称", "产品"}
_AMOUNTS = {"amount", "价格", "金额", "price"}
_UNITS = {"unit", "单位"}
_BEGINS = {"valid_from", "开始", "起"}
_ENDS = {"valid_until", "截止", "有效期"}
_SIGNS = {"¥": "CNY", "￥": "CNY", "元": "CNY", "$": "USD", "€": "EUR", "£": "GBP", "%": "%"}


@dataclass(frozen=True)
class Imported:
    """How many articles and prices an import wrote."""

    articles: int
    prices: int


def save_article(
    advertiser: Advertiser, title: str, text: str, article: AdvertiserArticle | None = None
) -> AdvertiserArticle:
    """Written anew or changed; `InputError` for an empty one or a title that is taken."""
    row = article or AdvertiserArticle(advertiser=advertiser)
    row.title, row.text = title.strip()[:LONGEST_TITLE], text.strip()
    if not row.title or not row.text:
        raise InputError("title" if not row.title else "text", "is empty", "missing")
    if len(row.text) > LONGEST_TEXT:
        raise InputError("text", f"is longer than {LONGEST_TEXT} characters", "too_long")
    _save(row, row.title)
    return row


@dataclass(frozen=True)
class PriceForm:
    """A price as people write it: ¥129,800, 20 %, 1999 USD; days as 2026-12-31 or empty."""

    item: str
    written: str
    unit: str = ""
    valid_from: str = ""
    valid_until: str = ""


def save_price(advertiser: Advertiser, form: PriceForm, price: AdvertiserPrice | None = None) -> AdvertiserPrice:
    """Outside its days a price is never quoted. `InputError` names what is odd."""
    row = price or AdvertiserPrice(advertiser=advertiser)
    row.item, row.unit = form.item.strip()[:120], form.unit.strip()[:40]
    if not row.item:
        raise InputError("item", "is empty", "missing")
    row.amount_minor, row.currency = parse_amount(form.written)
    row.valid_from, row.valid_until = _day(form.valid_from), _day(form.valid_until)
    if row.valid_from and row.valid_until and row.valid_until < row.valid_from:
        raise InputError(row.item, "ends before it begins", "bad_days")
    _save(row, f"{row.item} {row.unit}".strip())
    return row


def _day(written: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(written.strip().replace("/", "-")) if written.strip() else None
    except ValueError as error:
        raise InputError(written, "is not a day", "bad_day") from error


def parse_amount(written: str) -> tuple[int, str]:
    """(minor units, currency); hundredths of a percent for %."""
    found = re.fullmatch(r"\s*([A-Z]{3}|[¥￥$€£])?\s*([\d,，]+(?:\.\d{1,2})?)\s*(万)?\s*([A-Z]{3}|元|%)?\s*", written)
    if not found:
        raise InputError(written or "price", "is not a price", "bad_price")
    before, digits, many, after = found.groups()
    sign = before or after or "元"
    currency = _SIGNS.get(sign, sign)
    amount = float(digits.replace(",", "").replace("，", "")) * (10_000 if many else 1)
    return round(amount * (1 if currency in WHOLE_UNITS else 100)), currency


@transaction.atomic
def import_file(advertiser: Advertiser, name: str, body: bytes) -> Imported:
    """Text, Markdown and HTML become one article, a CSV one row each: title,text or item,amount,unit."""
    if len(body) > LARGEST_BYTES:
        raise InputError(name, "is larger than 2 MB", "too_large")
    text = decoded(name, body)
    if name.lower().endswith((".csv", ".tsv")):
        return _import_rows(advertiser, name, text)
    title = re.sub(r"\.\w{1,5}$", "", name)
    if name.lower().endswith((".html", ".htm")):
        page = read_page(text)
        title, text = page.title or title, page.text
    elif not name.lower().endswith((".txt", ".md", ".markdown")):
        raise InputError(name, "is none of .txt, .md, .html, .csv", "unknown_kind")
    heading = re.match(r"\s*#\s+(.+)", text)
    save_or_replace(advertiser, heading.group(1) if heading else title, text[heading.end() :] if heading else text)
    return Imported(1, 0)


async def fetch_page(url: str) -> tuple[str, str]:
    """(title, text) of a public page; never of one inside this network. `InputError` names what went wrong."""
    check_url(url, "url", may_be_private=False)
    headers = [("user-agent", "Adloom/1"), ("accept", "text/html, text/plain")]
    timeouts = dict.fromkeys(("connect", "read", "write", "pool"), FETCH_SECONDS)
    try:
        async with (
            make_pool(may_be_private=False, connections=2) as pool,
            pool.stream("GET", url, headers=headers, extensions={"timeout": timeouts}) as response,
        ):
            body, status = await _read(response, url), response.status
    except TerminalError as error:
        raise InputError(url, "leads into a private network", "private_address") from error
    except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.TimeoutException, OSError) as error:
        raise InputError(url, "does not answer", "no_answer") from error
    if status != 200:
        raise InputError(url, f"answered {status}", "bad_answer")
    page = read_page(decoded(url, body))
    if not page.text:
        raise InputError(url, "holds no text", "no_text")
    return page.title or url[:LONGEST_TITLE], page.text


def save_or_replace(advertiser: Advertiser, title: str, text: str) -> AdvertiserArticle:
    """An import with a known title is the article's newer version."""
    known = AdvertiserArticle.objects.for_advertiser(advertiser).filter(title=title.strip()[:LONGEST_TITLE]).first()
    return save_article(advertiser, title, text[:LONGEST_TEXT], known)


def set_pack(advertiser: Advertiser, vertical: str) -> None:
    """Which vertical's words and limits hold."""
    advertiser.vertical = vertical
    advertiser.save(update_fields=["vertical"])


class read_page(html.parser.HTMLParser):
    """Title and running text of an HTML page."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self._pieces: list[str] = []
        self._depth, self._in_title, self.title = 0, False, ""
        self.feed(source)
        lines = (re.sub(r"[ \t\xa0]+", " ", line).strip() for line in "".join(self._pieces).splitlines())
        self.text = "\n".join(line for line in lines if line)[:LONGEST_TEXT]

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self._in_title = tag == "title"
        self._depth += tag in _SKIPPED
        if tag in _BLOCKS:
            self._pieces.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._in_title = False
        self._depth = max(0, self._depth - (tag in _SKIPPED))

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.title = (self.title + data).strip()[:LONGEST_TITLE]
        elif not self._depth:
            self._pieces.append(data)


async def _read(response: httpcore.Response, url: str) -> bytes:
    pieces: list[bytes] = []
    async for piece in response.aiter_stream():
        pieces.append(piece)
        if sum(map(len, pieces)) > LARGEST_BYTES:
            raise InputError(url, "is larger than 2 MB", "too_large")
    return b"".join(pieces)


def _import_rows(advertiser: Advertiser, name: str, text: str) -> Imported:
    rows = list(
        csv.DictReader(io.StringIO(text), dialect=csv.excel_tab if name.lower().endswith(".tsv") else csv.excel)
    )
    names = {(key or "").strip().lower(): key for key in (rows[0] if rows else {})}
    title, body = _column(names, _TITLES), _column(names, _TEXTS)
    item, amount = _column(names, _ITEMS), _column(names, _AMOUNTS)
    if not rows or not ((title and body) or (item and amount)):
        raise InputError(name, "has neither the columns title, text nor item, amount", "bad_columns")
    if len(rows) > MOST_ROWS:
        raise InputError(name, f"has more than {MOST_ROWS} rows", "too_many")
    if title and body:
        for row in rows:
            save_or_replace(advertiser, row[title] or "", row[body] or "")
        return Imported(len(rows), 0)
    currency = _column(names, {"currency", "币种"})
    places = [_column(names, wanted) for wanted in (_UNITS, _BEGINS, _ENDS)]
    for row in rows:
        written = f"{row[amount] or ''}{' ' + row[currency] if currency and row[currency] else ''}"
        form = PriceForm((row[item] or "").strip(), written, *((row[at] or "").strip() if at else "" for at in places))
        known = AdvertiserPrice.objects.for_advertiser(advertiser).filter(item=form.item, unit=form.unit).first()
        save_price(advertiser, form, known)
    return Imported(0, len(rows))


def _column(names: dict[str, Any], wanted: set[str]) -> Any:
    return next((names[name] for name in names if name in wanted), None)


def _save(row: AdvertiserArticle | AdvertiserPrice, shown: str) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise InputError(shown, "is there already", "twice") from error
