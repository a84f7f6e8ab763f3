"""One file described: boxes from its pixels always, captions and a title where a vision model is at hand."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from core.contracts import Language
from core.errors import AdloomError
from core.llm.base import LanguageModel
from generation.described import ShotDescription, VideoDescription
from generation.describing.boxes import Look, find_persons, find_product, find_subtitles
from generation.describing.looking import as_jpegs, looks_of, opened, read_picture
from generation.describing.telling import SHOT_PROMPT, VIDEO_PROMPT, judge_title, tell_shot

logger = logging.getLogger(__name__)

NO_CAPTIONS = "captions:none"
SOME_CAPTIONS = "captions:some"
NO_TITLE = "title:unchecked"
CAPTION_SHARE = 0.95


@dataclass(frozen=True)
class ToDescribe:
    """A file as `understand_file` left it. `path` is the normalised copy, `notes` what its owner wrote of it,
    `shots` (start, end) in frames at 30 fps, `products` pictures of the advertiser's products."""

    sha256: str
    path: str
    title: str
    language: Language
    media: Literal["video", "picture"]
    shots: tuple[tuple[int, int], ...]
    notes: str = ""
    products: tuple[str, ...] = ()


def describe(file: ToDescribe, model: LanguageModel | None, on_progress: Callable[[float], None]) -> VideoDescription:
    """Look at every shot of `file`. Without a `model` that can look, boxes are all there is, and `degraded` says so.

    A shot the model says nothing usable of stays without a caption. InputError names a file that cannot be read.
    """
    products = [picture for path in file.products if (picture := read_picture(Path(path))) is not None]
    shots = []
    for number, (span, looks) in enumerate(_looks(file), 1):
        shots.append(_shot(span, looks, products, model, file.language))
        on_progress(CAPTION_SHARE * number / len(file.shots))
    return _titled(file, tuple(shots), model)


def _looks(file: ToDescribe) -> Any:
    """Each shot with its looks."""
    if file.media == "picture":
        picture = read_picture(Path(file.path))
        yield file.shots[0], [] if picture is None else [picture]
        return
    with opened(Path(file.path)) as capture:
        for span in file.shots:
            yield span, looks_of(capture, *span)


def _shot(
    span: tuple[int, int],
    looks: list[Look],
    products: Sequence[Look],
    model: LanguageModel | None,
    language: Language,
) -> ShotDescription:
    if not looks:
        return ShotDescription(*span)
    middle = looks[len(looks) // 2]
    found = [box for picture in products if (box := find_product(middle, picture)) is not None]
    caption, words = _told(looks, model, language)
    return ShotDescription(
        *span,
        caption=caption,
        words=words,
        persons=find_persons(looks),
        products=tuple(found),
        subtitles=find_subtitles(looks) if len(looks) > 1 else (),
    )


def _told(looks: list[Look], model: LanguageModel | None, language: Language) -> tuple[str, tuple[str, ...]]:
    if model is None:
        return "", ()
    try:
        return tell_shot(model, as_jpegs(looks), language)
    except AdloomError as error:
        logger.warning("a shot has no caption: %s", error)
        return "", ()


def _titled(file: ToDescribe, shots: tuple[ShotDescription, ...], model: LanguageModel | None) -> VideoDescription:
    captions = [shot.caption for shot in shots if shot.caption]
    plain = VideoDescription(file.sha256, file.language, file.title, file.title, "", shots, degraded=(NO_CAPTIONS,))
    if model is None or not captions:
        return plain
    lacking = (SOME_CAPTIONS,) if len(captions) < len(shots) else ()
    title, summary = file.title, ""
    try:
        verdict = judge_title(model, file.title, file.notes, captions, file.language)
        title, summary = verdict.title, verdict.summary
    except AdloomError as error:
        logger.warning("a title was not checked: %s", error)
        lacking = (*lacking, NO_TITLE)
    prompts = f"{SHOT_PROMPT}+{VIDEO_PROMPT}"
    return VideoDescription(file.sha256, file.language, title, file.title, summary, shots, model.name, prompts, lacking)
