"""The pages of products: what may be said of one, its picture, and the colours of its cards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _

from core.contracts import Language
from core.errors import InputError
from core.models import LANGUAGE_CHOICES, Advertiser, Product
from creative.brief import BriefError
from creative.contracts import ProductBrief
from creative.models import FactChange
from creative.page_data.brief_form import field_word, problems_of
from creative.page_data.briefs import CATEGORY_WORDS
from creative.page_data.briefs_values import BriefValues, FactValues
from creative.page_data.sentences import in_words
from creative.selectors import brief_data, product_data, product_picture
from creative.services.remakes import Shown, batches_showing
from generation import api as generation
from generation.contracts import Brand, CardClip

COLOUR_FIELDS = ("color_primary", "color_secondary", "color_accent")
CARD_FRAMES = 96
_LEAST_ACCENT = 3.0
"""Below this contrast highlights stay in the colour of the type (see generation.engines.cards.palette)."""


@dataclass(frozen=True)
class ProductRow:
    """A product in the list."""

    product: Product
    facts: int
    briefs: int
    picture_url: str


@dataclass(frozen=True)
class ChangedFact:
    """A fact that made ads still show as it was: its word on the page, before and after, and where they are."""

    id: int
    word: str
    before: str
    after: str
    batches: tuple[Shown, ...]
    ads: int
    is_ordered: bool
    problem: str


@dataclass(frozen=True)
class CardStill:
    """One card as it would look."""

    word: str
    url: str


@dataclass(frozen=True)
class ColourField:
    """One brand colour: where cards use it, and how type reads with it."""

    name: str
    word: str
    use: str
    value: str
    says: str
    is_fine: bool
    error: str = ""


@dataclass(frozen=True)
class BrandView:
    """The colours as typed, what they do, and cards in them."""

    fields: tuple[ColourField, ...]
    stills: tuple[CardStill, ...]
    accent_says: str

    @property
    def is_drawn(self) -> bool:
        return not any(field.error for field in self.fields)


def product_rows(advertiser: Advertiser) -> list[ProductRow]:
    """All products of an advertiser, by name."""
    products = Product.objects.for_advertiser(advertiser).order_by("name")
    counted = products.annotate(facts_count=Count("facts", distinct=True), briefs_count=Count("briefs", distinct=True))
    return [ProductRow(each, each.facts_count, each.briefs_count, picture_url(each)) for each in counted]


def picture_url(product: Product) -> str:
    """The address of a product's own picture, which changes with it; "" where it has none."""
    if not product.picture_sha256:
        return ""
    return f"{reverse('creative:product_picture', args=[product.pk])}?{product.picture_sha256[:12]}"


def language_of(product: Product) -> Language:
    """The language the product's newest brief speaks, else the advertiser's."""
    brief = product.briefs.first()
    told: Language = brief_data(brief).language if brief else product.advertiser.language  # type: ignore[assignment] # one of LANGUAGE_CHOICES
    return told


def values_of(product: Product) -> BriefValues:
    """The product as fields of the form; a price left out on purpose is said in a word."""
    data, language = product_data(product), language_of(product)
    return BriefValues(
        name=data.name,
        category=data.category,
        price=data.price_text or ("无" if language == "zh-CN" else "none"),
        offer=data.offer,
        audience=data.audience,
        cta=data.cta,
        link=data.link,
        language=language,
        facts=tuple(FactValues(fact.id, fact.text, fact.evidence, fact.valid_until) for fact in data.facts),
    )


def context(
    product: Product,
    values: BriefValues,
    error: BriefError | None = None,
) -> dict[str, Any]:
    """Everything creative/product.html shows."""
    problems, values, errors = problems_of(values, error)
    return {
        "product": product,
        "values": values,
        "rows": values.rows(),
        "errors": errors,
        "problems": problems,
        "is_changed": error is not None,
        "changes": changed_facts(product),
        "briefs": product.briefs.count(),
        "language": dict(LANGUAGE_CHOICES)[language_of(product)],
        "categories": [str(word) for word in CATEGORY_WORDS.values()],
        **picture_context(product),
        "brand": brand_view(product, colours_of(product.advertiser)),
    }


def changed_facts(product: Product) -> list[ChangedFact]:
    """What reads otherwise than in ads that may still go out, with the batches they are in."""
    changes = product.changes.all()
    return [found for found in map(_changed, changes) if found.batches or found.problem]


def _changed(change: FactChange) -> ChangedFact:
    known = ("name", "price", "offer", "cta", "link")
    word = field_word(change.fact_id) if change.fact_id in known else change.fact_id
    shown = tuple(batches_showing(change))
    return ChangedFact(
        change.pk,
        word,
        change.before,
        change.after,
        shown,
        sum(each.ads for each in shown),
        bool(change.ordered_at) and not change.problem,
        in_words(change.problem),
    )


def picture_context(product: Product) -> dict[str, Any]:
    """What the picture's panel shows; without a picture of its own, whether a cut-out stands in."""
    return {
        "product": product,
        "picture_url": picture_url(product),
        "has_cut_out": not product.picture_sha256 and bool(product_picture(product.advertiser)),
    }


def colours_of(advertiser: Advertiser) -> dict[str, str]:
    """The advertiser's three colours by field."""
    return {name: getattr(advertiser, name) for name in COLOUR_FIELDS}


def brand_of(product: Product, colours: dict[str, str]) -> Brand:
    """The product's brand in these colours, with the picture its cards would show."""
    picture = (
        generation.stored_path(product.picture_sha256)
        if product.picture_sha256
        else product_picture(product.advertiser)
    )
    return Brand(product.name, colours["color_primary"], colours["color_secondary"], colours["color_accent"], picture)


def brand_view(product: Product, colours: dict[str, str]) -> BrandView:
    """The colours' panel; where one is no colour its field says so, and there is nothing to draw."""
    try:
        return _brand_view(product, colours)
    except InputError as error:
        return _brand_view(product, colours, error.thing, error.reason)


def _brand_view(product: Product, colours: dict[str, str], bad: str = "", reason: str = "") -> BrandView:
    words = {
        "color_primary": (_("Main colour"), _("Grounds of text, price and end cards")),
        "color_secondary": (_("Second colour"), _("Type on paper-coloured cards")),
        "color_accent": (_("Accent"), _("Price stickers, highlighted words in captions")),
    }
    hints = None if bad else generation.colour_hints(brand_of(product, colours))
    fields = tuple(
        _field(name, *words[name], colours[name], _hint(hints, name), in_words(reason) if name == bad else "")
        for name in COLOUR_FIELDS
    )
    return BrandView(fields, () if bad else _stills(product, colours), _accent_says(hints))


def _hint(hints: generation.ColourHints | None, name: str) -> generation.ColourHint | None:
    found: generation.ColourHint | None = getattr(hints, name.removeprefix("color_")) if hints else None
    return found


def _field(name: str, word: str, use: str, value: str, hint: generation.ColourHint | None, error: str) -> ColourField:
    if hint is None:
        return ColourField(name, word, use, value, "", True, error)
    says = _("Type reads at %(contrast)s : 1") % {"contrast": hint.contrast}
    if not hint.reads:
        says = _("Type would read at %(contrast)s : 1 only; cards use %(used)s instead") % {
            "contrast": hint.contrast,
            "used": hint.used,
        }
    return ColourField(name, word, use, value, says, hint.reads)


def _accent_says(hints: generation.ColourHints | None) -> str:
    if hints is None or hints.accent_on_primary >= _LEAST_ACCENT:
        return ""
    return _("Accent and main colour lie close (%(contrast)s : 1): highlighted words keep the colour of the type.") % {
        "contrast": hints.accent_on_primary
    }


def _stills(product: Product, colours: dict[str, str]) -> tuple[CardStill, ...]:
    words = {"price": _("Price card"), "fact": _("Fact card"), "end": _("End card")}
    query = urlencode({**colours, "v": f"{product.picture_sha256[:8]}{product.updated_at:%H%M%S%f}"})
    return tuple(
        CardStill(words[card.card], f"{reverse('creative:product_card', args=[product.pk, card.card])}?{query}")
        for card in cards_of(product_data(product))
    )


def cards_of(data: ProductBrief) -> tuple[CardClip, ...]:
    """The cards that show a product's price, first fact and end, as far as it has them."""
    cards = [CardClip(0, CARD_FRAMES, "end", (data.name, data.cta, ""), data.price_text, 1)]
    if data.facts:
        cards.insert(0, CardClip(0, CARD_FRAMES, "fact", (data.facts[0].text, data.name), "", 1))
    if data.price_text:
        cards.insert(0, CardClip(0, CARD_FRAMES, "price", (data.name, data.offer), data.price_text, 1))
    return tuple(cards)
