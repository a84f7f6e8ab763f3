"""Which video stands under which post, and what may be said of it there."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import parse_qs, urlsplit

from django.db import transaction

from core.contracts import dump, load
from core.errors import InputError
from core.models import Advertiser
from generation.described import ShotDescription, ShownVideo, VideoDescription, VideoPart
from generation.models import Description, PostedVideo

LONGEST_POST = 200
MOST_UNKNOWN = 20
MOST_KEPT_UNKNOWN = 200
_PLATFORMS = re.compile(
    r"(?:^|\.)(?:douyin|iesdouyin|kuaishou|gifshow|tiktok|facebook|instagram|bilibili|youtube|xiaohongshu)\.com$"
)
_SHORT = frozenset({"v.douyin.com", "v.kuaishou.com", "vm.tiktok.com", "vt.tiktok.com", "fb.watch", "xhslink.com"})
_NUMBERS = ("modal_id", "photoId", "story_fbid", "v")
"""Where an address that leads to a list names the one video of it."""


def post_of(written: str) -> str:
    """The name of a post out of what a member pasted: its number, or its address on a platform or page.

    InputError for nothing, for something too long, and for short links, which do not hold the number.
    """
    text = written.strip()
    if "://" in text:
        text = _of_address(text)
    if not text or len(text) > LONGEST_POST or re.search(r"\s", text):
        raise InputError("post", "is the number of the post, or its address", "bad_post")
    return text


def _of_address(address: str) -> str:
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError as error:
        raise InputError("post", "is no address", "bad_post") from error
    if host in _SHORT:
        raise InputError(
            "post", "is a short link, which holds no number: open it, and copy the address it leads to", "short_link"
        )
    if not _PLATFORMS.search(host):
        return f"{host}{parts.path.rstrip('/')}"
    asked = parse_qs(parts.query)
    named = next((asked[key][0] for key in _NUMBERS if key in asked), "")
    return named or parts.path.rstrip("/").rpartition("/")[2]


@transaction.atomic
def note_post(advertiser: Advertiser, post: str, made_from: uuid.UUID, parts: Sequence[VideoPart]) -> PostedVideo:
    """Book that `parts` are what `post` shows. InputError where another video is booked there, or nothing is shown."""
    if not parts:
        raise InputError("post", "nothing of this video is footage that could be described", "no_footage")
    PostedVideo.objects.bulk_create([PostedVideo(advertiser=advertiser, post=post)], ignore_conflicts=True)
    row = PostedVideo.objects.for_advertiser(advertiser).select_for_update().get(post=post)
    if row.made_from not in (None, made_from):
        raise InputError("post", "is booked as showing another video: remove it there first", "post_taken")
    if row.made_from is None:
        row.made_from, row.parts = made_from, [dump(part) for part in parts]
        row.save()
    return row


def _note_question(advertiser_id: uuid.UUID, post: str) -> None:
    """Viewers ask about the video of a post: where nobody said which one it is, pages ask for it.

    A page's visitors send what they like, so there is an end to it.
    """
    unknown = PostedVideo.objects.filter(advertiser_id=advertiser_id, made_from=None)
    if unknown.count() < MOST_KEPT_UNKNOWN:
        PostedVideo.objects.bulk_create([PostedVideo(advertiser_id=advertiser_id, post=post)], ignore_conflicts=True)


def unknown_posts(advertiser: Advertiser) -> list[PostedVideo]:
    """Posts with questions whose video nobody has named, the newest first."""
    rows = PostedVideo.objects.for_advertiser(advertiser).filter(made_from=None).order_by("-id")
    return list(rows[:MOST_UNKNOWN])


def posts_of(advertiser: Advertiser, made_from: uuid.UUID) -> list[PostedVideo]:
    """Where this ad or material stands, in the order it was booked."""
    return list(PostedVideo.objects.for_advertiser(advertiser).filter(made_from=made_from))


def forget_post(advertiser: Advertiser, made_from: uuid.UUID, number: int) -> bool:
    """It stands there no more; False where it was not booked."""
    rows = PostedVideo.objects.for_advertiser(advertiser).filter(pk=number, made_from=made_from)
    return bool(rows.delete()[0])


def shown_under(advertiser_id: uuid.UUID, names: Iterable[str]) -> ShownVideo | None:
    """What may be said of the video that one of `names` stands for; None where none is booked or nothing approved.

    Platforms name a post with and without its page before an underscore: both find it. A post nobody has
    booked is noted as one whose video is asked for.
    """
    wanted = list(dict.fromkeys(each for name in names for each in _spellings(name)))
    if not wanted:
        return None
    rows = PostedVideo.objects.filter(advertiser_id=advertiser_id, post__in=wanted)
    row = min(rows, key=lambda row: (row.made_from is None, wanted.index(row.post)), default=None)
    if row is None:
        _note_question(advertiser_id, wanted[0])
        return None
    return _told(advertiser_id, [load(VideoPart, part) for part in row.parts])


def _spellings(name: str) -> list[str]:
    try:
        post = post_of(name)
    except InputError:
        return []
    return [post, post.rpartition("_")[2]] if "_" in post else [post]


def _told(advertiser_id: uuid.UUID, parts: Sequence[VideoPart]) -> ShownVideo | None:
    rows = Description.objects.filter(
        advertiser_id=advertiser_id, sha256__in={part.sha256 for part in parts}, approved_at__isnull=False
    )
    known = {row.sha256: row for row in rows}
    found = {sha256: load(VideoDescription, row.found) for sha256, row in known.items()}
    shots = shots_of_parts(parts, found)
    if not shots:
        return None
    first = next(iter(found.values()))
    return ShownVideo(
        VideoDescription("", first.language, first.title, first.title, "", shots),
        tuple(str(known[sha256].id) for sha256 in dict.fromkeys(part.sha256 for part in parts) if sha256 in known),
    )


def shots_of_parts(
    parts: Sequence[VideoPart], described: Mapping[str, VideoDescription]
) -> tuple[ShotDescription, ...]:
    """The described shots that `parts` show, in frames of the video they make up."""
    shots = []
    for part in parts:
        file = described.get(part.sha256)
        for shot in file.shots if file else ():
            first = max(shot.start_frame - part.source_start_frame, 0) + part.start_frame
            last = min(shot.end_frame - part.source_start_frame + part.start_frame, part.end_frame)
            if shot.end_frame <= shot.start_frame:
                first, last = part.start_frame, part.end_frame
            if first < last:
                shots.append(ShotDescription(first, last, shot.caption, shot.words))
    return tuple(shots)
