"""Which video stands under which post, and what may be said of it there."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence

from django.db import transaction
from django.db.models import Q

from core.contracts import dump, load
from core.errors import InputError
from core.models import Advertiser
from generation.described import ShotDescription, ShownVideo, VideoDescription, VideoPart
from generation.describing.addresses import post_of
from generation.models import Description, PostedVideo

MOST_UNKNOWN = 20
MOST_KEPT_UNKNOWN = 200


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

    A page's visitors send what they like, so there is an end to it: the oldest go.
    """
    PostedVideo.objects.bulk_create([PostedVideo(advertiser_id=advertiser_id, post=post)], ignore_conflicts=True)
    unknown = PostedVideo.objects.filter(advertiser_id=advertiser_id, made_from=None)
    too_old = unknown.order_by("-id").values_list("pk", flat=True)[MOST_KEPT_UNKNOWN:]
    unknown.filter(pk__in=list(too_old)).delete()


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

    Platforms name a post by its number, with and without its page and an underscore before: both find it. A post
    nobody has booked is noted as one whose video is asked for.
    """
    wanted = list(dict.fromkeys(each for name in names for each in _spellings(name)))
    if not wanted:
        return None
    rows = PostedVideo.objects.filter(advertiser_id=advertiser_id, post__in=wanted)
    row = min(rows, key=lambda row: (row.made_from is None, wanted.index(row.post)), default=None)
    if row is None or row.made_from is None:
        row = _only_one_below(advertiser_id, wanted) or row
    if row is None:
        _note_question(advertiser_id, wanted[0])
        return None
    return _told(advertiser_id, [load(VideoPart, part) for part in row.parts])


def _only_one_below(advertiser_id: uuid.UUID, pages: Sequence[str]) -> PostedVideo | None:
    """A chat names its page without the query: the booked page it means, where all of that address show one video."""
    if any("?" in page for page in pages):
        return None
    below = Q(pk__in=())
    for page in pages:
        below |= Q(post__startswith=f"{page}?")
    rows = list(PostedVideo.objects.filter(below, advertiser_id=advertiser_id).exclude(made_from=None).order_by("pk"))
    return rows[0] if len({row.made_from for row in rows}) == 1 else None


def _spellings(name: str) -> list[str]:
    try:
        post = post_of(name)
    except InputError:
        return []
    if "?" in post:
        return [post, post.partition("?")[0]]
    last = post.rpartition("_")[2]
    return [post, last] if last != post and last.isdecimal() else [post]


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
