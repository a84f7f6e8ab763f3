"""Which speech model a folder holds, told from its files and from what they say of themselves.

Streaming: a transducer (encoder, decoder, joiner), a Paraformer (encoder, decoder), a CTC (one model).
Of whole stretches: SenseVoice, Whisper, Paraformer, a transducer. As sherpa-onnx publishes them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generation.hearing.base import HEARING_RATE, HearingRefused
from generation.sherpa.model_notes import ModelFileBroken, model_notes

QUIET_AFTER_NOTHING, QUIET_AFTER_WORDS, LONGEST_TURN_SECONDS = 2.4, 0.9, 20.0
"""sherpa-onnx's endpoint rules: seconds of quiet that end a turn without and with words in it, and its longest."""

_NEEDED: dict[str, tuple[str, ...]] = {
    "transducer": ("decode_chunk_len", "T"),
    "zipformer2_ctc": ("encoder_dims", "num_encoder_layers", "left_context_len", "T", "decode_chunk_len"),
    "wenet_ctc": ("head", "num_blocks", "output_size", "right_context", "subsampling_factor", "vocab_size"),
}
"""Notes without which sherpa-onnx 2.0 ends the process (csrc/online-*-model.cc)."""


_OF_WHOLE: dict[str, dict[str, Any]] = {"whisper": {"language": ""}, "sense_voice": {"use_itn": True}}
"""Whisper is told to find the language out (the library's own choice is English), SenseVoice to write marks."""


@dataclass(frozen=True)
class HearingModel:
    """`kind` names sherpa-onnx's constructor (`from_<kind>`), `files` its file arguments."""

    kind: str
    is_streaming: bool
    files: dict[str, str]


def find_hearing_model(folder: Path) -> HearingModel:
    """HearingRefused says what is missing, before anything is loaded."""
    if not folder.is_dir():
        raise HearingRefused(f"HEARING_MODEL_DIR={folder} is no folder: point it at an unpacked speech model")
    models = sorted(folder.glob("*.onnx"))
    tokens = next(iter(sorted(folder.glob("*tokens.txt"))), None)
    if not models or tokens is None:
        raise HearingRefused(f"HEARING_MODEL_DIR={folder} holds no speech model: it needs *.onnx and tokens.txt")
    parts = {part: _pick(models, part) for part in ("encoder", "decoder", "joiner")}
    found = _of_parts(parts) if parts["encoder"] or parts["decoder"] else _of_one(_smallest(models))
    for path in found.files.values():
        _notes(Path(path))
    return HearingModel(found.kind, found.is_streaming, {"tokens": str(tokens), **found.files})


def _pick(models: Sequence[Path], part: str) -> Path | None:
    """The file of this part; encoder and joiner as whole numbers where there are, the small decoder as floats."""
    named = [path for path in models if part in path.name]
    wanted = [path for path in named if (".int8." in path.name) == (part != "decoder")]
    return next(iter(wanted or named), None)


def _smallest(models: Sequence[Path]) -> Path:
    return next((path for path in models if ".int8." in path.name), models[0])


def _of_parts(parts: dict[str, Path | None]) -> HearingModel:
    encoder, decoder, joiner = parts["encoder"], parts["decoder"], parts["joiner"]
    if encoder is None or decoder is None:
        raise HearingRefused(f"HEARING_MODEL_DIR lacks the {'decoder' if encoder else 'encoder'}*.onnx of its model")
    notes = _notes(encoder)
    files = {"encoder": str(encoder), "decoder": str(decoder)}
    if joiner is not None:
        is_streaming = "decode_chunk_len" in notes or "window_size" in notes
        if is_streaming and "window_size" not in notes:
            _require("transducer", notes, encoder)
        return HearingModel("transducer", is_streaming, {**files, "joiner": str(joiner)})
    if notes.get("model_type", "").startswith("whisper"):
        return HearingModel("whisper", False, files)
    if "decoder_num_blocks" in notes or notes.get("model_type") == "paraformer":
        return HearingModel("paraformer", True, files)
    raise HearingRefused(
        f"HEARING_MODEL_DIR lacks the joiner*.onnx of its transducer, or {encoder.name} is of no kind known"
    )


def _of_one(model: Path) -> HearingModel:
    notes = _notes(model)
    kind = notes.get("model_type", "")
    if "sense_voice" in kind:
        return HearingModel("sense_voice", False, {"model": str(model)})
    if kind == "paraformer":
        return HearingModel("paraformer", False, {"paraformer": str(model)})
    if "right_context" in notes and "subsampling_factor" in notes:
        _require("wenet_ctc", notes, model)
        return HearingModel("wenet_ctc", True, {"model": str(model)})
    if "decode_chunk_len" in notes or kind.startswith("zipformer2"):
        _require("zipformer2_ctc", notes, model)
        return HearingModel("zipformer2_ctc", True, {"model": str(model)})
    told = kind or ", ".join(sorted(notes)[:6]) or "nothing"
    raise HearingRefused(f"{model.name} is of no kind of speech model known here; it says of itself: {told}")


def _notes(model: Path) -> dict[str, str]:
    try:
        return model_notes(model)
    except ModelFileBroken as error:
        raise HearingRefused(f"HEARING_MODEL_DIR: {error}") from error


def _require(kind: str, notes: dict[str, str], model: Path) -> None:
    missing = [name for name in _NEEDED[kind] if name not in notes]
    if missing:
        raise HearingRefused(f"{model.name} is no streaming {kind}: it lacks the notes {', '.join(missing)}")


def load_hearing(model: HearingModel) -> Any:
    """sherpa-onnx's OnlineRecognizer or OfflineRecognizer. May end the process: try it out first."""
    try:
        import sherpa_onnx
    except ImportError as error:
        raise HearingRefused(
            "HEARING_MODEL_DIR is set, but sherpa-onnx is missing: install the extra [live]"
        ) from error
    if not model.is_streaming:
        make = getattr(sherpa_onnx.OfflineRecognizer, f"from_{model.kind}")
        return make(**model.files, **_OF_WHOLE.get(model.kind, {}), num_threads=2)
    make = getattr(sherpa_onnx.OnlineRecognizer, f"from_{model.kind}")
    known = {"model_type": _type_of(model)} if model.kind == "transducer" else {}
    return make(
        **model.files,
        **known,
        num_threads=2,
        sample_rate=HEARING_RATE,
        enable_endpoint_detection=True,
        rule1_min_trailing_silence=QUIET_AFTER_NOTHING,
        rule2_min_trailing_silence=QUIET_AFTER_WORDS,
        rule3_min_utterance_length=LONGEST_TURN_SECONDS,
    )


def _type_of(model: HearingModel) -> str:
    """Spares sherpa-onnx loading the encoder twice to find out."""
    told = _notes(Path(model.files["encoder"])).get("model_type", "")
    return told if told in ("conformer", "lstm", "zipformer", "zipformer2") else ""
