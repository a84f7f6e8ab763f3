"""Finished ads to take away: captions, one zip of a batch, the lineage as a table."""

from __future__ import annotations

import csv
import io
import re
import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import IO

from core.contracts import load
from creative.models import Ad
from creative.page_data.ads import ad_page, lineage_rows
from creative.selectors import plan_of
from creative.storyboard import plan_srt, to_srt
from generation.contracts import RenderSpec

IN_MEMORY_BYTES = 8_000_000


def file_stem(ad: Ad) -> str:
    """What a downloaded ad is called: the product's name and the ad's number."""
    title = re.sub(r"[^\w\u4e00-\u9fff-]+", "-", ad.batch.brief.title).strip("-") or "ad"
    return f"{title}-{ad.position + 1:02d}"


def subtitles(ad: Ad) -> str:
    """The spoken lines as SRT."""
    if ad.is_recipe:
        return plan_srt(plan_of(ad))
    return to_srt(load(RenderSpec, ad.spec).timeline)


def zip_ads(ads: Sequence[Ad]) -> IO[bytes]:
    """The ads with captions and lineage in one zip, unpressed: video does not get smaller.

    Only ready ads are packed; ValueError on any other, whoever asks.
    """
    if any(ad.state != Ad.State.READY for ad in ads):
        raise ValueError("a zip holds ready ads only")
    target = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY_BYTES)  # noqa: SIM115 - the response closes it
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for ad in ads:
            stem = file_stem(ad)
            archive.write(Path(ad.path), f"{stem}.mp4")
            archive.writestr(f"{stem}.srt", subtitles(ad))
        archive.writestr("lineage.csv", lineage_csv(ads))
    target.seek(0)
    return target


def lineage_csv(ads: Sequence[Ad]) -> str:
    """Where every frame of these ads comes from, one stretch a line; frames at 30 a second, end exclusive."""
    text = io.StringIO()
    names = ("ad", "from_frame", "to_frame", "slot", "source", "source_from_frame", "rights")
    writer = csv.DictWriter(text, names)
    writer.writeheader()
    for ad in ads:
        for row in lineage_rows(ad_page(ad)):
            writer.writerow({"ad": file_stem(ad)} | {key: _plain(value) for key, value in row.items()})
    return text.getvalue()


def _plain(value: object) -> object:
    """A file name that begins like a formula must not become one in a spreadsheet."""
    text = str(value)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t") else value
