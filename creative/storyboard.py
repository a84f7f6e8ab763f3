"""From an ad's plan to its timeline. Pure: nothing here opens a file or decides what to show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.errors import InputError
from core.phrases import pieces, split_phrases
from creative.contracts import AdPlan, CardPlan, PlannedShot, PlannedSlot, SpokenTake, Transition
from creative.headlines import has_room
from creative.phrase_times import time_phrases
from generation.contracts import (
    FPS,
    GRID_FRAMES,
    AnyClip,
    Brand,
    Canvas,
    CaptionClip,
    CardClip,
    FootageClip,
    Framing,
    HeadlineClip,
    LabelClip,
    MediaSource,
    MusicClip,
    SafeArea,
    SlotSpan,
    StickerClip,
    Timeline,
    Track,
    VoiceClip,
    Word,
)

VOICE_LEAD_FRAMES = 4
"""The voice starts a breath after the picture changes."""

VOICE_TAIL_FRAMES = 6
"""… and ends a breath before the next change, so that bulk can splice slots."""

LABEL_SECONDS = 2.0
"""GB 45438: the visible label stands at least two seconds from frame 0."""

STICKER_LEAD_FRAMES = 8

LETTERS_LEFT = 2
"""A phrase that says a card's words and at most this many letters more (a unit, a particle) says nothing new."""

_MIN_SLOT_FRAMES = {"hook": 64, "cta": 64}


@dataclass(frozen=True)
class ShotSource:
    """Where a planned shot's pixels are and how they fill the canvas."""

    source: MediaSource
    framing: Framing


@dataclass(frozen=True)
class Look:
    """What all ads of a brief share: canvas, safe area, brand, label words, the price sticker."""

    canvas: Canvas
    safe_area: SafeArea
    brand: Brand
    label_text: str
    sticker_text: str = ""
    sticker_detail: str = ""


def slot_frames(role: str, voice_seconds: float) -> int:
    """Frames of a slot whose line takes `voice_seconds`: padded, then rounded up to the grid."""
    needed = round(voice_seconds * FPS) + VOICE_LEAD_FRAMES + VOICE_TAIL_FRAMES
    needed = max(needed, _MIN_SLOT_FRAMES.get(role, 3 * GRID_FRAMES))
    return -(-needed // GRID_FRAMES) * GRID_FRAMES


def build_timeline(plan: AdPlan, sources: Mapping[str, ShotSource], look: Look) -> Timeline:
    """The whole edit of `plan`; `sources` by shot id."""
    starts = _starts(plan.slots)
    lanes: dict[str, list[AnyClip]] = {"picture": [], "caption": [], "sticker": [], "voice": []}
    for slot, start in zip(plan.slots, starts, strict=True):
        lanes["picture"] += _pictures(slot, start, sources, plan.seed)
        lanes["caption"] += _captions(slot, start, plan.language)
        lanes["sticker"] += _stickers(slot, start, look)
        lanes["voice"] += _voice(slot, start)
    if plan.headline and has_room(plan.slots[0].shots, plan.headline_frames):
        lanes["sticker"].insert(0, HeadlineClip(0, plan.headline_frames, plan.headline))
    lanes["label"] = [LabelClip(0, _label_end(plan, starts), look.label_text)]
    if plan.music_path:
        lanes["music"] = [MusicClip(0, plan.frames, plan.music_path, plan.music_sha256, plan.music_name)]
    last = len(plan.slots) - 1
    spans = tuple(
        SlotSpan(slot.role, slot.line, start, start + slot.frames, _border(plan, at) if at < last else "cut")
        for at, (slot, start) in enumerate(zip(plan.slots, starts, strict=True))
    )
    tracks = tuple(Track(name, tuple(clips)) for name, clips in lanes.items() if clips)  # type: ignore[arg-type] # the keys are the track names above
    return Timeline(look.canvas, look.safe_area, plan.language, plan.frames, spans, tracks, look.brand)


def _border(plan: AdPlan, slot: int) -> Transition:
    """How a slot that is not the last ends."""
    return plan.transition if plan.transition_at is None or slot in plan.transition_at else "cut"


def _starts(slots: Sequence[PlannedSlot]) -> list[int]:
    starts, at = [], 0
    for slot in slots:
        starts.append(at)
        at += slot.frames
    return starts


def _label_end(plan: AdPlan, starts: Sequence[int]) -> int:
    """The label ends with the first slot that takes it past two seconds: never in mid-picture."""
    least = round(LABEL_SECONDS * FPS)
    return next(
        (start + slot.frames for slot, start in zip(plan.slots, starts, strict=True) if start + slot.frames >= least),
        plan.frames,
    )


def _pictures(slot: PlannedSlot, start: int, sources: Mapping[str, ShotSource], seed: int) -> list[AnyClip]:
    clips: list[AnyClip] = []
    at = start
    for number, shot in enumerate(slot.shots):
        end = at + shot.frames
        clips.append(_picture(shot, at, end, sources, seed + start + number))
        at = end
    return clips


def _picture(shot: PlannedShot, start: int, end: int, sources: Mapping[str, ShotSource], seed: int) -> AnyClip:
    if shot.card is not None:
        return CardClip(start, end, shot.card.card, shot.card.texts, shot.card.price, seed)
    found = sources.get(shot.shot_id)
    if found is None:
        raise InputError(shot.source, "is no longer among the materials; bring it back, or show another clip")
    return FootageClip(start, end, found.source, shot.source_start_frame, found.framing)


def _captions(slot: PlannedSlot, start: int, language: str) -> list[AnyClip]:
    """Phrases back to back over the spoken stretch; the last one stays to the end of the slot.

    Where a card shows the words already, nothing is written over it.
    """
    phrases = split_phrases(slot.line, language)
    end = start + slot.frames
    first = start + (VOICE_LEAD_FRAMES if slot.voice else 0)
    last = min(end, first + round(slot.voice.seconds * FPS)) if slot.voice else end
    words = _words(slot.line, slot.voice, first)
    spans = _phrase_spans(phrases, words, first, last)
    clips: list[AnyClip] = []
    for number, (phrase, (begin, finish)) in enumerate(zip(phrases, spans, strict=True)):
        shown_from = start if number == 0 else begin
        shown_to = end if number == len(phrases) - 1 else finish
        if _card_says(_card_at(slot, start, shown_from), phrase):
            continue
        emphasis = tuple(text for text in slot.emphasis if text and text in phrase)
        said = tuple(word for word in words if begin <= word.start_frame < finish) if words else ()
        clips.append(CaptionClip(shown_from, shown_to, phrase, said, emphasis))
    return clips


def _card_at(slot: PlannedSlot, start: int, frame: int) -> CardPlan | None:
    at = start
    for shot in slot.shots:
        if at <= frame < at + shot.frames:
            return shot.card
        at += shot.frames
    return None


def _card_says(card: CardPlan | None, phrase: str) -> bool:
    """Whether a caption would only repeat the card: the line itself, a call, a fact or a price in its words."""
    if card is None:
        return False
    if card.card in ("kinetic", "end"):
        return True
    left = _letters(phrase)
    for text in sorted((card.price, *card.texts), key=len, reverse=True):
        left = left.replace(_letters(text), "", 1)
    return len(left) <= LETTERS_LEFT


def _words(line: str, voice: SpokenTake | None, first: int) -> tuple[Word, ...]:
    """Word times on the timeline, only where the engine's words are the line's own letters."""
    if voice is None or not voice.words:
        return ()
    said = "".join(text for text, _, _ in voice.words)
    if _letters(said) != _letters(line):
        return ()
    said_words = _joined(voice.words, pieces(line))
    return tuple(Word(text, first + round(begin * FPS), first + round(end * FPS)) for text, begin, end in said_words)


def _joined(spoken: Sequence[tuple[str, float, float]], words: Sequence[str]) -> list[tuple[str, float, float]]:
    """Spoken characters put together to the words they belong to: single ones would flicker."""
    joined: list[tuple[str, float, float]] = []
    left = list(spoken)
    for word in words:
        wanted, text, begin, end = len(_letters(word)), "", None, 0.0
        while left and len(_letters(text)) < wanted:
            piece, start, end = left.pop(0)
            text, begin = text + piece, start if begin is None else begin
        if text and begin is not None:
            joined.append((text, begin, end))
    return joined + left


def _letters(text: str) -> str:
    return "".join(char for char in text.lower() if char.isalnum())


def _phrase_spans(phrases: Sequence[str], words: Sequence[Word], first: int, last: int) -> list[tuple[int, int]]:
    """When each phrase is said: by its words where they are known, else by speaking weight."""
    if not words:
        return time_phrases(phrases, first, last)
    starts: list[int] = []
    index = 0
    for phrase in phrases:
        starts.append(words[min(index, len(words) - 1)].start_frame)
        wanted, seen = len(_letters(phrase)), 0
        while index < len(words) and seen < wanted:
            seen += len(_letters(words[index].text))
            index += 1
    starts[0] = first
    ends = [*starts[1:], last]
    return [(begin, max(begin + 1, end)) for begin, end in zip(starts, ends, strict=True)]


def _stickers(slot: PlannedSlot, start: int, look: Look) -> list[AnyClip]:
    """The price sticker pops up over the offer's footage; a price card carries its own."""
    shows_card = any(shot.card is not None for shot in slot.shots)
    if slot.role != "offer" or not look.sticker_text or shows_card or "price" not in slot.fact_ids:
        return []
    end = start + slot.frames
    return [StickerClip(start + STICKER_LEAD_FRAMES, end, look.sticker_text, look.sticker_detail)]


def _voice(slot: PlannedSlot, start: int) -> list[AnyClip]:
    if slot.voice is None:
        return []
    begin = start + VOICE_LEAD_FRAMES
    end = min(start + slot.frames, begin + -(-round(slot.voice.seconds * FPS * 100) // 100))
    return [VoiceClip(begin, end, slot.voice.path, slot.voice.sha256)]


def to_srt(timeline: Timeline) -> str:
    """The spoken lines as SubRip, one block a slot."""
    return srt_of([(slot.line, slot.start_frame, slot.end_frame) for slot in timeline.slots])


def plan_srt(plan: AdPlan) -> str:
    """The same of an ad that was only planned."""
    starts = _starts(plan.slots)
    return srt_of([(slot.line, at, at + slot.frames) for slot, at in zip(plan.slots, starts, strict=True)])


def srt_of(lines: Sequence[tuple[str, int, int]]) -> str:
    """SubRip of (line, first frame, end frame)."""
    blocks = [
        f"{number}\n{_timecode(start)} --> {_timecode(end)}\n{line}\n"
        for number, (line, start, end) in enumerate(lines, start=1)
    ]
    return "\n".join(blocks)


def _timecode(frame: int) -> str:
    milliseconds = round(frame * 1000 / FPS)
    hours, rest = divmod(milliseconds, 3_600_000)
    minutes, rest = divmod(rest, 60_000)
    seconds, rest = divmod(rest, 1000)
    return f"{hours:02}:{minutes:02}:{seconds:02},{rest:03}"
