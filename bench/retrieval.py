"""Rows S1 (references for a brief) and S2 (clips for a line): is the right thing found, and how fast."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from bench.clip_library import ClipQuery, clip_library, clip_queries
from bench.reference_library import EN, ZH, Written, written_references
from core.models import Advertiser
from core.search.embedding import embedder
from core.search.full_text import tsvector
from core.search.hybrid import find
from creative.contracts import CATEGORIES, FORMATS, BriefData, Category, Format, ProductBrief, RowEntry
from creative.models import Material, Reference, ReferenceSlot, Shot
from creative.references.describing import role_letters
from creative.references.likeness import Look, likeness
from creative.references.row import row_for
from creative.references.structure import Cuts, structure_from_lines

_BATCH = 500


@dataclass(frozen=True)
class Asked:
    """A brief with what its row has to hold."""

    brief: BriefData
    category: Category
    format: Format


_NEEDS_ZH: dict[Format, tuple[str, ...]] = {
    "talk_through": ("找人口播讲清楚", "真人出镜口播"),
    "process": ("拍制作过程", "做成教程"),
    "scene": ("生活场景，有氛围", "要日常场景感"),
    "comparison": ("做个前后对比", "和普通的对比"),
    "proof": ("做测评，要有实测", "实验验证一下"),
    "offer_first": ("大促福利，先说价格", "清仓促销"),
    "story": ("讲个故事", "剧情反转的"),
    "listing": ("三个理由的盘点", "清单盘点类"),
}
_NEEDS_EN: dict[Format, tuple[str, ...]] = {
    "talk_through": ("a talking head to camera", "spokesperson testimonial"),
    "process": ("a step by step tutorial", "show the making of it"),
    "scene": ("lifestyle scenes", "a day in the life, atmosphere"),
    "comparison": ("a before and after comparison", "compare with the ordinary one"),
    "proof": ("a test with results", "an honest review and experiment"),
    "offer_first": ("a flash sale promotion", "promo, deal first"),
    "story": ("tell a story", "a short drama"),
    "listing": ("three reasons listicle", "a top 5 list of points"),
}


def asked_briefs(count: int, seed: int = 2) -> list[Asked]:
    """Briefs over all categories, formats and both languages, each asking for a format in its need."""
    rng = random.Random(seed)
    return [
        _asked(rng, CATEGORIES[n % len(CATEGORIES)], FORMATS[(n // 3) % len(FORMATS)], n % 2 == 0) for n in range(count)
    ]


def _asked(rng: random.Random, category: Category, kind: Format, is_chinese: bool) -> Asked:
    words = (ZH if is_chinese else EN)[category]
    product = rng.choice(words.products)
    ask = rng.choice((_NEEDS_ZH if is_chinese else _NEEDS_EN)[kind])
    need = f"15 秒，{product}，39.9 元，{ask}" if is_chinese else f"15 seconds, {product}, $19.90, {ask}"
    product_brief = ProductBrief(product, product, category, "¥39.9" if is_chinese else "$19.90", None)
    language, platform = ("zh-CN", "kuaishou") if is_chinese else ("en", "tiktok")
    brief = BriefData(product_brief, language, platform, 15.0, need=need)  # type: ignore[arg-type]  # literals through a tuple
    return Asked(brief, category, kind)


def fill_library(count: int, seed: int = 1, owner: Advertiser | None = None) -> dict[str, Written]:
    """Put `count` written references into the library; gives what each was meant to be by its id."""
    meant: dict[str, Written] = {}
    rows: list[Reference] = []
    slots: list[ReferenceSlot] = []
    for written in written_references(count, seed):
        row, its_slots = _reference(written, owner, len(meant))
        rows.append(row)
        slots.extend(its_slots)
        meant[str(row.id)] = written
    Reference.objects.bulk_create(rows, batch_size=_BATCH)
    ReferenceSlot.objects.bulk_create(slots, batch_size=_BATCH * 4)
    _analyse()
    return meant


def _reference(written: Written, owner: Advertiser | None, number: int) -> tuple[Reference, list[ReferenceSlot]]:
    structure = structure_from_lines(written.lines, Cuts(written.seconds, written.borders), written.language).structure
    text = "\n".join((written.title, written.category, written.script))
    using = embedder()
    row = Reference(
        advertiser=owner,
        name=f"{number}.mp4",
        title=written.title,
        sha256=f"{owner.pk if owner else ''}{number:064}"[-64:],
        state=Reference.State.READY,
        category=written.category,
        format=structure.format,
        platform=written.platform,
        language=written.language,
        seconds=written.seconds,
        script=written.script,
        impressions=written.metrics.impressions,
        plays_3s=written.metrics.plays_3s,
        clicks=written.metrics.clicks,
        conversions=written.metrics.conversions,
        roles=role_letters([slot.role for slot in structure.slots]),
        search_text=text,
        tsv=tsvector(text),
        vec=using.embed([text])[0],
        vec_space=using.space,
    )
    return row, [
        ReferenceSlot(
            reference=row,
            position=place,
            role=slot.role,
            start_seconds=slot.start_seconds,
            end_seconds=slot.end_seconds,
            pace=slot.pace,
            intent=slot.intent,
        )
        for place, slot in enumerate(structure.slots)
    ]


def _analyse() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which `share` of `values` lie (nearest rank)."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def _timed(work: Callable[[], Any]) -> tuple[Any, float]:
    began = time.perf_counter()
    result = work()
    return result, (time.perf_counter() - began) * 1000


def holds(row: Sequence[RowEntry], asked: Asked, meant: dict[str, Written]) -> bool:
    """Whether a card of the row was written for the category and format asked for."""
    kinds = {(meant[entry.reference_id].category, meant[entry.reference_id].format) for entry in row}
    return (asked.category, asked.format) in kinds


def nearest_in_row(row: Sequence[RowEntry]) -> float:
    """The likeness of the two most alike cards of a row."""
    fields = ("category", "format", "roles", "seconds", "vec")
    found = Reference.objects.filter(pk__in=[entry.reference_id for entry in row]).values_list(*fields)
    looks = [Look(category, kind, roles, seconds, vec) for category, kind, roles, seconds, vec in found]
    return max(
        (likeness(one, other) for place, one in enumerate(looks) for other in looks[:place]),
        default=0.0,
    )


def s1_row(size: int = 10_000, briefs: int = 100) -> dict[str, float]:
    """S1: the row over `size` references: p95 in ms, share of right rows, most alike pair."""
    meant = fill_library(size)
    advertiser = Advertiser.objects.create(slug="bench-rows", name="Bench")
    asked = asked_briefs(briefs)
    for each in asked[:5]:
        row_for(each.brief, advertiser)
    timed = [_timed(lambda each=each: row_for(each.brief, advertiser)) for each in asked]  # type: ignore[misc]  # bound per brief
    return {
        "p95_ms": percentile([ms for _, ms in timed], 0.95),
        "p50_ms": percentile([ms for _, ms in timed], 0.5),
        "right": sum(holds(row, each, meant) for (row, _), each in zip(timed, asked, strict=True)) / len(asked),
        "most_alike": max(nearest_in_row(row) for row, _ in timed),
        "shortest_row": float(min(len(row) for row, _ in timed)),
    }


def fill_clips(advertiser: Advertiser, size: int, seed: int = 3) -> dict[str, str]:
    """Put `size` shots into the advertiser's footage; gives what each shows (its scene's key) by shot id."""
    material = Material.objects.create(advertiser=advertiser, name="bench", state=Material.State.READY, media="video")
    using = embedder()
    shots, shown = [], {}
    for number, clip in enumerate(clip_library(size, seed)):
        shot = Shot(advertiser=advertiser, material=material, start_frame=number * 60, end_frame=number * 60 + 60)
        shot.words, shot.search_text = list(clip.words), clip.text
        shot.tsv, shot.vec = tsvector(clip.text), using.embed([clip.text])[0]
        shots.append(shot)
        shown[str(shot.id)] = clip.scene
    Shot.objects.bulk_create(shots, batch_size=_BATCH)
    _analyse()
    return shown


def recall_at_10(keys: Sequence[str], query: ClipQuery, shown: dict[str, str]) -> float:
    """Share of the shots of the query's scene (at most ten count) among the first ten found."""
    wanted = {key for key, scene in shown.items() if scene == query.scene}
    return len(wanted.intersection(keys[:10])) / min(10, len(wanted))


def s2_clips(size: int = 10_000, queries: int = 200) -> dict[str, float]:
    """S2: clip search over `size` shots: mean Recall@10 and p95 in ms."""
    advertiser = Advertiser.objects.create(slug="bench-clips", name="Bench")
    shown = fill_clips(advertiser, size)
    rows = Shot.objects.for_advertiser(advertiser).filter(is_hidden=False)
    asked = clip_queries(size, queries)
    for query in asked[:5]:
        find(rows, query.text)
    timed = [_timed(lambda query=query: [str(hit.key) for hit in find(rows, query.text)]) for query in asked]  # type: ignore[misc]  # bound per query
    recalls = [recall_at_10(keys, query, shown) for (keys, _), query in zip(timed, asked, strict=True)]
    return {
        "recall_at_10": sum(recalls) / len(recalls),
        "p95_ms": percentile([ms for _, ms in timed], 0.95),
        "p50_ms": percentile([ms for _, ms in timed], 0.5),
    }
