"""Neural voices from a local model folder through sherpa-onnx (extra `live`).

The folder holds what sherpa-onnx publishes for one model: a VITS (`model.onnx`,
`tokens.txt`, optionally `lexicon.txt`, `dict/`, `espeak-ng-data/`), a Matcha (an acoustic
model beside a vocoder `vocos*.onnx` or `hifigan*.onnx`) or a Kokoro (`voices.bin`).
"""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

from generation.engines.voiceover.base import Speech, SpeechRequest, VoiceCapabilities, VoiceRefused


class SherpaEngine:
    """One model, loaded at the first line. `voice` is the number of a speaker; "" is speaker 0."""

    name = "sherpa"
    capabilities = VoiceCapabilities(streaming=True, word_times=False, languages=("zh-CN", "en"))

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.version = folder.name
        self._lock = threading.Lock()
        self._model: Any = None

    def speak(self, request: SpeechRequest) -> Speech:
        """Speak `request`; VoiceRefused when the folder holds no model or the extra is not installed."""
        import numpy as np

        with self._lock:
            if self._model is None:
                self._model = _load(self.folder)
            made = self._model.generate(request.text, sid=_speaker(request.voice), speed=request.speed)
        samples = np.asarray(made.samples, dtype=np.float64)
        if not samples.size:
            raise VoiceRefused(f"the voice model in {self.folder} gave no sound for this line")
        return Speech(samples=samples, sample_rate=int(made.sample_rate))


def _speaker(voice: str) -> int:
    if voice and not voice.isdigit():
        raise VoiceRefused(f"a voice of this model is the number of a speaker, not {voice!r}")
    return int(voice or 0)


def _load(folder: Path) -> Any:
    files = find_model_files(folder)
    try:
        import sherpa_onnx
    except ImportError as error:
        raise VoiceRefused("VOICE_MODEL_DIR is set, but sherpa-onnx is missing: install the extra [live]") from error
    kinds = {
        "vits": sherpa_onnx.OfflineTtsVitsModelConfig,
        "matcha": sherpa_onnx.OfflineTtsMatchaModelConfig,
        "kokoro": sherpa_onnx.OfflineTtsKokoroModelConfig,
    }
    kind, arguments = files
    model = sherpa_onnx.OfflineTtsModelConfig(**{kind: kinds[kind](**arguments)}, num_threads=2, provider="cpu")
    rules = ",".join(str(path) for path in sorted(folder.glob("*.fst")))
    config = sherpa_onnx.OfflineTtsConfig(model=model, rule_fsts=rules, max_num_sentences=1)
    if not config.validate():
        raise VoiceRefused(f"the files in {folder} are no complete {kind} model")
    return sherpa_onnx.OfflineTts(config)


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
    lexicons = ",".join(str(path) for path in sorted(folder.glob("lexicon*.txt")))
    if lexicons:
        arguments["lexicon"] = lexicons
    for name, key in (("dict", "dict_dir"), ("espeak-ng-data", "data_dir")):
        if (folder / name).is_dir():
            arguments[key] = str(folder / name)
    if (folder / "voices.bin").is_file():
        return "kokoro", {**arguments, "model": str(acoustic[0]), "voices": str(folder / "voices.bin")}
    if vocoders:
        return "matcha", {**arguments, "acoustic_model": str(acoustic[0]), "vocoder": str(vocoders[0])}
    return "vits", {**arguments, "model": str(acoustic[0])}
