"""Neural voices from a local model folder through sherpa-onnx (extra `live`).

The folder holds what sherpa-onnx publishes for one model: a VITS (`model.onnx`,
`tokens.txt`, optionally `lexicon.txt`, `dict/`, `espeak-ng-data/`), a Matcha (an acoustic
model beside a vocoder `vocos*.onnx` or `hifigan*.onnx`) or a Kokoro (`voices.bin`).
"""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from generation.engines.voiceover.base import (
    IsCancelled,
    OnSamples,
    Speech,
    SpeechRequest,
    VoiceCancelled,
    VoiceCapabilities,
    VoiceRefused,
    never,
)
from generation.sherpa.model_notes import ModelFileBroken, model_notes
from generation.sherpa.trial import TrialFailed, content_key, try_out

_SILENT_PEAK = 1e-4
NEEDED_NOTES = {
    "vits": ("sample_rate", "n_speakers", "language", "comment"),
    "matcha": ("sample_rate", "n_speakers"),
    "kokoro": ("sample_rate", "n_speakers", "has_espeak", "style_dim"),
}
"""Notes without which sherpa-onnx 2.0 ends the process (csrc/offline-tts-*-model.cc)."""


class SherpaEngine:
    """One model, loaded at the first line. `voice` is the number of a speaker; "" is speaker 0.

    Streams a part for each sentence of a line: the models speak a sentence at a time.
    """

    name = "sherpa"
    capabilities = VoiceCapabilities(streaming=True, word_times=False, languages=("zh-CN", "en"))

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = threading.Lock()
        self._model: Any = None
        self._version = ""

    @property
    def version(self) -> str:
        """The folder's name and content: another model under the same name is another voice."""
        if not self._version:
            self._version = f"{self.folder.name}-{content_key(self.folder)}" if self.folder.is_dir() else "missing"
        return self._version

    def speak(self, request: SpeechRequest) -> Speech:
        """Speak `request`; VoiceRefused when the folder holds no model or the extra is not installed."""
        return self.stream(request, _unheard)

    def stream(self, request: SpeechRequest, on_samples: OnSamples, is_cancelled: IsCancelled = never) -> Speech:
        """Sentence by sentence; whoever cancels waits for the sentence at hand at most."""
        with self._lock:
            model = self._loaded()
            speaking = _Speaking(on_samples, is_cancelled, int(model.sample_rate))
            speaker = self._speaker(request.voice, int(model.num_speakers))
            if is_cancelled():
                raise VoiceCancelled("broken off before it was spoken")
            try:
                model.generate(request.text, sid=speaker, speed=request.speed, callback=speaking.take)
            except RuntimeError as error:
                raise VoiceRefused(f"the voice model in {self.folder} broke on this line: {error}") from error
        samples = speaking.whole()
        if float(np.abs(samples).max(initial=0.0)) < _SILENT_PEAK:
            raise VoiceRefused(f"the voice model in {self.folder} gave no sound for this line")
        return Speech(samples=samples, sample_rate=speaking.rate)

    def _loaded(self) -> Any:
        if self._model is None:
            find_model_files(self.folder)
            try:
                try_out("voice", self.folder)
            except TrialFailed as error:
                raise VoiceRefused(f"the voice model in {self.folder} does not load: {error}") from error
            self._model = load_voice(self.folder)
        return self._model

    def _speaker(self, voice: str, count: int) -> int:
        if voice and not voice.isdigit():
            raise VoiceRefused(f"a voice of this model is the number of a speaker, not {voice!r}")
        if int(voice or 0) >= max(count, 1):
            raise VoiceRefused(f"the model in {self.folder} has speakers 0 to {max(count, 1) - 1}, no {voice}")
        return int(voice or 0)


def _unheard(samples: NDArray[np.float64], rate: int) -> None:
    """For who wants the whole alone."""


class _Speaking:
    """Collects what the model says. What goes wrong in a listener comes out of `whole`, not of the model's thread."""

    def __init__(self, on_samples: OnSamples, is_cancelled: IsCancelled, rate: int) -> None:
        self.rate = rate
        self._on_samples, self._is_cancelled = on_samples, is_cancelled
        self._parts: list[NDArray[np.float64]] = []
        self._error: Exception | None = None

    def take(self, samples: Any, progress: float) -> int:
        """1 to go on, 0 to stop: sherpa-onnx asks after every sentence."""
        try:
            if self._is_cancelled():
                raise VoiceCancelled("broken off")
            part = np.array(samples, dtype=np.float64)
            if not np.isfinite(part).all():
                raise VoiceRefused("the voice model gave numbers that are no sound; its file may be damaged")
            self._parts.append(part)
            self._on_samples(part, self.rate)
        except Exception as error:  # it crosses a foreign thread and is raised again in `whole`
            self._error = error
            return 0
        return 1

    def whole(self) -> NDArray[np.float64]:
        if self._error is not None:
            raise self._error
        return np.concatenate([np.zeros(0), *self._parts])


def load_voice(folder: Path) -> Any:
    """The model in `folder` as sherpa-onnx's OfflineTts. May end the process: `try_out` first."""
    kind, arguments = find_model_files(folder)
    _require_notes(kind, Path(arguments.get("model") or arguments["acoustic_model"]))
    try:
        import sherpa_onnx
    except ImportError as error:
        raise VoiceRefused("VOICE_MODEL_DIR is set, but sherpa-onnx is missing: install the extra [live]") from error
    kinds = {
        "vits": sherpa_onnx.OfflineTtsVitsModelConfig,
        "matcha": sherpa_onnx.OfflineTtsMatchaModelConfig,
        "kokoro": sherpa_onnx.OfflineTtsKokoroModelConfig,
    }
    model = sherpa_onnx.OfflineTtsModelConfig(**{kind: kinds[kind](**arguments)}, num_threads=2, provider="cpu")
    rules = ",".join(str(path) for path in sorted(folder.glob("*.fst")))
    config = sherpa_onnx.OfflineTtsConfig(model=model, rule_fsts=rules, max_num_sentences=1)
    if not config.validate():
        raise VoiceRefused(f"the files in {folder} are no complete {kind} model")
    return sherpa_onnx.OfflineTts(config)


def _require_notes(kind: str, model: Path) -> None:
    try:
        notes = model_notes(model)
    except ModelFileBroken as error:
        raise VoiceRefused(str(error)) from error
    missing = [name for name in NEEDED_NOTES[kind] if name not in notes]
    if missing:
        raise VoiceRefused(
            f"{model.name} is no {kind} as sherpa-onnx publishes them: it lacks the notes {', '.join(missing)}"
        )


def find_model_files(folder: Path) -> tuple[str, dict[str, str]]:
    """The kind of model in `folder` and its constructor's arguments; VoiceRefused says what is missing."""
    if not folder.is_dir():
        raise VoiceRefused(f"VOICE_MODEL_DIR={folder} is no folder: point it at an unpacked voice model")
    models = sorted(path for path in folder.glob("*.onnx"))
    vocoders = [path for path in models if path.name.startswith(("vocos", "hifigan"))]
    acoustic = [path for path in models if path not in vocoders]
    if not acoustic or not (folder / "tokens.txt").is_file():
        raise VoiceRefused(f"VOICE_MODEL_DIR={folder} holds no model: it needs *.onnx and tokens.txt")
    arguments = {"tokens": str(folder / "tokens.txt")}
    lexicons = sorted(folder.glob("lexicon*.txt"))
    if any("us-en" in path.name for path in lexicons):
        # Kokoro's folders hold the words of both; the first that knows a word would win.
        lexicons = [path for path in lexicons if "gb-en" not in path.name]
    if lexicons:
        arguments["lexicon"] = ",".join(map(str, lexicons))
    for name, key in (("dict", "dict_dir"), ("espeak-ng-data", "data_dir")):
        if (folder / name).is_dir():
            arguments[key] = str(folder / name)
    if (folder / "voices.bin").is_file():
        return "kokoro", {**arguments, "model": str(acoustic[0]), "voices": str(folder / "voices.bin")}
    if vocoders:
        return "matcha", {**arguments, "acoustic_model": str(acoustic[0]), "vocoder": str(vocoders[0])}
    if _needs_vocoder(acoustic[0]):
        raise VoiceRefused(
            f"{acoustic[0].name} is the first half of a Matcha; its vocoder is published apart (sherpa-onnx's release "
            f"vocoder-models): put vocos-22khz-univ.onnx or a hifigan*.onnx into {folder}"
        )
    return "vits", {**arguments, "model": str(acoustic[0])}


def _needs_vocoder(model: Path) -> bool:
    try:
        return "matcha" in model_notes(model).get("model_type", "")
    except ModelFileBroken:
        # Whoever loads it says so.
        return False
