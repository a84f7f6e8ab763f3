"""A tiny random VITS for sherpa-onnx: every sound of a text a tone of its own, drawn by the seed.

What it says is no speech, but it is as long as the text, it is loud, and it comes out of the same
loader, front end and graph interface as real weights (inputs and notes as icefall exports them).
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from generation.checkpoints.tiny.onnx_graphs import Graph

SAMPLE_RATE = 16_000
SPEAKERS = 3
TOKEN_SAMPLES = 1_280
"""80 ms: an initial, a final and the gap after them make four syllables a second, as fast as a host speaks."""
_MARKS = "，。！？；：、,.!?;:"
_LEVEL = 0.35


def make(folder: Path, seed: int = 0, language: str = "zh-CN") -> None:
    """Write model.onnx, tokens.txt and, for Chinese, lexicon.txt into `folder`.

    Chinese goes through a lexicon of the characters of GB 2312 by their initials and finals, English letter by
    letter through the front end for characters.
    """
    folder.mkdir(parents=True, exist_ok=True)
    is_chinese = language.startswith("zh")
    lexicon = _chinese_lexicon() if is_chinese else {}
    tokens = _tokens(lexicon) if is_chinese else ["_", *_MARKS[7:], *" abcdefghijklmnopqrstuvwxyz'0123456789-"]
    lines = (f"{'' if token == ' ' else token} {place}".strip(" ") for place, token in enumerate(tokens))
    (folder / "tokens.txt").write_text("".join(f"{line}\n" for line in lines), "utf-8")
    if is_chinese:
        entries = (f"{word} {' '.join(sounds)}\n" for word, sounds in lexicon.items())
        (folder / "lexicon.txt").write_text("".join(entries), "utf-8")
    notes = {
        "model_type": "vits",
        "comment": "tiny, random",
        "language": "Chinese" if is_chinese else "English",
        "n_speakers": SPEAKERS,
        "sample_rate": SAMPLE_RATE,
        "add_blank": 0,
        "punctuation": " ".join(_MARKS) if is_chinese else "",
        **({} if is_chinese else {"frontend": "characters", "use_eos_bos": 0}),
    }
    _graph(_voices(tokens, seed)).save(folder / "model.onnx", notes)


def _chinese_lexicon() -> dict[str, tuple[str, ...]]:
    """Every character of GB 2312 as its initial (where it has one) and its final with the tone."""
    from pypinyin import Style, pinyin

    lexicon: dict[str, tuple[str, ...]] = {}
    for row in range(0xB0, 0xF8):
        for column in range(0xA1, 0xFF):
            try:
                character = bytes((row, column)).decode("gb2312")
            except UnicodeDecodeError:
                continue
            initial = pinyin(character, style=Style.INITIALS, strict=False)[0][0]
            final = pinyin(character, style=Style.FINALS_TONE3, strict=False, neutral_tone_with_five=True)[0][0]
            lexicon[character] = tuple(sound for sound in (initial, final) if sound) or ("sp",)
    return lexicon


def _tokens(lexicon: dict[str, tuple[str, ...]]) -> list[str]:
    sounds = sorted({sound for each in lexicon.values() for sound in each})
    return ["sil", "eos", "sp", *_MARKS, *(sound for sound in sounds if sound != "sp")]


def _voices(tokens: list[str], seed: int) -> NDArray[np.float32]:
    """f32[speakers, tokens, 3]: hertz of two tones, and loudness; marks, blanks and silences make none."""
    random = np.random.default_rng(seed)
    table = np.zeros((SPEAKERS, len(tokens), 3), dtype=np.float32)
    table[..., 0] = random.uniform(110.0, 260.0, size=(SPEAKERS, 1)) * random.uniform(0.9, 1.1, size=(1, len(tokens)))
    table[..., 1] = random.uniform(500.0, 2800.0, size=(1, len(tokens)))
    table[..., 2] = [0.0 if _is_silent(token) else _LEVEL for token in tokens]
    return table


def _is_silent(token: str) -> bool:
    return token in ("sil", "eos", "sp", "_", " ") or token in _MARKS


def _graph(voices: NDArray[np.float32]) -> Graph:
    """x int64[1, L] (and its length, three scales, the speaker) → y f32[1, 1, L × samples of a token]."""
    graph = Graph("tiny-vits")
    x = graph.take("x", (1, "L"), is_whole=True)
    graph.take("x_length", (1,), is_whole=True)
    graph.take("noise_scale", (1,))
    slowness = graph.take("length_scale", (1,))
    graph.take("noise_scale_w", (1,))
    speaker = graph.take("sid", (1,), is_whole=True)
    graph.give("y", (1, 1, "T"))

    voice = graph.add("Gather", (graph.constant("voices", voices), speaker), "voice", axis=0)
    flat = graph.add("Reshape", (x, graph.constant("flat_shape", np.array([-1]))), "flat")
    table = graph.add("Squeeze", (voice, graph.constant("first", np.array([0]))), "table")
    rows = graph.add("Gather", (table, flat), "rows", axis=0)
    wanted = graph.add(
        "Mul", (slowness, graph.constant("token_samples", np.array([TOKEN_SAMPLES], dtype=np.float32))), "wanted"
    )
    whole = graph.add("Squeeze", (graph.add("Floor", (wanted,), "floored"),), "whole")
    limits = (graph.constant("zero", np.float32(0.0)), whole, graph.constant("one", np.float32(1.0)))
    places = graph.add("Range", limits, "places")
    columns = {}
    for column, name in enumerate(("low", "high", "loudness")):
        place = graph.constant(f"{name}_column", np.array([column]))
        columns[name] = graph.add("Gather", (rows, place), name, axis=1)
    tones = [_tone(graph, columns[name], places, name) for name in ("low", "high")]
    edges = _edges(graph, places, whole)
    mixed = graph.add("Mul", (graph.add("Add", tones, "tones"), columns["loudness"]), "mixed")
    shaped = graph.add("Mul", (mixed, edges), "shaped")
    graph.add("Reshape", (shaped, graph.constant("sound_shape", np.array([1, 1, -1]))), "y")
    return graph


def _tone(graph: Graph, hertz: str, places: str, name: str) -> str:
    """sin(2π · hertz · place / rate), [L, N]."""
    turn = graph.constant(f"{name}_turn", np.float32(2.0 * np.pi / SAMPLE_RATE))
    angle = graph.add("Mul", (graph.add("Mul", (hertz, places), f"{name}_cycles"), turn), f"{name}_angle")
    return graph.add("Sin", (angle,), f"{name}_tone")


def _edges(graph: Graph, places: str, whole: str) -> str:
    """A half sine over each token: no clicks where one gives way to the next."""
    share = graph.add("Div", (places, whole), "share")
    angle = graph.add("Mul", (share, graph.constant("half_turn", np.float32(np.pi))), "edge_angle")
    return graph.add("Sin", (angle,), "edges")
