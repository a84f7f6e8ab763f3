"""Motion graphics from brand colours, text, price and product picture: posters that move.

Each kind of card is one module with one function from an `Order` to a `Scene`; sprites
are drawn once per card, a frame only places them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache

from generation.contracts import Brand, Canvas, CardClip, CardKind, SafeArea, TextBox
from generation.drawing import colours
from generation.engines.cards.entrance import entering_frames
from generation.engines.cards.scene import Order, Scene
from generation.engines.feeds import Feed, Frame

STYLE = "cards-9"


@lru_cache(maxsize=2)
def card_scene(order: Order) -> Scene:
    """The scene of a card; raises InputError when its product picture cannot be read.

    The last two are kept: a segment asks once for the pictures and once for the text boxes.
    """
    return _makers()[order.clip.card](order)


@lru_cache(maxsize=1)
def _makers() -> dict[CardKind, Callable[[Order], Scene]]:
    from generation.engines.cards.before_after import before_after_scene
    from generation.engines.cards.end import end_scene
    from generation.engines.cards.fact import fact_scene
    from generation.engines.cards.kinetic import kinetic_scene
    from generation.engines.cards.price import price_scene

    return {
        "kinetic": kinetic_scene,
        "price": price_scene,
        "before_after": before_after_scene,
        "fact": fact_scene,
        "end": end_scene,
    }


def card_feed(order: Order, part: range, has_entrance: bool = True) -> Feed:
    """The frames `part` of a card as rgb24, drawn while they are read."""

    def frames() -> Iterator[Frame]:
        scene = card_scene(order)
        if has_entrance:
            yield from entering_frames(scene, colours.parse(order.brand.accent), part)
        else:
            yield from (scene.frame_at(at) for at in part)

    return Feed(order.canvas.width, order.canvas.height, "rgb24", frames)


def text_boxes(
    clip: CardClip, canvas: Canvas, safe: SafeArea, brand: Brand, language: str, is_captioned: bool
) -> tuple[TextBox, ...]:
    """Where the card's text lies, in frames from the card's first."""
    return card_scene(Order(clip, canvas, safe, brand, language, is_captioned)).boxes
