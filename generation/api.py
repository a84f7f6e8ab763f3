"""The door of `generation`: what higher floors may ask for."""

from __future__ import annotations

import logging
import shutil
import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings

from core.models import Advertiser
from core.storage import path_for, share
from generation.assembly.virtual import DamagedSegment
from generation.availability import EngineState, check_engines
from generation.brand_looks import ColourHint, ColourHints, card_still, colour_hints
from generation.bulk.costs import GroupCost, group_cost, job_cpu_seconds, recipe_sizes
from generation.bulk.delivery import signed_file, write_signed
from generation.bulk.orders import (
    OrderProgress,
    cancel_group,
    group_pace,
    group_progress,
    mark_answered,
    order_pieces,
    pause_group,
    reopen_order,
    want_again,
)
from generation.bulk.orders import dispatch as dispatch_segments
from generation.bulk.orders import remake_bad as remake_bad_segments
from generation.bulk.orders import verdicts_of as segment_verdicts
from generation.bulk.pieces import Piece, picture_piece, sound_piece
from generation.bulk.recipes import (
    AdPieces,
    RecipeView,
    SegmentsMissing,
    assemble_recipes,
    inspect_recipe,
    keep_recipes,
    recipe_lengths,
    recipe_views,
)
from generation.bulk.stills import recipe_segments, recipe_sheet, segment_still
from generation.contracts import Canvas, SafeArea, Timeline, VoiceTake
from generation.describing.addresses import post_of
from generation.describing.asking import answer_about_video
from generation.describing.describe import ToDescribe
from generation.describing.posts import forget_post, note_post, posts_of, shown_under, unknown_posts
from generation.describing.shelf import (
    approve_description,
    descriptions,
    is_being_described,
    vision_model,
    withdraw_description,
)
from generation.engines.clips.base import CameraMove, ClipRequest, parse_camera
from generation.engines.heads.presenter import LONGEST_SECONDS as LONGEST_PRESENTER_SECONDS
from generation.engines.voiceover import speak_line as _speak_line
from generation.engines.voiceover.base import VoiceEngine
from generation.engines.voiceover.consented import ConsentedVoice, VoiceConsentMissing, check_recording
from generation.engines.voiceover.engines import configured_engine, guide_engine
from generation.engines.voiceover.spoken_lines import SpokenLine, voice_line
from generation.hearing.base import HEARING_RATE, Heard, HeardWord, HearingEngine, HearingStream
from generation.hearing.engines import configured_hearing
from generation.hosted_heads import (
    find_presenter,
    hosted_head_names,
    person_of_hosted,
    say_whose_heads_are_here,
    withdraw_hosted,
)
from generation.licences import head_objection, hearing_objection, require_voice, voice_objection
from generation.model_host.costs import GeneratedCost, generated_seconds
from generation.model_host.orders import (
    URGENT,
    ClipProgress,
    ClipResult,
    cancel_clip,
    clip_progress,
    clip_result,
    mark_clip_heard,
    order_clip,
)
from generation.models import RenderJob
from generation.pictures import stored_picture
from generation.pictures import take_picture as _take_picture
from generation.presenter_jobs import PlacedVoice, PresenterOrder
from generation.presenting import (
    SHARED_HEADS,
    head_problem,
    heads_folder,
    home_of_head,
    make_presenter_clip,
    prepare_head,
    prepared_head,
)
from generation.provenance.aigc import parse_label, read_labels
from generation.runner import cpu_seconds, fingerprint
from generation.services import (
    cancel,
    mark_heard,
    order_ad,
    order_description,
    order_presenter,
    order_understanding,
    progress_of,
    run_job,
    worker_name,
)
from generation.slot_clips import Maker, clip_for_slot, judge_file, makers
from generation.stills import contact_sheet, save_still
from generation.tending import tend
from generation.understanding.folder import list_media
from generation.understanding.look_groups import look_groups

RENDER_VERSION = 1
"""Raised when the same timeline may decode to other frames than before."""

logger = logging.getLogger(__name__)

__all__ = [
    "HEARING_RATE",
    "LONGEST_PRESENTER_SECONDS",
    "SHARED_HEADS",
    "URGENT",
    "AdPieces",
    "CameraMove",
    "ClipProgress",
    "ClipRequest",
    "ClipResult",
    "ColourHint",
    "ColourHints",
    "ConsentedVoice",
    "DamagedSegment",
    "EngineState",
    "GeneratedCost",
    "GroupCost",
    "Heard",
    "HeardWord",
    "HearingEngine",
    "HearingStream",
    "Maker",
    "OrderProgress",
    "Piece",
    "PlacedVoice",
    "PresenterOrder",
    "RecipeView",
    "SegmentsMissing",
    "SpokenLine",
    "ToDescribe",
    "VoiceConsentMissing",
    "VoiceEngine",
    "agreed_of",
    "answer_about_video",
    "approve_description",
    "assemble_recipes",
    "cancel",
    "cancel_clip",
    "cancel_group",
    "card_still",
    "check_engines",
    "check_recording",
    "clip_for_slot",
    "clip_progress",
    "clip_result",
    "colour_hints",
    "contact_sheet",
    "copy_file",
    "cpu_seconds",
    "descriptions",
    "dispatch_segments",
    "engines_key",
    "find_presenter",
    "fingerprint",
    "forget_post",
    "generated_seconds",
    "group_cost",
    "group_pace",
    "group_progress",
    "head_objection",
    "head_problem",
    "heads_folder",
    "hearing_engine",
    "home_of_head",
    "hosted_head_names",
    "inspect_recipe",
    "is_being_described",
    "job",
    "job_cpu_seconds",
    "judge_file",
    "keep_recipes",
    "list_media",
    "look_groups",
    "make_presenter_clip",
    "makers",
    "mark_answered",
    "mark_clip_heard",
    "mark_heard",
    "new_signing_root",
    "note_post",
    "order_ad",
    "order_clip",
    "order_description",
    "order_pieces",
    "order_presenter",
    "order_understanding",
    "parse_camera",
    "pause_group",
    "person_of_hosted",
    "picture_piece",
    "post_of",
    "posts_of",
    "prepare_head",
    "prepared_head",
    "produce_id_of",
    "progress_of",
    "recipe_lengths",
    "recipe_segments",
    "recipe_sheet",
    "recipe_sizes",
    "recipe_views",
    "remake_bad_segments",
    "reopen_order",
    "require_headline",
    "require_voice",
    "run_job",
    "save_still",
    "say_whose_heads_are_here",
    "segment_still",
    "segment_verdicts",
    "segment_versions",
    "shown_under",
    "sign_recording",
    "signed_file",
    "sound_piece",
    "speak_line",
    "stand_in_voice",
    "stored_path",
    "stored_picture",
    "take_picture",
    "tend",
    "unknown_posts",
    "vision_model",
    "voice_can_clone",
    "voice_degraded",
    "voice_engine_key",
    "voice_engine_name",
    "voice_line",
    "voice_objection",
    "want_again",
    "withdraw_description",
    "withdraw_hosted",
    "worker_name",
    "write_signed",
]


def segment_versions(draft: bool) -> dict[str, str]:
    """Everything besides their specs that segments and stems depend on: styles, fonts, encoders."""
    from generation.engines.compose import style_versions
    from generation.sound.stems import stem_versions

    return {**style_versions(draft), **stem_versions()}


def agreed_of(timelines: Sequence[Timeline]) -> Any:
    """What the ads of these timelines hold in common, so that any two of their stems join."""
    from generation.sound.stems import agreed_of as _agreed_of

    return _agreed_of(timelines)


def job(job_id: uuid.UUID | str) -> RenderJob:
    """The books of one job."""
    return RenderJob.objects.get(pk=job_id)


def speak_line(
    text: str,
    language: str,
    speed: float = 1.0,
    person: ConsentedVoice | None = None,
    *,
    advertiser: Advertiser,
    voice: str = "",
) -> VoiceTake:
    """The line spoken by the configured engine for `advertiser`, from the cache where it was spoken before.

    `speed` asks the engine to speak that much faster; nothing is stretched afterwards. `person` is whom it
    is to sound like, with their consent; `voice` is one of the engine's own, "" the usual one. LicenceRefused
    where the voice may not speak for the advertiser.
    """
    require_voice(advertiser)
    take = _speak_line(text, language, settings.ADLOOM_HOME, speed=speed, voice=voice, person=person)
    # Whoever mixes it asks the facts beside it which voice it is.
    for path in (Path(take.path), Path(take.path).with_suffix(".json")):
        share(path)
    return take


def take_picture(path: Path, name: str) -> str:
    """The SHA-256 of a picture taken in for cards; InputError says why it cannot be (see generation.pictures)."""
    return _take_picture(path, name, settings.ADLOOM_HOME / "incoming")


def require_headline(text: str, canvas: Canvas, safe_area: SafeArea) -> None:
    """InputError where the fonts cannot write a headline, or no picture has room for its words."""
    from generation.drawing.fonts import require_glyphs
    from generation.drawing.headlines import require_room

    require_glyphs("headline", text)
    require_room(text, canvas, safe_area)


def voice_engine_name() -> str:
    """Which engine speaks in this install."""
    return configured_engine().name


def voice_degraded() -> str:
    """What a record's `degraded` says of the voice that speaks; "" for a full one."""
    return configured_engine().capabilities.degraded


def voice_can_clone() -> bool:
    """Whether the voice of this install can sound like a person who agreed to it."""
    return configured_engine().capabilities.cloning


def voice_engine_key(engine: VoiceEngine | None = None) -> str:
    """Name and version of the engine that speaks: changes whenever a line may sound otherwise."""
    speaker = engine or configured_engine()
    return f"{speaker.name}:{speaker.version}"


def stand_in_voice(advertiser: str) -> VoiceEngine | None:
    """The embedded voice, marked, for a live room of an advertiser (its slug) for whom the configured may not speak.

    None where it may. A room is not silent because of a licence; `voice_objection` says what is in the way.
    """
    return guide_engine() if voice_objection(advertiser) else None


def hearing_engine(advertiser: str = "") -> HearingEngine | None:
    """What turns speech into words for an advertiser (its slug); None where nothing is set up that may be used."""
    if objection := hearing_objection(advertiser):
        logger.warning("nobody is understood: %s", objection)
        return None
    return configured_hearing()


def produce_id_of(path: Path) -> str:
    """The ProduceID in a finished ad's implicit label, "" where it has none."""
    labels = read_labels(path)
    return parse_label(labels[0]).get("ProduceID", "") if labels else ""


def new_signing_root() -> str:
    """A fresh root to sign under, key and certificate as PEM text, for every machine of an install to adopt."""
    from generation.provenance.chain import new_root

    return new_root()


def sign_recording(path: Path, title: str, consents: tuple[str, ...] = ()) -> str:
    """Label and sign a recording where it lies, no picture touched; its ProduceID.

    `consents` are those by which persons lent it their voice or face. Raises what `label_and_sign`
    raises; the file is then as it was.
    """
    from generation.contracts import Provenance
    from generation.provenance.labels import label_and_sign

    produce_id = str(uuid.uuid4())
    provenance = Provenance(settings.LABEL_PRODUCER, produce_id, title, consents)
    label_and_sign(path, path, provenance, (0, 0), settings.ADLOOM_HOME)
    return produce_id


def engines_key() -> str:
    """What made the media: changes whenever the same plan may come out otherwise."""
    return f"{voice_engine_key()} render:{RENDER_VERSION}"


def stored_path(sha256: str) -> str:
    """Where a stored blob can be read."""
    return str(path_for(sha256))


def copy_file(source: Path, target: Path) -> None:
    """Copy whole or not at all: a reader never sees half a file at `target`."""
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = target.with_name(f".{target.name}.{uuid.uuid4().hex[:8]}")
    shutil.copyfile(source, temporary)
    temporary.replace(target)
