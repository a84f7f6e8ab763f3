"""A line spoken for the live room: samples in memory with the times of its words and sounds.

Nothing is kept here: who airs the line cuts, times and keeps it its own way.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from generation.contracts import SAMPLE_RATE
from generation.engines.voiceover.base import SpeechRequest, SpokenPhoneme, VoiceEngine
from generation.engines.voiceover.consented import ConsentedVoice, speak_allowed
from generation.engines.voiceover.engines import configured_engine, guide_engine
from generation.engines.voiceover.guided_times import guided
from generation.engines.voiceover.spoken_form import Piece, spoken_pieces
from generation.engines.voiceover.take import TimedWord, check_line, finish, timed_pieces

_BREATHS = {"zh": "，", "en": ","}


@dataclass(frozen=True)
class SpokenLine:
    """Mono samples (-1..1) at 48 kHz, 15 ms before the first sound to 45 ms after the last.

    `words` and `phonemes` are in order, times from the first sample; where the engine gives none they
    are espeak-ng's, laid over its sound. `engine` is name:version; `degraded` as on every record.
    `consent` is that of the person it sounds like, "" for nobody.
    """

    samples: NDArray[np.float64]
    words: tuple[TimedWord, ...]
    phonemes: tuple[SpokenPhoneme, ...]
    engine: str
    degraded: tuple[str, ...] = ()
    consent: str = ""


def voice_line(
    text: str,
    language: str,
    *,
    voice: str = "",
    speed: float = 1.0,
    pitch: float = 1.0,
    lufs: float = -16.0,
    breaths: Collection[int] = (),
    engine: VoiceEngine | None = None,
    person: ConsentedVoice | None = None,
) -> SpokenLine:
    """Speak `text` (as written) at a loudness of `lufs`, true peak at most -1.5 dB.

    `breaths` are places in `text`, in characters, where the voice pauses as at a comma though
    none is written; `person` is whom it is to sound like. InputError for a line with nothing to
    say, VoiceRefused or VoiceDown when the engine cannot, VoiceConsentMissing where the person
    agrees no longer.
    """
    speaker = engine or configured_engine()
    pieces = _with_breaths(spoken_pieces(text, language), breaths, language)
    check_line(text, pieces)
    request = SpeechRequest("".join(piece.spoken for piece in pieces), language, voice, speed, pitch, person)
    speech = speak_allowed(speaker, request)
    if not speech.spans:
        plain = replace(request, voice="", speed=1.0, pitch=1.0, person=None)
        speech = guided(speech, guide_engine().speak(plain))
    degraded = speaker.capabilities.degraded
    samples, shift = finish(speech, bool(degraded), lufs, edge=0)
    last = len(samples) / SAMPLE_RATE
    phonemes = tuple(replace(each, start_seconds=max(each.start_seconds + shift, 0.0)) for each in speech.phonemes)
    return SpokenLine(
        samples,
        timed_pieces(pieces, speech.spans, shift, last),
        tuple(each for each in phonemes if each.start_seconds < last),
        f"{speaker.name}:{speaker.version}",
        (degraded,) if degraded else (),
        person.consent_id if person else "",
    )


def _with_breaths(pieces: tuple[Piece, ...], breaths: Collection[int], language: str) -> tuple[Piece, ...]:
    """The pieces, with a comma said after each that ends at one of `breaths` and has no mark of its own behind it."""
    mark = _BREATHS[language.split("-")[0]]
    made: list[Piece] = []
    at = 0
    for place, piece in enumerate(pieces):
        at += len(piece.written)
        follows = next((each.spoken for each in pieces[place + 1 :] if each.spoken.strip()), "")
        wants_one = at in breaths and piece.is_word and follows[:1].isalnum()
        made.append(replace(piece, spoken=piece.spoken + mark) if wants_one else piece)
    return tuple(made)
