"""A tiny random Kokoro for sherpa-onnx: English words by a lexicon, a style for every length, several speakers.

Inputs, styles and notes are those of sherpa-onnx's export of Kokoro 0.19.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from generation.checkpoints.tiny.onnx_graphs import Graph
from generation.checkpoints.tiny.tones import SPEAKERS, TOKEN_SAMPLES, add_sound, token_voices

SAMPLE_RATE = 24_000
_STYLES, _STYLE_SIZE = 510, 256
WORDS = "hello there this is coffee and it good how much two boxes of one more"
_PHONEMES = '$;:,.!?—…"() abcdefghijklmnopqrstuvwxyzAIOQSTWYɑɐɒæɔçðʤəɚɛɜɟɡɪŋɹɾʃʧʊʌʒʔˈˌːᵻθ'


def make(folder: Path, seed: int = 0, words: str = WORDS) -> None:
    """Write model.onnx, voices.bin, tokens.txt and a lexicon of `words`, a sound for each letter, into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    entries = (f"{word} {' '.join(word)}\n" for word in dict.fromkeys(words.split()))
    (folder / "lexicon-us-en.txt").write_text("".join(entries), "utf-8")
    lines = (f"{token} {place}" for place, token in enumerate(_PHONEMES))
    (folder / "tokens.txt").write_text("".join(f"{line}\n" for line in lines), "utf-8")
    random = np.random.default_rng(seed)
    styles = random.normal(size=(SPEAKERS, _STYLES, 1, _STYLE_SIZE)).astype("<f4")
    (folder / "voices.bin").write_bytes(styles.tobytes())
    notes = {
        "model_type": "kokoro",
        "language": "English",
        "has_espeak": 1,
        "voice": "en-us",
        "sample_rate": SAMPLE_RATE,
        "version": 1,
        "n_speakers": SPEAKERS,
        "style_dim": f"{_STYLES},1,{_STYLE_SIZE}",
    }
    _graph(token_voices(list(_PHONEMES), seed)[0]).save(folder / "model.onnx", notes)


def _graph(table: NDArray[np.float32]) -> Graph:
    """tokens int64[1, L], style f32[1, 256], speed f32[1] → audio f32[T]; the style raises or lowers the voice."""
    graph = Graph("tiny-kokoro")
    tokens = graph.take("tokens", (1, "L"), is_whole=True)
    style = graph.take("style", (1, _STYLE_SIZE))
    speed = graph.take("speed", (1,))
    graph.give("audio", ("T",))
    flat = graph.add("Reshape", (tokens, graph.constant("flat_shape", np.array([-1]))), "flat")
    plain = graph.add("Gather", (graph.constant("table", table), flat), "plain", axis=0)
    mood = graph.add("ReduceMean", (style,), "mood", axes=[1], keepdims=1)
    pitch_alone = graph.constant("pitch_alone", np.array([[1.0, 1.0, 0.0]], dtype=np.float32))
    bend = graph.add("Exp", (graph.add("Mul", (mood, pitch_alone), "bend"),), "bent")
    length = graph.constant("token_samples", np.array([TOKEN_SAMPLES], dtype=np.float32))
    wanted = graph.add("Div", (length, speed), "wanted")
    add_sound(graph, graph.add("Mul", (plain, bend), "rows"), wanted, "audio", (-1,), SAMPLE_RATE)
    return graph
