"""Beside the contact sheet of a bulk batch: likeness, capacity, cost, what was shared, what can be taken away."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from core.templatetags.slots import role_word
from creative.bulk.contracts import ACCOUNT_LIMIT
from creative.models import Ad, Batch, BatchEvent
from creative.page_data.batches import HeldCause
from creative.page_data.bulk_batches import held_causes
from creative.page_data.words import Mark, marks
from creative.selectors import slot_plan
from creative.services.bulk.control import BY_BUDGET, budget_to_finish, spent_yuan
from creative.services.bulk.report import batch_figures, cost_figures
from creative.services.downloads import PART_ADS
from generation import api as generation

ACCOUNT_SCALE = 0.20
"""The bar of the account's similarity ends at twice the limit."""


@dataclass(frozen=True)
class Twin:
    """One of the two ads that are most alike."""

    number: int
    url: str


@dataclass(frozen=True)
class Likeness:
    """How alike the ads are. Shares of 1; None where nothing is known. `limit` and `scale` belong to the bar."""

    worst: float | None
    twins: tuple[Twin, ...]
    account: float | None
    limit: float = ACCOUNT_LIMIT
    scale: float = ACCOUNT_SCALE

    @property
    def shown(self) -> float:
        """Where the tick stands on the bar: at its end for anything beyond."""
        return min(self.account or 0.0, self.scale)

    @property
    def is_near(self) -> bool:
        return self.account is not None and self.account >= self.limit * 0.8

    @property
    def is_over(self) -> bool:
        return self.account is not None and self.account >= self.limit


@dataclass(frozen=True)
class More:
    """What to film: `count` shots for a role would carry `ads`."""

    count: int
    role: str
    ads: int


@dataclass(frozen=True)
class Carries:
    """What the material supports, and what of it is made. `whole` is the length of the gauge in ads."""

    clips: int
    ads: int
    made: int
    more: tuple[More, ...]

    @property
    def whole(self) -> int:
        return max([self.ads, self.made, *(each.ads for each in self.more)])

    @property
    def possible(self) -> int:
        return max(0, self.ads - self.made)


@dataclass(frozen=True)
class Part:
    """Ads of a batch that come in one zip. Numbers as people count them, from 1."""

    number: int
    first: int
    last: int
    url: str


@dataclass(frozen=True)
class BulkSide:
    """Everything beside the sheet. `figures` and `cost` are those of the report."""

    batch: Batch
    causes: tuple[HeldCause, ...]
    likeness: Likeness
    carries: Carries | None
    left_out: int
    figures: dict[str, Any]
    cost: dict[str, Any] | None
    yuan_per_ad: str
    spent_yuan: str
    budget_yuan: str
    ready_bytes: int
    parts: tuple[Part, ...]
    marks: tuple[Mark, ...]
    events: tuple[BatchEvent, ...]


@dataclass(frozen=True)
class ResumeForm:
    """What a batch its budget stopped asks before it goes on. Yuan; `wanted` is what would finish it."""

    batch: Batch
    is_asked: bool
    spent: str = ""
    budget: str = ""
    wanted: str = ""


def resume_form(batch: Batch) -> ResumeForm:
    """The form of a batch its budget stopped; an empty one for any other."""
    if batch.state != Batch.State.PAUSED or batch.paused_reason != BY_BUDGET:
        return ResumeForm(batch, False)
    budget, wanted = (f"{minor / 100:.2f}" for minor in (batch.budget_minor or 0, budget_to_finish(batch)))
    return ResumeForm(batch, True, exact_yuan(spent_yuan(batch)), budget, wanted)


def bulk_side(batch: Batch, ready: int, planned: int) -> BulkSide:
    """`ready` and `planned` are the batch's counts."""
    figures = batch_figures(batch)
    plan = slot_plan(batch)
    cost = cost_figures(figures, ready, plan.frames) if plan and ready else None
    return BulkSide(
        batch=batch,
        causes=held_causes(batch),
        likeness=_likeness(batch, figures),
        carries=_carries(figures, planned) if figures["capacity"] else None,
        left_out=int(batch.figures.get("account_left_out") or 0),
        figures=figures,
        cost=cost,
        yuan_per_ad=exact_yuan(cost["yuan_per_ad"]) if cost else "",
        spent_yuan=exact_yuan(cost["yuan_per_ad"] * ready) if cost else "",
        budget_yuan=exact_yuan(batch.budget_minor / 100) if batch.budget_minor else "",
        ready_bytes=generation.recipe_sizes(_ready(batch).values("pk")),
        parts=tuple(_parts(batch, ready)),
        marks=marks(plan.degraded if plan else ()),
        events=tuple(BatchEvent.objects.filter(batch=batch)),
    )


def _ready(batch: Batch) -> QuerySet[Ad]:
    return Ad.objects.filter(batch=batch, state=Ad.State.READY, later_versions=None)


def _likeness(batch: Batch, figures: dict[str, Any]) -> Likeness:
    pair = figures["worst_pair"]
    places = [pair["first"], pair["second"]] if pair else []
    ids = dict(Ad.objects.filter(batch=batch, version=1, position__in=places).values_list("position", "pk"))
    twins = tuple(Twin(at + 1, reverse("creative:ad", args=[ids[at]])) for at in places if at in ids)
    return Likeness(pair["similarity"] if pair else None, twins, figures["account_similarity"])


def _carries(figures: dict[str, Any], planned: int) -> Carries:
    return Carries(figures["clips"], figures["capacity"], planned, more_of(figures["advice"]))


def more_of(advice: Sequence[dict[str, Any]]) -> tuple[More, ...]:
    """Advice with the roles in page words, the best step for each role."""
    first: dict[str, dict[str, Any]] = {}
    for each in advice:
        first.setdefault(each["role"], each)
    return tuple(More(each["more"], role_word(each["role"]), each["ads"]) for each in first.values())


def _parts(batch: Batch, ready: int) -> Sequence[Part]:
    """Zips of a thousand where one of all would be too much for most."""
    if ready <= PART_ADS:
        return ()
    url = reverse("creative:batch_zip", args=[batch.pk])
    return [
        Part(number, (number - 1) * PART_ADS + 1, min(number * PART_ADS, ready), f"{url}?part={number}")
        for number in range(1, math.ceil(ready / PART_ADS) + 1)
    ]


def exact_yuan(value: float) -> str:
    """Yuan with two significant figures at least, never in exponents: 0.000067, 12.40."""
    if value <= 0:
        return "0"
    places = max(2, 1 - math.floor(math.log10(value)))
    return f"{value:,.{places}f}"
