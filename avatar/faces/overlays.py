"""What lies over the host: caption, product card, coupon, link button and ticker, each drawn once per change."""

from __future__ import annotations

from collections.abc import Iterable

from avatar.faces.caption import Caption
from avatar.faces.contracts import GuestView, LabelCheck, OverlayState, Pose, Rect
from avatar.faces.guest_window import GuestWindow
from avatar.faces.label import check_label, draw_label
from avatar.faces.layout import Layout
from avatar.faces.panels import card_sprite, coupon_sprite, link_sprite, ring_sprite, ticker_strip
from avatar.faces.planes import Bytes, Sprite, blend, frame_of, without
from avatar.faces.renderer import HostRenderer
from generation.lettering import require_glyphs

TICKER_PACE = 2
"""Pixels a tick that a ticker too long for its strip moves."""
__all__ = ["LabelCheck", "Overlays", "Stage", "check_label", "draw_label"]


class Overlays:
    """The overlays of one frame size. `change_to` says what has to be drawn anew, `draw` lays it over."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._state = OverlayState()
        self._caption = Caption(layout)
        self._fixed: dict[str, Sprite | None] = {}
        self._ticker_at = 0
        self._guest = GuestWindow(layout)

    def show_guest(self, view: GuestView | None) -> list[Rect]:
        """A viewer on air in a window, or nobody; the rectangles whose picture changes."""
        sprite = self._guest.sprite(view)
        return [] if sprite is self._fixed.get("guest") else self._exchange("guest", sprite)

    def change_to(self, state: OverlayState, tick: int = 0) -> list[Rect]:
        """Take over a state; the rectangles whose picture changes. InputError where the fonts lack a character."""
        old, self._state = self._state, state
        damage = self._caption.change_to(state.words, state.now)
        if old.card != state.card:
            damage += self._exchange("card", card_sprite(state.card, self._layout) if state.card else None)
        if old.coupon != state.coupon:
            damage += self._exchange("coupon", coupon_sprite(state.coupon, self._layout) if state.coupon else None)
        before, after = ((each.link, each.link_is_lit, each.card, each.link_side) for each in (old, state))
        if before != after:
            damage += self._exchange("link", self._link(state))
        return damage + self._run_ticker(old.ticker, state.ticker, tick)

    def _link(self, state: OverlayState) -> Sprite | None:
        if not state.link_is_lit:
            return None
        if state.card and state.card.button:
            return ring_sprite(state.card, self._layout)
        return link_sprite(state.link, self._layout, state.link_side) if state.link else None

    def _exchange(self, name: str, sprite: Sprite | None) -> list[Rect]:
        before, self._fixed[name] = self._fixed.get(name), sprite
        return [part.box for part in (before, sprite) if part is not None]

    def _run_ticker(self, before: str, text: str, tick: int) -> list[Rect]:
        """A text that fits stands still; a longer one runs, one step a tick."""
        strip = ticker_strip(text, self._layout) if text else None
        length = strip.text.width if strip else 0
        room = self._layout.width - round(40 * self._layout.scale)
        place = (tick * TICKER_PACE) % (length + room) if length > room else 0
        place = place // 2 * 2
        if before == text and place == self._ticker_at:
            return []
        self._ticker_at = place
        return self._exchange("ticker", strip.at(place, room) if strip else None)

    def draw(self, yuv: Bytes, fresh: Iterable[Rect]) -> None:
        """Lay everything over the freshly drawn rectangles (disjoint, from `HostRenderer.draw`); the label stays."""
        frame = frame_of(yuv)
        sprites = [*self._caption.sprites(), *[sprite for sprite in self._fixed.values() if sprite is not None]]
        for rect in fresh:
            for sprite in sprites:
                shared = sprite.box.within(rect)
                if shared is not None:
                    for part in without(shared, self._layout.label):
                        blend(frame, sprite, part)


class Stage:
    """Host and overlays as one picture."""

    def __init__(self, host: HostRenderer) -> None:
        self.host = host
        self.overlays = Overlays(host.layout)

    def draw(
        self, pose: Pose, state: OverlayState, tick: int, yuv: Bytes, guest: GuestView | None = None
    ) -> list[Rect]:
        """Draw what changed since the last call; the even, disjoint rectangles that were written."""
        damage = self.overlays.change_to(state, tick) + self.overlays.show_guest(guest)
        fresh = self.host.draw(pose, yuv, damage)
        self.overlays.draw(yuv, fresh)
        return fresh


def require_writable(state: OverlayState) -> None:
    """InputError naming what the fonts cannot write, before it goes on air."""
    card = state.card
    texts = {"caption": "".join(state.words), "coupon": state.coupon, "link": state.link, "ticker": state.ticker}
    texts["card"] = "".join((card.name, card.price, card.was, card.note, card.button)) if card else ""
    for thing, text in texts.items():
        require_glyphs(thing, text)
