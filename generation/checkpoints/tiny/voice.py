"""A tiny random VITS for sherpa-onnx: every sound of a text a tone of its own, drawn by the seed.

What it says is no speech, but it is as long as the text, it is loud, and it comes out of the same
loader, front end and graph interface as real weights (inputs and notes as icefall exports them).
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from generation.checkpoints.tiny.onnx_graphs import Graph
from generation.checkpoints.tiny.tones import MARKS, SPEAKERS, TOKEN_SAMPLES, add_sound, token_voices

SAMPLE_RATE = 16_000


def make(folder: Path, seed: int = 0, language: str = "zh-CN") -> None:
    """Write model.onnx, tokens.txt and, for Chinese, lexicon.txt into `folder`.

    Chinese goes through a lexicon of the characters of GB 2312 by their initials and finals, English letter by
    letter through the front end for characters.
    """
    folder.mkdir(parents=True, exist_ok=True)
    is_chinese = language.startswith("zh")
    lexicon = chinese_lexicon() if is_chinese else {}
    tokens = lexicon_tokens(lexicon) if is_chinese else ["_", *MARKS[7:], *" abcdefghijklmnopqrstuvwxyz'0123456789-"]
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
        "punctuation": " ".join(MARKS) if is_chinese else "",
        **({} if is_chinese else {"frontend": "characters", "use_eos_bos": 0}),
    }
    _graph(token_voices(tokens, seed)).save(folder / "model.onnx", notes)


def chinese_lexicon() -> dict[str, tuple[str, ...]]:
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


def lexicon_tokens(lexicon: dict[str, tuple[str, ...]]) -> list[str]:
    sounds = sorted({sound for each in lexicon.values() for sound in each})
    return ["sil", "eos", "sp", *MARKS, *(sound for sound in sounds if sound != "sp")]


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
    length = graph.constant("token_samples", np.array([TOKEN_SAMPLES], dtype=np.float32))
    add_sound(graph, rows, graph.add("Mul", (slowness, length), "wanted"), "y", (1, 1, -1), SAMPLE_RATE)
    return graph
