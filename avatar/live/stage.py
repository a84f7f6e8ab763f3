"""Pictures of a room: the seam between what is to be seen and whoever draws it."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from avatar.contracts import RoomConfig
from avatar.faces.contracts import CardState, LabelCheck, OverlayState, Persona
from avatar.label_words import own_wording
from avatar.live.look import Look
from avatar.live.setup import RoomSetup

Yuv = NDArray[np.uint8]
"""A picture as I420: (height * 3 / 2, width)."""

LINK_SIDES = {"card": 0, "left": -1, "middle": 0, "right": 1}
BUTTONS = {"zh-CN": "去购买", "en": "Shop now"}


class Stage(Protocol):
    """Draws. What `compose` and `slate` return may be drawn over by the next call.

    `degraded` names who stands in for whom was asked for ("host:drawn"), () for nobody.
    """

    degraded: tuple[str, ...]

    def compose(self, look: Look) -> Yuv: ...

    def slate(self) -> Yuv:
        """The safe picture: no host, no product, the AI label whole."""
        ...

    def check_label(self, yuv: Yuv) -> LabelCheck: ...


def make_stage(setup: RoomSetup) -> Stage:
    """The stage that `setup` names."""
    module, _, name = setup.stage.partition(":")
    make: Callable[[RoomSetup], Stage] = getattr(importlib.import_module(module), name)
    return make(setup)


def host_of(config: RoomConfig) -> Persona:
    """The room's host in the room's background; InputError when there is no such host."""
    from avatar.faces.personas import load_persona, persona_from_choices

    persona = persona_from_choices(dict(config.host)) if config.host else load_persona(config.persona)
    return in_room(persona, config.background)


def in_room(persona: Persona, background: str) -> Persona:
    """The host before a picture, or in the room that a ready-made one lives in; at home where there is neither."""
    from avatar.faces.backdrops import look_of
    from avatar.faces.personas import load_persona, persona_names

    if Path(background).is_absolute():
        return replace(persona, room=look_of(Path(background), persona.room))
    rooms = [load_persona(name).room for name in persona_names()]
    found = next((room for room in rooms if room.kind == background), None)
    return persona if found is None or persona.room.kind == background else replace(persona, room=found)


def draw_ahead(config: RoomConfig, folder: Path) -> None:
    """Draw the host's layers and keep them in `folder`, which takes a while, before an engine needs them."""
    from avatar.faces.sheet import rasterise

    rasterise(host_of(config), config.width, config.height, folder)


class FacesStage:
    """The drawn host with caption, card, coupon and ticker over it."""

    def __init__(self, setup: RoomSetup) -> None:
        from avatar.faces.overlays import Stage as Picture
        from avatar.faces.renderer import HostRenderer
        from avatar.faces.sheet import rasterise

        config = setup.config
        self.degraded = tuple(each for each in config.degraded if each.startswith(("host:", "voice:")))
        sheet = rasterise(host_of(config), config.width, config.height, setup.faces or setup.folder)
        first, *further = (ware.card.picture for ware in config.wares)
        self._picture = Picture(HostRenderer(sheet, first, own_wording(config.label), further))
        self._host = self._picture.host
        self._config = config
        self._yuv = np.zeros((config.height * 3 // 2, config.width), np.uint8)
        self._slate: Yuv | None = None
        self._words: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())

    def compose(self, look: Look) -> Yuv:
        self._host.show(look.product)
        pose = self._host.pose(look.tick, look.mouth, look.gesture, self._config.seed)
        self._picture.draw(pose, self.overlay_state(look), look.tick, self._yuv, look.guest)
        return self._yuv

    def slate(self) -> Yuv:
        """Dark, with the label: drawn once."""
        from avatar.faces.overlays import draw_label

        if self._slate is None:
            self._slate = np.full_like(self._yuv, 128)
            self._slate[: self._config.height] = 32
            draw_label(self._slate, own_wording(self._config.label))
        return self._slate

    def check_label(self, yuv: Yuv) -> LabelCheck:
        from avatar.faces.overlays import check_label

        return check_label(yuv, own_wording(self._config.label))

    def _writable(self, words: tuple[str, ...]) -> tuple[str, ...]:
        if words != self._words[0]:
            self._words = words, without_unknown(words)
        return self._words[1]

    def overlay_state(self, look: Look) -> OverlayState:
        """What lies over the host, whoever draws it."""
        words, now = captioned(look)
        words = self._writable(words)
        card = self._config.wares[look.product].card
        state = CardState(
            name=card.name,
            price=card.price,
            was=card.list_price,
            button=BUTTONS[self._config.language],
            picture=str(card.picture or ""),
            button_left=self._config.link_place == "left",
        )
        return OverlayState(
            words=words,
            now=now,
            card=state if card.name else None,
            coupon=card.coupon if "coupon" in look.overlays or "price" in look.overlays else "",
            link=BUTTONS[self._config.language],
            link_is_lit="link" in look.overlays or _points(look),
            ticker=self._config.ticker,
            link_side=LINK_SIDES[self._config.link_place],
        )


def without_unknown(words: tuple[str, ...]) -> tuple[str, ...]:
    """Words without the characters that no font here draws: a viewer's name may hold anything."""
    from generation.lettering import missing_characters

    absent = frozenset(missing_characters("".join(words)))
    return tuple("".join(each for each in word if each not in absent) for word in words) if absent else words


def _points(look: Look) -> bool:
    """Whether the host's hand is at the link button."""
    gesture = look.gesture
    return gesture is not None and gesture.kind == "point" and gesture.stroke_tick <= look.tick <= gesture.end_tick


def faces_stage(setup: RoomSetup) -> FacesStage:
    return FacesStage(setup)


def captioned(look: Look) -> tuple[tuple[str, ...], int]:
    """The words of the caption and the place of the one said now; whom it answers stands first, unless it is said."""
    if look.spoken is None or not look.spoken.words:
        return (), -1
    words, now = look.spoken.words, look.spoken.now
    is_said = "".join(words).startswith(look.asked_by.removeprefix("@"))
    return (words, now) if not look.asked_by or is_said else ((f"{look.asked_by} ", *words), now + 1)
