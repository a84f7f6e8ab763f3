"""What is read from the books of `creative`, always for one advertiser."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, cast

from django.db.models import Q, QuerySet

from core.contracts import Fact, Money, dump, load
from core.errors import InputError, RetryableError
from core.models import Advertiser, Product
from core.search.embedding import NoVectors
from core.search.hybrid import find
from creative.bulk.contracts import Mix, SlotPlan
from creative.bulk.plans import ad_plan
from creative.contracts import (
    AdPlan,
    BriefData,
    Category,
    ClipOption,
    PlannedShot,
    ProductBrief,
    ScriptLine,
    SlotBudget,
    SlotNeed,
)
from creative.generating.gaps import Pins
from creative.headlines import headline_for
from creative.models import Ad, Batch, BatchEvent, Brief, Material, Script, Shot
from creative.reframing import framing_for, is_still, shows_lines
from creative.storyboard import ShotSource
from generation import api as generation
from generation.contracts import (
    PORTRAIT,
    Canvas,
    Framing,
    MediaSource,
    RenderResult,
    ShotDescription,
    Understanding,
)


def brief_data(brief: Brief) -> BriefData:
    """The brief as a contract."""
    return load(BriefData, brief.data)


def product_data(product: Product) -> ProductBrief:
    """The product as a contract."""
    price = Money(product.price_minor, product.currency) if product.price_minor is not None else None
    facts = tuple(
        Fact(fact.key, fact.text, fact.evidence, fact.valid_until.isoformat() if fact.valid_until else "")
        for fact in product.facts.all()
    )
    return ProductBrief(
        name=product.name,
        category=product.category,
        category_key=cast(Category, product.category_key),
        price_text=product.price_text,
        price=price,
        offer=product.offer,
        audience=product.audience,
        cta=product.cta,
        link=product.link,
        facts=facts,
    )


def usable_shots(advertiser: Advertiser, folder: str = "") -> list[Shot]:
    """Shots of ready video and picture materials that are not hidden, in order of file and frame.

    With `folder`, only those of files a command found there. What models made for one order is no other's.
    """
    shots = Shot.objects.for_advertiser(advertiser).filter(
        material__state=Material.State.READY, material__media__in=["video", "picture"], is_hidden=False
    )
    if folder:
        shots = shots.filter(material__folder=folder)
    shots = shots.exclude(material__made_with__has_key=PIN)
    # A cut-out is the product for cards, no scene: on its own it would stand before nothing.
    shots = shots.exclude(material__understanding__contains={"probe": {"has_alpha": True}})
    return list(shots.select_related("material").order_by("material__name", "start_frame"))


GENERATED = "generated"
"""The event of a batch that says what models made for it."""

PIN = "pin"
"""Stands in a material's `made_with` where it was made for a slot of one order."""


def made_for(batch: Batch) -> QuerySet[Material]:
    """What models made for slots of this batch, usable or not."""
    told = BatchEvent.objects.filter(batch_id=batch.pk, what=GENERATED).values_list("detail", flat=True).first() or {}
    clips = told.get("clips", ())
    keys = [clip["material"] for clip in clips if "material" in clip]
    # Events of older batches name their clips, which lie in the batch's folder.
    names = [clip["name"] for clip in clips if "material" not in clip]
    rows = Material.objects.for_advertiser(batch.advertiser).filter(made_with__has_key=PIN)
    return rows.filter(Q(pk__in=keys) | Q(folder=batch.folder, name__in=names))


def made_shots(batch: Batch) -> list[Shot]:
    """The clips that models made for this batch and that it may show, the hidden ones of presenters among them."""
    rows = Shot.objects.filter(material__in=made_for(batch).filter(state=Material.State.READY))
    first = rows.select_related("material").order_by("material__name", "start_frame")
    return list({shot.material_id: shot for shot in reversed(first)}.values())[::-1]


def batch_shots(batch: Batch) -> list[Shot]:
    """What a batch may show: usable footage, and what was generated for it."""
    generated = [shot for shot in made_shots(batch) if not shot.is_hidden]
    return [*usable_shots(batch.advertiser, batch.folder), *generated]


def shots_of(batch: Batch, plans: Iterable[AdPlan]) -> list[Shot]:
    """What a batch may show, and whatever `plans` show besides: shots set aside since, presenters.

    InputError names a clip that may be shown no more.
    """
    shots = batch_shots(batch)
    needed = {shot.shot_id for plan in plans for slot in plan.slots for shot in slot.shots if shot.shot_id}
    needed -= {str(shot.pk) for shot in shots}
    further = list(Shot.objects.filter(pk__in=needed).select_related("material")) if needed else []
    for shot in further:
        if shot.material.state == Material.State.REFUSED:
            raise InputError(shot.material.name, f"is shown no more: {shot.material.refusal_reason}", "clip_refused")
    return [*shots, *further]


def pins_of(batch: Batch) -> Pins:
    """The clips made for this batch by the slots they were made for, as plans show them."""
    pins = Pins({}, {})
    for shot in made_shots(batch):
        material, pin = shot.material, shot.material.made_with[PIN]
        planned = PlannedShot(material.name, pin["frames"], 0, str(shot.pk), score=1.0, why=(material.origin,))
        if material.origin == Material.Origin.PRESENTER:
            pins.presented[pin["voice"], pin["frames"]] = planned
        else:
            pins.generated[pin["line"], pin["frames"]] = planned
    return pins


def described(shots: Sequence[Shot]) -> dict[str, ShotDescription]:
    """What was found in the pictures of one advertiser's shots, by shot id; those nobody looked at are not in it."""
    files = {shot.material.sha256 for shot in shots if shot.material.sha256}
    rows = generation.descriptions(shots[0].advertiser, files) if files else {}
    found = {
        (sha256, seen["start_frame"]): load(ShotDescription, seen)
        for sha256, row in rows.items()
        for seen in row.found["shots"]
        if seen["subtitles"] or seen["products"] or seen["persons"]
    }
    places = {str(shot.id): (shot.material.sha256, shot.start_frame) for shot in shots} if found else {}
    return {shot_id: found[place] for shot_id, place in places.items() if place in found}


def seen_key(shots: Sequence[Shot]) -> str:
    """A hash of what was found in the pictures of `shots`, as far as it decides how they are shown; "" for nothing."""
    places = {str(shot.id): (shot.material.sha256, shot.start_frame) for shot in shots}
    found = [(*places[shot_id], *_boxes(shows)) for shot_id, shows in described(shots).items()]
    return hashlib.sha256(json.dumps(sorted(found)).encode()).hexdigest() if found else ""


def _boxes(shows: ShotDescription) -> list[Any]:
    return [[list(dump(box).values()) for box in boxes] for boxes in (shows.products, shows.persons, shows.subtitles)]


def clip_options(shots: Iterable[Shot], canvas: Canvas = PORTRAIT) -> tuple[ClipOption, ...]:
    """The shots as the matcher sees them, for ads of one canvas."""
    shots = list(shots)
    seen = described(shots)
    return tuple(
        ClipOption(
            shot_id=str(shot.id),
            material_id=str(shot.material_id),
            name=shot.material.name,
            start_frame=shot.start_frame,
            end_frame=shot.end_frame,
            words=tuple(shot.words),
            role=shot.role,
            scale=shot.scale,
            motion=shot.motion,
            quality=shot.quality,
            faces=shot.faces,
            fits_portrait=shot.fits_portrait,
            phash=shot.phash,
            times_used=shot.times_used,
            is_picture=shot.material.media == "picture",
            shows_lines=_shows_lines(shot, seen.get(str(shot.id)), canvas),
        )
        for shot in shots
    )


def _shows_lines(shot: Shot, shows: ShotDescription | None, canvas: Canvas) -> bool:
    if shows is None or not shows.subtitles:
        return False
    source = media_source(shot.material)
    framing = _framing(shot, source, canvas, shows)
    return shows_lines(framing, source.width, source.height, canvas, shows)


SHOTS_WEIGHED = 200
"""Shots beyond the best so many for a slot are all equally far from its words."""


def relevance(need: SlotNeed, shots: Iterable[Shot]) -> dict[str, float]:
    """How near each shot's words are to the slot's, 0..1 by shot id; what is not in it is not near."""
    rows = Shot.objects.filter(pk__in=[shot.pk for shot in shots])
    text = " ".join([need.line, *need.words])
    try:
        hits = find(rows, text, SHOTS_WEIGHED, SHOTS_WEIGHED)
    except RetryableError:
        hits = find(rows, text, SHOTS_WEIGHED, SHOTS_WEIGHED, NoVectors())
    return {str(hit.key): min(1.0, max(0.0, hit.score)) for hit in hits}


def media_source(material: Material) -> MediaSource:
    """Where a ready material's pixels are."""
    return load(Understanding, material.understanding).source


def product_picture(advertiser: Advertiser, folder: str = "") -> str:
    """Path of the picture cards show the product with: a cut-out with transparency, "" where there is none."""
    found = Material.objects.for_advertiser(advertiser).filter(
        state=Material.State.READY, media="picture", understanding__probe__has_alpha=True
    )
    if folder:
        found = found.filter(folder=folder)
    material = found.order_by("name").first()
    return str(load(Understanding, material.understanding).probe["alpha_path"]) if material else ""


def shot_sources(shots: Iterable[Shot], canvas: Canvas) -> dict[str, ShotSource]:
    """Pixels and framing by shot id, for one canvas."""
    shots = list(shots)
    seen = described(shots)
    by_material: dict[Any, MediaSource] = {}
    found: dict[str, ShotSource] = {}
    for shot in shots:
        if shot.material_id not in by_material:
            by_material[shot.material_id] = media_source(shot.material)
        source = by_material[shot.material_id]
        found[str(shot.id)] = ShotSource(source, _framing(shot, source, canvas, seen.get(str(shot.id))))
    return found


def _framing(shot: Shot, source: MediaSource, canvas: Canvas, shows: ShotDescription | None) -> Framing:
    subject = (shot.subject_x, shot.subject_y)
    stands = is_still(shot.motion, source.kind == "picture")
    return framing_for(source.width, source.height, subject, shot.fits_portrait, stands, canvas, shows)


def script_lines(script: Script) -> tuple[ScriptLine, ...]:
    """The script's lines as contracts, in order."""
    return tuple(
        load(
            ScriptLine,
            {
                "role": line.role,
                "text": line.text,
                "fact_ids": line.fact_ids,
                "estimated_seconds": line.estimated_seconds,
                "spans": line.spans,
                "findings": line.findings,
                "words": line.words,
            },
        )
        for line in script.lines.all()
    )


def line_budget(budget: Mapping[str, Any]) -> SlotBudget:
    """A stored budget as a contract."""
    return load(SlotBudget, budget)


PLAN_SEED = 1
"""Cards of bulk ads move by it; one for all, so that a card is one segment whatever asks for it."""

KEPT_PLANS = 8
"""Slot plans a process keeps read: a page of a batch asks for the same one for every ad it shows."""


def slot_plan(batch: Batch) -> SlotPlan | None:
    """What a bulk batch mixes its ads from; None while it is not planned, and for other batches."""
    key = batch.figures.get("plan_key", "") if batch.is_bulk else ""
    return _slot_plan(batch.pk, key) if key else None


@lru_cache(maxsize=KEPT_PLANS)
def _slot_plan(batch_id: uuid.UUID, plan_key: str) -> SlotPlan:
    # The key is a hash of the plan, so a batch planned anew is read anew.
    return load(SlotPlan, Batch.objects.values_list("slot_plan", flat=True).get(pk=batch_id))


def has_plan(ad: Ad) -> bool:
    """Whether it is known yet what the ad is made from."""
    return bool(ad.plan or ad.choices)


def plan_of(ad: Ad) -> AdPlan:
    """What an ad is made from: its own plan, or its choices out of its batch's slot plan."""
    pools = slot_plan(ad.batch) if ad.choices and not ad.plan else None
    if pools is None:
        return load(AdPlan, ad.plan)
    headline = headline_for(ad.batch.headlines, ad.position)
    return ad_plan(pools, Mix(tuple(ad.choices), ad.tune), ad.batch.canvas, PLAN_SEED, headline)


def latest_ads(batch: Batch) -> list[Ad]:
    """The newest version of each ad of a batch, in order."""
    newest: dict[int, Ad] = {}
    for ad in Ad.objects.filter(batch=batch).order_by("position", "version"):
        newest[ad.position] = ad
    return [newest[position] for position in sorted(newest)]


def ad_result(ad: Ad) -> RenderResult | None:
    """What rendering came to, or None while it runs."""
    return load(RenderResult, ad.result) if ad.result else None
