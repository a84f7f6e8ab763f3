"""Sound of tiny random voices: each token a chord of two tones of its own, with soft edges."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from generation.checkpoints.tiny.onnx_graphs import Graph

SPEAKERS = 3
TOKEN_SAMPLES = 1_280
"""80 ms at 16 kHz: an initial, a final and the gap after them make four syllables a second, a host's pace."""
MARKS = "，。！？；：、,.!?;:"
_LEVEL = 0.35


def token_voices(tokens: Sequence[str], seed: int) -> NDArray[np.float32]:
    """f32[speakers, tokens, 3]: hertz of two tones, and loudness; marks, blanks and silences make none."""
    random = np.random.default_rng(seed)
    table = np.zeros((SPEAKERS, len(tokens), 3), dtype=np.float32)
    table[..., 0] = random.uniform(110.0, 260.0, size=(SPEAKERS, 1)) * random.uniform(0.9, 1.1, size=(1, len(tokens)))
    table[..., 1] = random.uniform(500.0, 2800.0, size=(1, len(tokens)))
    table[..., 2] = [0.0 if _is_silent(token) else _LEVEL for token in tokens]
    return table


def _is_silent(token: str) -> bool:
    return token in ("sil", "eos", "sp", "_", " ", "$") or token in MARKS


def add_sound(graph: Graph, rows: str, wanted: str, out: str, shape: tuple[int, ...], rate: int) -> None:
    """`rows` f32[L, 3] of `token_voices`, each for `wanted` f32[1] samples, as the output `out` of `shape`."""
    whole = graph.add("Squeeze", (graph.add("Floor", (wanted,), "floored"),), "whole")
    limits = (graph.constant("zero", np.float32(0.0)), whole, graph.constant("one", np.float32(1.0)))
    places = graph.add("Range", limits, "places")
    columns = {}
    for column, name in enumerate(("low", "high", "loudness")):
        place = graph.constant(f"{name}_column", np.array([column]))
        columns[name] = graph.add("Gather", (rows, place), name, axis=1)
    tones = [_tone(graph, columns[name], places, name, rate) for name in ("low", "high")]
    edges = _edges(graph, places, whole)
    mixed = graph.add("Mul", (graph.add("Add", tones, "tones"), columns["loudness"]), "mixed")
    shaped = graph.add("Mul", (mixed, edges), "shaped")
    graph.add("Reshape", (shaped, graph.constant("sound_shape", np.array(shape))), out)


def _tone(graph: Graph, hertz: str, places: str, name: str, rate: int) -> str:
    """sin(2π · hertz · place / rate), [L, N]."""
    turn = graph.constant(f"{name}_turn", np.float32(2.0 * np.pi / rate))
    angle = graph.add("Mul", (graph.add("Mul", (hertz, places), f"{name}_cycles"), turn), f"{name}_angle")
    return graph.add("Sin", (angle,), f"{name}_tone")


def _edges(graph: Graph, places: str, whole: str) -> str:
    """A half sine over each token: no clicks where one gives way to the next."""
    share = graph.add("Div", (places, whole), "share")
    angle = graph.add("Mul", (share, graph.constant("half_turn", np.float32(np.pi))), "edge_angle")
    return graph.add("Sin", (angle,), "edges")
