"""A tiny random speech model for sherpa-onnx: a streaming Zipformer as far as its interface goes.

It hears a word of a random list about six times a second while something sounds, and nothing in
silence. Inputs, outputs, states and notes are those of icefall's streaming Zipformer 2 export.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import numpy as np

from generation.checkpoints.tiny.onnx_graphs import Graph

FEATURES, CHUNK, PAD = 80, 32, 13
"""Mel bands; frames (10 ms) a step goes on by, and how many more it looks at."""
OUT_FRAMES = CHUNK // 4
LAYERS = {"dim": 8, "heads": 1, "head_dim": 4, "value_dim": 4, "context": 8, "kernel": 5}
_WORDS = (
    "这 个 咖 啡 多 少 钱 我 想 要 两 盒 什 么 时 候 发 货 可 以 便 宜 一 点 吗 冷 水 能 冲 开 好 喝 不 苦 "
    "▁HOW ▁MUCH ▁IS ▁IT ▁DOES ▁WORK ▁WITH ▁COLD ▁MILK ▁CAN ▁I ▁GET ▁TWO ▁BOX ES ING"
)
TOKENS = ("<blk>", "<sos/eos>", "<unk>", *_WORDS.split())
_QUIET_LOG_ENERGY = 0.0
"""Of the loudest band: speech lies some 4 above it, the noise of a quiet room 5 below, no sound at all 16."""
_EVERY = 4
"""Of the encoder's frames (40 ms) every fourth may begin a word: 6.25 a second."""

_SHUT = np.array([0.0] + [-200.0] * (len(TOKENS) - 1), dtype=np.float32)
_GATE = np.array([0.0, -200.0, -200.0] + [0.0] * (len(TOKENS) - 3), dtype=np.float32)

Kind = Literal["transducer", "zipformer2_ctc", "whole_transducer"]


def make(folder: Path, seed: int = 0, kind: Kind = "transducer") -> None:
    """Write tokens.txt and encoder, decoder and joiner (or the one model of a CTC) into `folder`.

    A "whole_transducer" hears whole stretches of speech instead of streams.
    """
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "tokens.txt").write_text("".join(f"{token} {place}\n" for place, token in enumerate(TOKENS)), "utf-8")
    random = np.random.default_rng(seed)
    weights = random.normal(size=(FEATURES, len(TOKENS))).astype(np.float32)
    if kind == "zipformer2_ctc":
        _encoder(weights, "log_probs", is_ctc=True).save(folder / "model.onnx", _notes())
        return
    if kind == "whole_transducer":
        _whole_encoder(weights).save(folder / "encoder.onnx", {"model_type": "zipformer2", "comment": "tiny, random"})
    else:
        _encoder(weights, "encoder_out", is_ctc=False).save(folder / "encoder.onnx", _notes())
    table = (random.normal(size=(len(TOKENS), len(TOKENS))) * 0.1).astype(np.float32)
    _decoder(table).save(folder / "decoder.onnx", {"vocab_size": len(TOKENS), "context_size": 2})
    _joiner().save(folder / "joiner.onnx", {"joiner_dim": len(TOKENS)})


def _notes() -> dict[str, object]:
    return {
        "model_type": "zipformer2",
        "version": 1,
        "comment": "tiny, random",
        "decode_chunk_len": CHUNK,
        "T": CHUNK + PAD,
        "num_encoder_layers": 1,
        "encoder_dims": LAYERS["dim"],
        "cnn_module_kernels": LAYERS["kernel"],
        "left_context_len": LAYERS["context"],
        "query_head_dims": LAYERS["head_dim"],
        "value_head_dims": LAYERS["value_dim"],
        "num_heads": LAYERS["heads"],
    }


def _states() -> dict[str, tuple[int | str, ...]]:
    """The caches of one layer, what the front end keeps, and the frames seen; as sherpa-onnx lays them out."""
    context, key = LAYERS["context"], LAYERS["head_dim"] * LAYERS["heads"]
    value, half_kernel = LAYERS["value_dim"] * LAYERS["heads"], LAYERS["kernel"] // 2
    return {
        "cached_key_0": (context, "N", key),
        "cached_nonlin_attn_0": (1, "N", context, 3 * LAYERS["dim"] // 4),
        "cached_val1_0": (context, "N", value),
        "cached_val2_0": (context, "N", value),
        "cached_conv1_0": ("N", LAYERS["dim"], half_kernel),
        "cached_conv2_0": ("N", LAYERS["dim"], half_kernel),
        "embed_states": ("N", 128, 3, ((FEATURES - 1) // 2 - 1) // 2),
    }


def _encoder(weights: np.ndarray, out: str, is_ctc: bool) -> Graph:
    """x f32[N, T, 80] and the states → how likely each token is in each of 8 frames, f32[N, 8, tokens]."""
    graph = Graph("tiny-zipformer2")
    graph.take("x", ("N", CHUNK + PAD, FEATURES))
    for name, shape in _states().items():
        graph.take(name, shape)
    graph.take("processed_lens", ("N",), is_whole=True)
    graph.give(out, ("N", OUT_FRAMES, len(TOKENS)))
    for name, shape in _states().items():
        graph.give(f"new_{name}", shape)
    graph.give("new_processed_lens", ("N",), is_whole=True)

    slice_at = [graph.constant(name, np.array([at])) for name, at in (("from", 6), ("to", 6 + CHUNK), ("axis", 1))]
    inner = graph.add("Slice", ("x", *slice_at), "inner")
    by_four = graph.constant("by_four", np.array([0, OUT_FRAMES, 4, FEATURES]))
    frames = graph.add("ReduceMean", (graph.add("Reshape", (inner, by_four), "four"),), "frames", axes=[2], keepdims=0)
    level = graph.add("ReduceMean", (frames,), "level", axes=[2], keepdims=1)
    colour = graph.add("Sub", (frames, level), "colour")
    likely = graph.add("MatMul", (colour, graph.constant("weights", weights)), "likely")
    bounded = graph.add("Mul", (graph.add("Tanh", (likely,), "tanh"), graph.constant("five", np.float32(5))), "bounded")
    scored = graph.add("Add", (bounded, _gate(graph)), "scored")
    logits = graph.add("Add", (scored, _silence(graph, frames)), out if not is_ctc else "logits")
    if is_ctc:
        graph.add("LogSoftmax", (logits,), out, axis=-1)
    for name in _states():
        graph.add("Identity", (name,), f"new_{name}")
    step = graph.constant("step", np.array(OUT_FRAMES))
    graph.add("Add", ("processed_lens", step), "new_processed_lens")
    return graph


def _whole_encoder(weights: np.ndarray) -> Graph:
    """x f32[N, T, 80] and its lengths → f32[N, T/4, tokens] and theirs; every fourth frame may begin a word."""
    graph = Graph("tiny-whole-zipformer2")
    graph.take("x", ("N", "T", FEATURES))
    graph.take("x_lens", ("N",), is_whole=True)
    graph.give("encoder_out", ("N", "frames", len(TOKENS)))
    graph.give("encoder_out_lens", ("N",), is_whole=True)
    four = graph.constant("four", np.array(4))
    graph.add("Div", ("x_lens", four), "encoder_out_lens")
    channel = graph.constant("channel", np.array([1]))
    pooled = graph.add(
        "AveragePool", (graph.add("Unsqueeze", ("x", channel), "deep"),), "pooled", kernel_shape=[4, 1], strides=[4, 1]
    )
    frames = graph.add("Squeeze", (pooled, channel), "frames")
    level = graph.add("ReduceMean", (frames,), "level", axes=[2], keepdims=1)
    likely = graph.add(
        "MatMul", (graph.add("Sub", (frames, level), "colour"), graph.constant("weights", weights)), "likely"
    )
    bounded = graph.add("Mul", (graph.add("Tanh", (likely,), "tanh"), graph.constant("five", np.float32(5))), "bounded")
    zero, one = graph.constant("zero", np.array(0)), graph.constant("one", np.array(1))
    count = graph.add("Gather", (graph.add("Shape", (frames,), "shape"), one), "count")
    turn = graph.add("Mod", (graph.add("Range", (zero, count, one), "places"), four), "turn")
    gate = graph.constant("gate", np.vstack([_GATE, np.repeat(_SHUT[None], _EVERY - 1, axis=0)]))
    gated = graph.add("Add", (bounded, graph.add("Gather", (gate, turn), "gates", axis=0)), "gated")
    graph.add("Add", (gated, _silence(graph, frames)), "encoder_out")
    return graph


def _gate(graph: Graph) -> str:
    """Only every fourth frame may begin a word, and marks of the table are never said: f32[8, tokens]."""
    return graph.constant("gate", np.stack([_SHUT if place % _EVERY else _GATE for place in range(OUT_FRAMES)]))


def _silence(graph: Graph, frames: str) -> str:
    """The blank wins in silence: f32[N, 8, tokens], 10 × (threshold - log energy) for it and 0 for words."""
    only_blank = np.zeros((1, len(TOKENS)), dtype=np.float32)
    only_blank[0, 0] = -10.0
    loudest = graph.add("ReduceMax", (frames,), "loudest", axes=[2], keepdims=1)
    above = graph.add("Sub", (loudest, graph.constant("quiet", np.float32(_QUIET_LOG_ENERGY))), "above")
    return graph.add("MatMul", (above, graph.constant("only_blank", only_blank)), "silence")


def _decoder(table: np.ndarray) -> Graph:
    """y int64[N, 2] → f32[N, tokens]: what was said last makes some words a little likelier."""
    graph = Graph("tiny-decoder")
    graph.take("y", ("N", 2), is_whole=True)
    graph.give("decoder_out", ("N", len(TOKENS)))
    rows = graph.add("Gather", (graph.constant("table", table), "y"), "rows", axis=0)
    graph.add("ReduceMean", (rows,), "decoder_out", axes=[1], keepdims=0)
    return graph


def _joiner() -> Graph:
    """Both f32[N, tokens] → their sum."""
    graph = Graph("tiny-joiner")
    for name in ("encoder_out", "decoder_out"):
        graph.take(name, ("N", len(TOKENS)))
    graph.give("logit", ("N", len(TOKENS)))
    graph.add("Add", ("encoder_out", "decoder_out"), "logit")
    return graph
