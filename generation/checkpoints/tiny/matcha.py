"""A tiny random Matcha with its vocoder for sherpa-onnx: Chinese by a lexicon, mel bands first and sound after.

Inputs, outputs and notes are those of icefall's Matcha and of the HiFi-GAN that goes with it.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from generation.checkpoints.tiny.onnx_graphs import Graph
from generation.checkpoints.tiny.voice import chinese_lexicon, lexicon_tokens

SAMPLE_RATE, HOP, BANDS = 16_000, 256, 80
TOKEN_FRAMES = 6
"""96 ms a token."""


def make(folder: Path, seed: int = 0) -> None:
    """Write the acoustic model, the vocoder, tokens.txt and lexicon.txt into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    lexicon = chinese_lexicon()
    tokens = lexicon_tokens(lexicon)
    (folder / "tokens.txt").write_text("".join(f"{token} {place}\n" for place, token in enumerate(tokens)), "utf-8")
    entries = (f"{word} {' '.join(sounds)}\n" for word, sounds in lexicon.items())
    (folder / "lexicon.txt").write_text("".join(entries), "utf-8")
    random = np.random.default_rng(seed)
    notes = {
        "model_type": "matcha-tts",
        "language": "Chinese",
        "sample_rate": SAMPLE_RATE,
        "n_speakers": 1,
        "jieba": 1,
        "has_espeak": 0,
        "use_eos_bos": 0,
        "pad_id": 0,
        "version": 1,
        "num_ode_steps": 3,
    }
    table = random.normal(size=(len(tokens), BANDS)).astype(np.float32)
    _acoustic(table).save(folder / "model-steps-3.onnx", notes)
    weights = (random.normal(size=(BANDS, HOP)) * 0.03).astype(np.float32)
    vocoder = {"model_type": "hifigan", "sample_rate": SAMPLE_RATE, "num_mels": BANDS}
    _vocoder(weights).save(folder / "hifigan_v2.onnx", vocoder)


def _acoustic(table: np.ndarray) -> Graph:
    """x int64[1, L] (and its length, two scales) → mel f32[1, 80, T]: each token's bands, some frames long."""
    graph = Graph("tiny-matcha")
    x = graph.take("x", (1, "L"), is_whole=True)
    graph.take("x_length", (1,), is_whole=True)
    graph.take("noise_scale", (1,))
    slowness = graph.take("length_scale", (1,))
    graph.give("mel", (1, BANDS, "T"))
    flat = graph.add("Reshape", (x, graph.constant("flat_shape", np.array([-1]))), "flat")
    rows = graph.add("Gather", (graph.constant("table", table), flat), "rows", axis=0)
    frames = graph.constant("token_frames", np.array([TOKEN_FRAMES], dtype=np.float32))
    times = graph.add("Cast", (graph.add("Mul", (slowness, frames), "wanted"),), "times", to=7)
    count = graph.add("Shape", (flat,), "count")
    shape = graph.add("Concat", (count, times, graph.constant("bands", np.array([BANDS]))), "repeated_shape", axis=0)
    deep = graph.add("Unsqueeze", (rows, graph.constant("second", np.array([1]))), "deep")
    repeated = graph.add("Expand", (deep, shape), "repeated")
    in_a_row = graph.add("Reshape", (repeated, graph.constant("row_shape", np.array([1, -1, BANDS]))), "in_a_row")
    graph.add("Transpose", (in_a_row,), "mel", perm=[0, 2, 1])
    return graph


def _vocoder(weights: np.ndarray) -> Graph:
    """mel f32[1, 80, T] → audio f32[1, 1, 256 · T]."""
    graph = Graph("tiny-hifigan")
    mel = graph.take("mel", (1, BANDS, "T"))
    graph.give("audio", (1, 1, "N"))
    frames = graph.add("Transpose", (mel,), "frames", perm=[0, 2, 1])
    waves = graph.add("MatMul", (frames, graph.constant("weights", weights)), "waves")
    graph.add("Reshape", (waves, graph.constant("sound_shape", np.array([1, 1, -1]))), "audio")
    return graph
