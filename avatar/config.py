"""From room.yaml to a checked `RoomConfig`; everything wrong is named at once, as "field: reason"."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

from avatar.config_script import ScriptReader
from avatar.contracts import BargeIn, LinkPlace, ProductCard, RoomConfig, RoomProduct
from avatar.heads.naming import filmed_host, head_named
from avatar.label_words import LABELS, label_problem
from avatar.persona_names import PersonaName, find_persona, persona_names
from avatar.scripts.cue_choice import CueChoice, read_cue_choice
from avatar.speech.voices import check_voice
from core.clock import system_clock
from core.contracts import LANGUAGES, PLATFORMS, Language, Platform
from core.errors import InputError
from core.slugs import SLUG_RULE, is_slug
from core.yaml_text import read_yaml
from creative.api import parse_product, short_name
from creative.contracts import BriefData, ProductBrief
from generation.api import stored_picture, take_picture, voice_engine_name
from generation.heads import HeadRefused

KEYS = (
    "advertiser",
    "product",
    "language",
    "persona",
    "voice",
    "background",
    "script",
    "cues",
    "barge_in",
    "label",
    "seed",
    "platform",
    "picture",
    "ticker",
    "link",
    "size",
)
BARGE_INS: tuple[BargeIn, ...] = ("at_once", "at_clause")
LINK_PLACES: tuple[LinkPlace, ...] = ("card", "left", "middle", "right")
BACKGROUNDS = ("tea", "showroom", "kitchen", "studio")
LONGEST_TICKER = 120
MOST_PRODUCTS = 10
"""Each has its own pictures of the desk in the engine's memory."""
_LAP_SECONDS = 60.0
_HOME_PLATFORMS: dict[Language, Platform] = {"zh-CN": "kuaishou", "en": "tiktok"}
_PICTURES = (".png", ".jpg", ".jpeg", ".webp")

Problem = tuple[str, str]


class RoomError(InputError):
    """A room that cannot go on air; `problems` lists every bad field with its reason, one a line in the message."""

    def __init__(self, problems: list[Problem] | tuple[Problem, ...]) -> None:
        self.problems = tuple(problems)
        super().__init__(*self.problems[0], "room")
        self.args = ("\n".join(f"{field}: {reason}" for field, reason in self.problems),)

    def __reduce__(self) -> tuple[type, tuple[Any, ...]]:
        return type(self), (self.problems,)


def load_room(path: Path, today: dt.date | None = None) -> RoomConfig:
    """The room described by the file at `path`; RoomError names every bad field. Paths in it count from its folder."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise RoomError([(str(path), f"cannot be read: {error.strerror or error}")]) from error
    return parse_room(content, path.parent, today)


def parse_room(
    source: Mapping[str, Any] | str | bytes, folder: Path = Path(), today: dt.date | None = None
) -> RoomConfig:
    """The room in `source`, a mapping or YAML text, with its script written or checked; RoomError as `load_room`."""
    try:
        content = read_yaml(source, "room") if isinstance(source, str | bytes) else source
    except InputError as error:
        raise RoomError([(error.thing, error.reason + _quoting_hint(source))]) from error
    if not isinstance(content, Mapping):
        raise RoomError([("room", "is not a mapping of fields; start with `product:`")])
    return _Reader(content, folder, today or system_clock.now().date()).read()


class _Reader:
    """Collects problems while it reads; raises once, at the end."""

    def __init__(self, source: Mapping[str, Any], folder: Path, today: dt.date) -> None:
        self.source = source
        self.folder = folder
        self.today = today
        self.problems: list[Problem] = []
        self.head: Path | None = None

    def read(self) -> RoomConfig:
        self._refuse_unknown()
        language = cast(Language, self._choice("language", LANGUAGES, self._guessed_language()))
        platform = cast(Platform, self._choice("platform", PLATFORMS, _HOME_PLATFORMS.get(language, "kuaishou")))
        advertiser, seed = self._advertiser(), self._seed()
        persona = self._persona(language)
        products = self._products(language)
        cards = self._cards(products, language)
        cues = self._cues()
        width, height = self._size()
        room = RoomConfig(
            advertiser=advertiser,
            language=language,
            persona=persona.name if persona else "",
            voice=self._voice(persona),
            background=self._background(),
            lines=(),
            card=cards[0],
            barge_in=cast(BargeIn, self._choice("barge_in", BARGE_INS, "at_clause")),
            label=self._label(language),
            seed=seed,
            width=width,
            height=height,
            ticker=self._short_text("ticker", LONGEST_TICKER),
            platform=platform,
            link_place=cast(LinkPlace, self._choice("link", LINK_PLACES, "card")),
            head=str(self.head or ""),
        )
        known = [product for product in products if product is not None]
        if len(known) < len(products) or persona is None:
            raise RoomError(self.problems)
        briefs = [BriefData(each, language, platform, _LAP_SECONDS, advertiser=advertiser) for each in known]
        return self._with_script(
            room, ScriptReader(briefs, persona, seed, cues, self.folder, self.today, self._bad), cards
        )

    def _with_script(self, room: RoomConfig, reader: ScriptReader, cards: Sequence[ProductCard]) -> RoomConfig:
        told = reader.read(self.source.get("script"))
        if self.problems:
            raise RoomError(self.problems)
        wares = tuple(
            RoomProduct(brief.product.name, card, brief.all_facts())
            for brief, card in zip(reader.briefs, cards, strict=True)
        )
        return replace(
            room,
            lines=told.laps[0],
            laps=told.laps,
            facts=wares[0].facts,
            products=wares if len(wares) > 1 else (),
            degraded=told.degraded,
        )

    def _bad(self, field: str, reason: str) -> None:
        self.problems.append((field, reason))

    def _refuse_unknown(self) -> None:
        for key in self.source:
            if key not in KEYS:
                self._bad(_printable(key), f"is not a field of a room; known here: {', '.join(KEYS)}")

    def _text(self, field: str) -> str:
        raw = self.source.get(field)
        if raw is None:
            return ""
        if isinstance(raw, bool) or not isinstance(raw, str | int | float):
            self._bad(field, f"must be text, not {_kind(raw)}")
            return ""
        return " ".join(str(raw).split())

    def _short_text(self, field: str, longest: int) -> str:
        text = self._text(field)
        if len(text) > longest:
            self._bad(field, f"is {len(text)} characters long; at most {longest}")
        if any(not character.isprintable() for character in text):
            self._bad(field, "holds control characters")
        return text

    def _choice(self, field: str, allowed: tuple[str, ...], default: str) -> str:
        value = self._text(field)
        if value and value not in allowed:
            self._bad(field, f"{_printable(value)!r} is not one of {', '.join(allowed)}")
            return default
        return value or default

    def _guessed_language(self) -> str:
        """Where none is given, the language in which the (first) product is named."""
        product = self.source.get("product")
        product = product[0] if isinstance(product, list) and product else product
        name = str(product.get("name", "")) if isinstance(product, Mapping) else ""
        is_latin = bool(name) and not any("\u4e00" <= character <= "\u9fff" for character in name)
        return "en" if is_latin else "zh-CN"

    def _advertiser(self) -> str:
        slug = self._text("advertiser")
        if slug and not is_slug(slug):
            self._bad("advertiser", SLUG_RULE)
        return slug

    def _seed(self) -> int:
        text = self._text("seed")
        if text and not (text.isdecimal() and len(text) <= 12):
            self._bad("seed", f"{_printable(text)!r} is not a whole number from 0 on")
            return 1
        return int(text or 1)

    def _size(self) -> tuple[int, int]:
        text = self._text("size") or "720x1280"
        width, _, height = text.lower().replace("×", "x").partition("x")
        if not (width.strip().isdecimal() and height.strip().isdecimal()):
            self._bad("size", f"{_printable(text)!r} is not a size such as 720x1280")
            return 720, 1280
        size = int(width), int(height)
        if not all(144 <= side <= 1920 and side % 2 == 0 for side in size):
            self._bad("size", f"{_printable(text)}: both sides are even numbers of pixels from 144 to 1920")
        return size

    def _persona(self, language: Language) -> PersonaName | None:
        name = self._text("persona")
        self.head = head_named(name, self._text("advertiser"), self.folder)
        if self.head is not None:
            try:
                return filmed_host(self.head, language)
            except HeadRefused as error:
                self._bad("persona", str(error))
                return None
        found = find_persona(name, language)
        if found is None:
            self._bad("persona", f"nobody is called {_printable(name)!r}; there are {', '.join(persona_names())}")
        return found

    def _voice(self, persona: PersonaName | None) -> str:
        voice = self._text("voice")
        reason = check_voice(voice, voice_engine_name())
        if reason:
            self._bad("voice", reason)
        return voice or (persona.voice if persona else "")

    def _background(self) -> str:
        value = self._text("background")
        if value in ("", "default", *BACKGROUNDS):
            return "" if value == "default" else value
        path = self._picture_path("background", value)
        return str(self._taken("background", path)) if path else ""

    def _taken(self, field: str, path: Path) -> Path:
        """The picture as it is kept, upright and of a size that is worked with; whatever is odd is refused."""
        try:
            return stored_picture(take_picture(path, path.name))[0].resolve()
        except InputError as error:
            self._bad(field, f"{error.thing}: {error.reason}")
            return path

    def _picture_path(self, field: str, value: str) -> Path | None:
        path = self.folder / value
        if path.suffix.lower() not in _PICTURES:
            known = f"; there are {', '.join(BACKGROUNDS)}, or a picture file" if field == "background" else ""
            self._bad(field, f"{_printable(value)!r} is no picture ({', '.join(_PICTURES)}){known}")
        elif not path.is_file():
            self._bad(field, f"there is no file {_printable(value)}")
        else:
            return path.resolve()
        return None

    def _label(self, language: Language) -> str:
        """The words the picture always carries: they may be worded, not left out."""
        label = self._short_text("label", LONGEST_TICKER)
        if "label" in self.source and self.source["label"] in (False, "false", "no", "off", "none"):
            self._bad("label", "cannot be turned off: a digital host is labelled all the time")
            return LABELS[language]
        if not label or label == "true":
            return LABELS[language]
        if reason := label_problem(_printable(label), language):
            self._bad("label", reason)
        return label

    def _products(self, language: Language) -> list[ProductBrief | None]:
        """One product, or a list of them in turn; None where one is bad."""
        raw = self.source.get("product")
        if not isinstance(raw, list):
            return [self._product(raw, "product", language)]
        if not 1 <= len(raw) <= MOST_PRODUCTS:
            self._bad("product", f"holds {len(raw)} products; 1 to {MOST_PRODUCTS}")
            return [None]
        found = [self._product(each, f"product[{place}]", language) for place, each in enumerate(raw)]
        names = [each.name for each in found if each is not None]
        for name in {name for name in names if names.count(name) > 1}:
            self._bad("product", f"{_printable(name)} stands there twice")
        return found

    def _product(self, raw: Any, field: str, language: Language) -> ProductBrief | None:
        if not isinstance(raw, Mapping):
            what = (
                "is missing" if raw in (None, "") else f"must be a mapping with a name and a category, not {_kind(raw)}"
            )
            self._bad(field, what)
            return None
        own = {key: value for key, value in raw.items() if key != "picture"} if "[" in field else raw
        try:
            return parse_product(own, language, self.today)
        except InputError as error:
            found = getattr(error, "problems", [(error.thing, error.reason)])
            self.problems.extend((thing.replace("product", field, 1), reason) for thing, reason in found)
            return None

    def _cards(self, products: Sequence[ProductBrief | None], language: Language) -> list[ProductCard]:
        raw = self.source.get("product")
        named = [each.get("picture") for each in raw if isinstance(each, Mapping)] if isinstance(raw, list) else []
        pictures = [str(each or "") for each in named] or [""]
        pictures[0] = pictures[0] or self._text("picture")
        pictures += [""] * len(products)
        return [
            _card(product, self._picture_path(self._picture_field(place), name) if name else None, language)
            for place, (product, name) in enumerate(zip(products, pictures, strict=False))
        ]

    def _picture_field(self, place: int) -> str:
        is_top = place == 0 and bool(self.source.get("picture"))
        return "picture" if is_top or not isinstance(self.source.get("product"), list) else f"product[{place}].picture"

    def _cues(self) -> CueChoice:
        try:
            return read_cue_choice(self.source.get("cues"))
        except InputError as error:
            self._bad(error.thing, error.reason)
            return CueChoice()


def _card(product: ProductBrief | None, picture: Path | None, language: Language) -> ProductCard:
    if product is None:
        return ProductCard("")
    name = short_name(product.name, language) or product.name
    return ProductCard(name, product.price_text, coupon=product.offer, picture=picture)


def _quoting_hint(source: Mapping[str, Any] | str | bytes) -> str:
    """YAML reads a bare brace as a mapping: the usual reason why a script with cue marks cannot be read."""
    text = source.decode("utf-8", "replace") if isinstance(source, bytes) else str(source)
    return "; put a line that begins with a cue mark in quotes" if re.search(r"^\s*-\s*\{", text, re.MULTILINE) else ""


def _kind(raw: Any) -> str:
    names = {bool: "yes/no", dict: "a mapping", list: "a list", int: "a number", float: "a number", str: "text"}
    return names.get(type(raw), "nothing" if raw is None else type(raw).__name__)


def _printable(text: object) -> str:
    return "".join(character if character.isprintable() else "?" for character in str(text))[:60]
