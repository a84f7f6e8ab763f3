"""Finished ads to take away: captions, one zip of a batch made while it is sent, the lineage as a table."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from django.db.models import QuerySet
from django.utils import timezone

from core.contracts import load
from core.ranges import Body, FileBody
from core.storage import bring_here
from core.zip_streams import BytesBody, ZipEntry, ZipStream
from creative.models import Ad, Batch
from creative.page_data.ads import ad_page, lineage_rows
from creative.selectors import latest_ads, plan_of
from creative.services.bulk.delivery import mark_delivered
from creative.services.bulk.report import LINEAGE, Lineage, lineage_lines
from creative.storyboard import plan_srt, to_srt
from generation import api as generation
from generation.contracts import RenderSpec

PART_ADS = 1000
"""A batch with more ready ads than this is offered in zips of so many."""

MOST_ADS = 5000
"""More than this in one zip nobody could keep on a disk; such batches come in parts alone."""

SIGNING_SPARE_BYTES = 2048
"""Manifests of one batch differ by their dates and numbers, by far less than this."""

COLUMNS = ("ad", "from_frame", "to_frame", "slot", "source", "source_from_frame", "rights")


def file_stem(ad: Ad) -> str:
    """What a downloaded ad is called: the product's name and the ad's number, with zeros so that names sort."""
    title = re.sub(r"[^\w\u4e00-\u9fff-]+", "-", ad.batch.brief.title).strip("-") or "ad"
    return f"{title}-{ad.position + 1:0{max(2, len(str(ad.batch.requested)))}d}"


def subtitles(ad: Ad) -> str:
    """The spoken lines as SRT."""
    if ad.is_recipe:
        return plan_srt(plan_of(ad))
    return to_srt(load(RenderSpec, ad.spec).timeline)


def ready_ads(batch: Batch) -> QuerySet[Ad]:
    """The ads of a batch that may leave the house, without their large columns."""
    rows = Ad.objects.filter(batch=batch, state=Ad.State.READY, later_versions=None).order_by("position")
    return rows.defer("spec", "result", "plan")


def zip_batch(batch: Batch, part: int = 0) -> ZipStream | None:
    """Every ready ad of a batch, or its `part`-th thousand (from 1); None where there is none, or too many."""
    rows = ready_ads(batch)
    ads = list(rows[(part - 1) * PART_ADS : part * PART_ADS] if part else rows[: MOST_ADS + 1])
    if len(ads) > MOST_ADS:
        return None
    for ad in ads:
        ad.batch = batch
    return zip_ads(ads) if ads else None


def zip_ads(ads: Sequence[Ad]) -> ZipStream:
    """Ads of one batch with captions and lineage in one zip, made while it is sent.

    Bulk ads are put together and signed when their turn comes. Each ad counts as delivered
    when it is out. Only ready ads are packed; ValueError on any other, whoever asks.
    """
    if any(ad.state != Ad.State.READY for ad in ads):
        raise ValueError("a zip holds ready ads only")
    sizes = _sizes(ads)
    entries = [entry for ad in ads for entry in _entries(ad, sizes)]
    return ZipStream([*entries, _entry("lineage.csv", lineage_csv(ads))], timezone.localtime())


def _sizes(ads: Sequence[Ad]) -> dict[str, int]:
    """The most bytes each bulk ad will have once it is signed. The first is signed for that, here and now."""
    recipes = [ad.id for ad in ads if ad.is_recipe]
    if not recipes:
        return {}
    with generation.signed_file(recipes[0]) as first:
        plain = generation.recipe_lengths(recipes)
        grown = first.size - plain[recipes[0]][0]
    return {
        str(number): signed or unsigned + grown + SIGNING_SPARE_BYTES for number, (unsigned, signed) in plain.items()
    }


def _entries(ad: Ad, sizes: dict[str, int]) -> Iterator[ZipEntry]:
    stem, number = file_stem(ad), ad.id
    if ad.is_recipe:
        most = sizes[str(number)]
        yield ZipEntry(f"{stem}.mp4", most, lambda: _signed(number), lambda: mark_delivered([number]))
    else:
        path = bring_here(ad.path)
        size = path.stat().st_size
        yield ZipEntry(f"{stem}.mp4", size, lambda: FileBody(path), lambda: mark_delivered([number]))
    yield _entry(f"{stem}.srt", subtitles(ad))


def _signed(number: object) -> Body:
    return generation.signed_file(str(number))


def _entry(name: str, text: str) -> ZipEntry:
    content = text.encode()
    return ZipEntry(name, len(content), lambda: BytesBody(content))


def lineage_csv(ads: Sequence[Ad]) -> str:
    """Where every frame of these ads comes from, one stretch a line; frames at 30 a second, end exclusive."""
    if ads and ads[0].batch.is_bulk:
        lineage = Lineage(ads[0].batch)
        rows = ((file_stem(ad), *row) for ad in ads for row in lineage.of_ad(ad))
        return "".join(csv_lines(chain([LINEAGE], rows)))
    return "".join(csv_lines(chain([COLUMNS], *(_lineage_of(ad) for ad in ads))))


def batch_lineage(batch: Batch) -> Iterator[str]:
    """The same of a whole batch, in parts."""
    if batch.is_bulk:
        return csv_lines(chain([LINEAGE], lineage_lines(batch)))
    return iter([lineage_csv([ad for ad in latest_ads(batch) if ad.plan])])


def _lineage_of(ad: Ad) -> Iterator[tuple[object, ...]]:
    for row in lineage_rows(ad_page(ad)):
        yield (file_stem(ad), *(_plain(row[name]) for name in COLUMNS[1:]))


def csv_lines(rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """The rows as CSV, a few hundred lines at a time."""
    text = io.StringIO()
    writer = csv.writer(text)
    for number, row in enumerate(rows, start=1):
        writer.writerow(row)
        if number % 500 == 0:
            yield text.getvalue()
            text.seek(0)
            text.truncate()
    yield text.getvalue()


def _plain(value: object) -> object:
    """A file name that begins like a formula must not become one in a spreadsheet."""
    text = str(value)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t") else value
