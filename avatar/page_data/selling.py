"""Which lines sell: orders set against the lines that were on air in the minutes before."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from avatar.contracts import ScriptLine
from avatar.models import Broadcast, Order, Room, SpokenUtterance
from avatar.page_data.words import money
from avatar.scripts.turns import product_named
from avatar.services.scripts import lines_of, names_of

WINDOW = dt.timedelta(minutes=3)
"""From hearing a line to the order: deciding, tapping, paying. Half of a line's weight is gone after one minute."""
HALF_LIFE_SECONDS = 60.0
MOST_ORDERS = 2000
MOST_LINES = 8


@dataclass(frozen=True)
class SellingLine:
    """`credit` is the line's share of all orders, each order shared out by how lately each line was heard."""

    number: int
    text: str
    is_answer: bool
    said: int
    orders: float
    earned: str


def selling_lines(room: Room, broadcast: Broadcast) -> list[SellingLine]:
    """Lines with orders behind them, the best first. Answers stand together as one line."""
    orders = list(room.orders.filter(broadcast=broadcast).order_by("at")[:MOST_ORDERS])
    spoken = list(broadcast.said.filter(kind__in=("script", "answer")).exclude(state="skipped").order_by("started_at"))
    credit: dict[int, float] = defaultdict(float)
    earned: dict[int, float] = defaultdict(float)
    lines = lines_of(broadcast.script)[0]
    count, names = len(lines), names_of(room)
    for order in orders:
        product = product_named(order.product, names) if len(names) > 1 else None
        for place, share in _shares(order, _of_product(spoken, lines, product), count).items():
            credit[place] += share
            earned[place] += share * order.amount_minor
    times: dict[int, int] = defaultdict(int)
    for each in spoken:
        times[_place(each, count)] += 1
    texts = [line.text for line in lines]
    currency = orders[0].currency if orders else room.currency
    best = sorted(credit, key=lambda place: -credit[place])[:MOST_LINES]
    return [
        SellingLine(
            place + 1,
            texts[place] if 0 <= place < len(texts) else "",
            place < 0,
            times[place],
            credit[place],
            money(round(earned[place]), currency),
        )
        for place in best
    ]


def _of_product(
    spoken: list[SpokenUtterance], lines: Sequence[ScriptLine], product: int | None
) -> list[SpokenUtterance]:
    """What may have sold an order of `product`: its own lines and answers, or all where nobody knows the product."""
    if product is None:
        return spoken
    places = {line.place for line in lines if line.product == product}
    return [each for each in spoken if (place := _place(each, len(lines))) < 0 or place in places]


def _shares(order: Order, spoken: list[SpokenUtterance], count: int) -> dict[int, float]:
    """Place of a line (-1 for answers) → its share of one order; together 1, or nothing when nothing was on air."""
    weights: dict[int, float] = defaultdict(float)
    for each in spoken:
        ago = (order.at - each.started_at).total_seconds()
        if 0 <= ago <= WINDOW.total_seconds():
            weights[_place(each, count)] += 0.5 ** (ago / HALF_LIFE_SECONDS)
    total = sum(weights.values())
    return {place: weight / total for place, weight in weights.items()} if total else {}


def _place(spoken: SpokenUtterance, count: int) -> int:
    """The line of the script, whichever lap it was said in; -1 for an answer."""
    return spoken.sentence % count if spoken.sentence is not None and count else -1
