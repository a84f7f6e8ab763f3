"""The persona maker's page: hosts there are, choices with their pictures, consents."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from avatar.faces.personas import choices
from avatar.heads.naming import heads_of
from avatar.models import HostPersona, LikenessConsent
from avatar.page_data.setup import consent_problem
from avatar.page_data.words import VOICE_WORDS, word
from avatar.persona_names import persona_names
from avatar.speech.voices import VOICES
from avatar.stills import choice_still
from core.models import LANGUAGE_CHOICES, Advertiser
from generation.api import voice_can_clone


@dataclass(frozen=True)
class Option:
    value: str
    title: str
    picture_url: str
    is_chosen: bool


@dataclass(frozen=True)
class Group:
    """One row of the maker: face, hair, clothes …"""

    name: str
    title: str
    options: tuple[Option, ...]


@dataclass(frozen=True)
class HostCard:
    id: str
    name: str
    note: str
    picture_url: str
    url: str
    problem: str
    is_now: bool


@dataclass(frozen=True)
class ConsentRow:
    row: LikenessConsent
    kind: str
    is_standing: bool


def personas_page(
    advertiser: Advertiser, persona: HostPersona | None, given: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """Everything avatar/personas.html shows; `given` is a form that was refused."""
    values = dict(given) if given is not None else _values(persona)
    shown = groups(values)
    own = HostPersona.objects.for_advertiser(advertiser).order_by("created_at")
    consents = LikenessConsent.objects.for_advertiser(advertiser).order_by("-given_at")
    return {
        "persona": persona,
        "values": values,
        "groups": shown,
        "cards": [_card(each, persona) for each in own],
        "ready": [(name, reverse("avatar:host_picture", args=[name.lower()])) for name in persona_names()],
        "voices": [(name, word(VOICE_WORDS, name)) for name in VOICES],
        "languages": LANGUAGE_CHOICES,
        "tried_url": f"{reverse('avatar:tried_picture')}?{urlencode(chosen_of(shown))}",
        "voice_can_clone": voice_can_clone(),
        "consents": [ConsentRow(each, _kind(each.kind), each.withdrawn_at is None) for each in consents],
        "heads": heads_of(advertiser.slug),
        "agreed": sorted({each.person for each in consents if each.withdrawn_at is None and each.kind != "on_air"}),
    }


def groups(values: Mapping[str, str]) -> list[Group]:
    """Every choice there is, the chosen one of each group marked; without one, the first."""
    is_chinese = (get_language() or "").startswith("zh")
    found = []
    for name, options in choices().items():
        chosen = values.get(name) or next(iter(options))
        titled = tuple(
            Option(
                value,
                str(each.get("title_zh" if is_chinese else "title", value)),
                reverse("avatar:choice_picture", args=[name, value]) if choice_still(name, value) else "",
                value == chosen,
            )
            for value, each in options.items()
        )
        found.append(Group(name, group_word(name), titled))
    return found


def chosen_of(shown: list[Group]) -> dict[str, str]:
    """Group → the choice that is marked."""
    return {group.name: option.value for group in shown for option in group.options if option.is_chosen}


def group_word(name: str) -> str:
    words = {
        "face": _("Face"),
        "skin": _("Skin"),
        "hair": _("Hair"),
        "hair_colour": _("Hair colour"),
        "eyes": _("Eyes"),
        "brows": _("Brows"),
        "clothes": _("Clothes"),
        "jewellery": _("Jewellery"),
        "room": _("Background"),
    }
    return words.get(name, name)


def _values(persona: HostPersona | None) -> dict[str, str]:
    if persona is None:
        return {"language": "zh-CN", "base": persona_names()[0]}
    told = {
        "head": persona.head,
        "name": persona.name,
        "language": persona.language,
        "base": persona.base,
        "voice": persona.voice,
    }
    return {**{key: str(value) for key, value in persona.choices.items()}, **told, "likeness_of": persona.likeness_of}


def _card(each: HostPersona, now: HostPersona | None) -> HostCard:
    note = _("Likeness of %(person)s") % {"person": each.likeness_of} if each.likeness_of else _("Invented")
    picture = reverse("avatar:persona_picture", args=[each.pk])
    url = reverse("avatar:persona", args=[each.pk])
    return HostCard(
        str(each.pk), each.name, note, picture, url, consent_problem(each), now is not None and each.pk == now.pk
    )


def _kind(kind: str) -> str:
    return {"likeness": _("face"), "on_air": _("A viewer on air")}.get(kind, _("voice"))
