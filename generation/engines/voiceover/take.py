"""One spoken line as a finished take: 48 kHz mono, trimmed, even, at one level, cached by content."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.contracts import load
from core.errors import InputError
from generation.contracts import SAMPLE_RATE, SpokenWord, VoiceTake
from generation.engines.voiceover.base import Speech, SpeechRequest, SpokenSpan, VoiceEngine, VoiceRefused
from generation.engines.voiceover.consented import ConsentedVoice, speak_allowed
from generation.engines.voiceover.engines import configured_engine, guide_engine, licence_of
from generation.engines.voiceover.guided_times import guided
from generation.engines.voiceover.spoken_form import Piece, spoken_pieces
from generation.sound.dynamics import compressing_gain, limit_peaks
from generation.sound.loudness import SILENT_LUFS, decibels, lufs_of_power
from generation.sound.spectrum import resample, shape_and_weigh
from generation.sound.wave_files import write_wav

# Part of the cache key: a take made by other steps than these is another take.
TREATMENT = 2
GUIDED = 1
"""Raised when the times of engines that give none may come out otherwise."""
SPEECH_LUFS = -18.0
# One AAC frame: joins between takes fall into it and stay silent.
EDGE_SAMPLES = 1024
LONGEST_LINE = 400
_SOUND_FROM_DB = -46.0
_PEAK_CEILING = 0.84


@dataclass(frozen=True)
class TimedWord:
    """A written word, its place in the line in characters, and when it is heard."""

    text: str
    character: int
    start_seconds: float
    end_seconds: float


def speak_line(
    text: str,
    language: str,
    home: Path,
    engine: VoiceEngine | None = None,
    speed: float = 1.0,
    voice: str = "",
    person: ConsentedVoice | None = None,
) -> VoiceTake:
    """Speak `text` (as written) and return the take; the same request is spoken once.

    The take lies at home/voice/<key>.wav with its facts beside it as JSON. Its `words` are
    the written words in order without punctuation (Chinese: characters; an amount such as
    ¥39.9 is one word), in seconds from the start of the take. InputError for a line with
    nothing to say, VoiceRefused or VoiceDown when the engine cannot, VoiceConsentMissing where
    `person`, whom it is to sound like, agrees no longer: what was kept is not handed out then either.
    """
    speaker = engine or configured_engine()
    pieces = spoken_pieces(text, language)
    check_line(text, pieces)
    request = SpeechRequest("".join(piece.spoken for piece in pieces), language, voice, speed, person=person)
    if person is not None:
        person.require_consent()
    key = _key(text, speaker, request)
    folder = home / "voice"
    folder.mkdir(parents=True, exist_ok=True)
    kept = _kept_take(folder, key)
    if kept is not None:
        # Takes of before licences were noted have none; their engine is part of the key.
        return kept if kept.licence else replace(kept, licence=licence_of(speaker))
    speech = _timed(speak_allowed(speaker, request), request)
    samples, shift = finish(speech, is_synthetic=bool(speaker.capabilities.degraded))
    words = _words(pieces, speech.spans, shift, len(samples))
    return _keep(folder, key, samples, words, speaker, person.consent_id if person else "")


def _timed(speech: Speech, request: SpeechRequest) -> Speech:
    """With the times of the embedded voice laid over it, where the engine gives none."""
    if speech.spans:
        return speech
    return guided(speech, guide_engine().speak(replace(request, voice="", speed=1.0, pitch=1.0, person=None)))


def check_line(text: str, pieces: tuple[Piece, ...]) -> None:
    """InputError for a line with nothing to say, or too much."""
    if not any(piece.is_word for piece in pieces):
        raise InputError("line", "there is nothing in it to say; write at least one word", "line_empty")
    if len(text) > LONGEST_LINE:
        raise InputError("line", f"it is longer than {LONGEST_LINE} characters; split it", "line_too_long")


def _key(text: str, engine: VoiceEngine, request: SpeechRequest) -> str:
    parts = [TREATMENT, text, request.language, engine.name, engine.version, round(request.speed, 4), request.voice]
    if not engine.capabilities.word_times:
        parts.append(f"guided:{GUIDED}")
    if request.person is not None:
        parts.append(request.person.key)
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()


def _kept_take(folder: Path, key: str) -> VoiceTake | None:
    facts, sound = folder / f"{key}.json", folder / f"{key}.wav"
    if not (facts.is_file() and sound.is_file()):
        return None
    return replace(load(VoiceTake, json.loads(facts.read_text("utf-8"))), path=str(sound))


def _keep(
    folder: Path,
    key: str,
    samples: NDArray[np.float64],
    words: tuple[SpokenWord, ...],
    engine: VoiceEngine,
    consent: str,
) -> VoiceTake:
    sound = folder / f"{key}.wav"
    write_wav(sound, samples, SAMPLE_RATE)
    take = VoiceTake(
        path=str(sound),
        sha256=hashlib.sha256(sound.read_bytes()).hexdigest(),
        seconds=len(samples) / SAMPLE_RATE,
        engine=f"{engine.name}:{engine.version}",
        words=words,
        degraded=(engine.capabilities.degraded,) if engine.capabilities.degraded else (),
        consent=consent,
        licence=licence_of(engine),
    )
    temporary = folder / f".{key}.{os.getpid()}.tmp"
    temporary.write_text(json.dumps(asdict(take), ensure_ascii=False), "utf-8")
    os.replace(temporary, folder / f"{key}.json")
    return take


def finish(
    speech: Speech, is_synthetic: bool, lufs: float = SPEECH_LUFS, edge: int = EDGE_SAMPLES
) -> tuple[NDArray[np.float64], float]:
    """The take's samples at 48 kHz and `lufs`, and the seconds to add to times in `speech`.

    Formant synthesis buzzes between 2.5 and 5 kHz and lacks warmth: it is softened there
    and compressed more; other voices get only the high-pass and a light compressor.
    """
    # 32 bits hold more than the 16 that are written, in half the time.
    samples = resample(speech.samples.astype(np.float32), speech.sample_rate, SAMPLE_RATE)
    start, end = _sounding(samples)
    samples, weighted = shape_and_weigh(samples[start:end], _synthetic_tone if is_synthetic else _plain_tone)
    first = _gain_to(SPEECH_LUFS, weighted)
    ratio = 2.6 if is_synthetic else 1.8
    gain = first * compressing_gain(samples * first, SAMPLE_RATE, threshold_db=-22.0, ratio=ratio)
    # The gain moves slowly: weighting before it or after it comes to the same.
    gain *= _gain_to(lufs, weighted * gain)
    samples = limit_peaks((samples * gain)[:, None], _PEAK_CEILING, SAMPLE_RATE)[:, 0]
    fade = np.arange(min(len(samples), 240)) / 240.0
    samples[: len(fade)] *= fade
    samples[len(samples) - len(fade) :] *= fade[::-1]
    return np.pad(samples, edge), (edge - start) / SAMPLE_RATE


def _sounding(samples: NDArray[np.float64]) -> tuple[int, int]:
    """First and last sample worth keeping: 15 ms before the first sound, 45 ms after the last."""
    loudest = float(np.abs(samples).max(initial=0.0))
    if loudest < 1e-4:
        raise VoiceRefused("the voice engine gave silence for this line")
    heard = np.flatnonzero(np.abs(samples) > loudest * decibels(_SOUND_FROM_DB))
    return max(int(heard[0]) - 720, 0), min(int(heard[-1]) + 2160, len(samples))


def _gain_to(wanted: float, weighted: NDArray[np.float64]) -> np.float32:
    """The gain (linear) that brings K-weighted samples to `wanted` LUFS; 1 for silence."""
    lufs = lufs_of_power(weighted**2)
    return np.float32(1.0 if lufs <= SILENT_LUFS else decibels(wanted - lufs))


def _high_pass(hertz: NDArray[np.float64], corner: float) -> NDArray[np.float64]:
    ratio = (hertz / corner) ** 2
    return np.asarray(ratio / np.sqrt(1.0 + ratio**2))


def _bell(hertz: NDArray[np.float64], centre: float, octaves: float, gain_db: float) -> NDArray[np.float64]:
    distance = np.log2(np.maximum(hertz, 1.0) / centre) / octaves
    return np.asarray(10.0 ** (gain_db / 20.0 * np.exp(-(distance**2))))


def _plain_tone(hertz: NDArray[np.float64]) -> NDArray[np.float64]:
    return _high_pass(hertz, 70.0)


def _synthetic_tone(hertz: NDArray[np.float64]) -> NDArray[np.float64]:
    warm = _bell(hertz, 200.0, 0.8, 3.0) * _bell(hertz, 3400.0, 0.7, -4.5) * _bell(hertz, 9000.0, 0.7, -5.0)
    return np.asarray(_high_pass(hertz, 85.0) * warm)


def _words(
    pieces: tuple[Piece, ...], spans: tuple[SpokenSpan, ...], shift: float, sample_count: int
) -> tuple[SpokenWord, ...]:
    timed = timed_pieces(pieces, spans, shift, sample_count / SAMPLE_RATE)
    return tuple(SpokenWord(word.text, word.start_seconds, word.end_seconds) for word in timed)


def timed_pieces(
    pieces: tuple[Piece, ...], spans: tuple[SpokenSpan, ...], shift: float, last: float
) -> tuple[TimedWord, ...]:
    """Times of the written words within 0..`last`; empty where the engine gives none or missed one."""
    words: list[TimedWord] = []
    spoken_at = written_at = 0
    for piece in pieces:
        start, spoken_at = spoken_at, spoken_at + len(piece.spoken)
        character, written_at = written_at, written_at + len(piece.written)
        if not piece.is_word:
            continue
        heard = [span for span in spans if span.start < spoken_at and span.end > start]
        if not heard:
            return ()
        begin = min(max(heard[0].start_seconds + shift, 0.0), last)
        finish_at = min(max(heard[-1].end_seconds + shift, begin), last)
        words.append(TimedWord(piece.written, character, round(begin, 4), round(finish_at, 4)))
    return tuple(words)
