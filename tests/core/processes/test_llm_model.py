"""A model's folder: found, looked into, given its share; and every way it can be wrong."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from core.errors import InputError
from core.processes.llm_model import GIB, ModelFolder, Share, find_model, read_model, share_of

CONFIG = {
    "hidden_size": 64,
    "num_attention_heads": 4,
    "num_key_value_heads": 2,
    "num_hidden_layers": 2,
    "max_position_embeddings": 4096,
}


def model_in(folder: Path, config: dict[str, Any] | None = None, *files: str) -> Path:
    folder.mkdir(parents=True)
    (folder / "config.json").write_text(json.dumps(CONFIG if config is None else config))
    for name in files or ("model.safetensors", "tokenizer.json"):
        (folder / name).write_bytes(b"x" * 100)
    return folder


def test_a_folder_tells_its_size_its_context_and_what_a_token_takes(tmp_path: Path) -> None:
    folder = model_in(tmp_path / "qwen")

    # Keys and values, 2 layers, 2 heads of 16, two bytes each.
    assert read_model(folder) == ModelFolder(folder, 100, 4096, 2 * 2 * 2 * 16 * 2)


def test_a_model_that_sees_keeps_its_language_part_inside(tmp_path: Path) -> None:
    folder = model_in(tmp_path / "vl", {"vision_config": {}, "text_config": {**CONFIG, "head_dim": 32}})

    assert read_model(folder).token_bytes == 512


def test_a_folder_laid_out_by_sentence_transformers_makes_vectors_of_texts_as_long_as_it_says(tmp_path: Path) -> None:
    folder = model_in(tmp_path / "bge")
    (folder / "modules.json").write_text("[]")

    assert (read_model(folder).makes_vectors, read_model(folder).context_tokens) == (True, 4096)
    (folder / "sentence_bert_config.json").write_text('{"max_seq_length": 512}')
    assert read_model(folder).context_tokens == 512
    assert not read_model(model_in(tmp_path / "qwen")).makes_vectors


@pytest.mark.parametrize(
    ("config", "files", "reason"),
    [
        ({}, ("model.safetensors", "tokenizer.json"), "describes no language model"),
        (CONFIG, ("pytorch_model.bin", "tokenizer.json"), "pickled weights, which can run code"),
        (CONFIG, ("tokenizer.json",), "has no weights"),
        (CONFIG, ("model.safetensors",), "has no tokenizer"),
    ],
)
def test_what_is_no_model_is_refused_by_name(
    tmp_path: Path, config: dict[str, Any], files: tuple[str, ...], reason: str
) -> None:
    with pytest.raises(InputError, match=f"--model: .*{reason}"):
        read_model(model_in(tmp_path / "x", config, *files))


def test_a_folder_without_a_config_and_one_that_is_no_json(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{half")
    with pytest.raises(InputError, match="cannot be read as JSON"):
        read_model(tmp_path)
    (tmp_path / "config.json").unlink()
    with pytest.raises(InputError, match=r"has no config\.json"):
        read_model(tmp_path)


def test_names_are_looked_for_on_our_shelf_and_in_what_the_hub_fetched(tmp_path: Path) -> None:
    own, hub = tmp_path / "own", tmp_path / "hub"
    mine = model_in(own / "Qwen" / "Qwen3-4B")
    fetched = model_in(hub / "models--Qwen--Qwen3-8B" / "snapshots" / "abc")
    (hub / "models--Qwen--Qwen3-8B" / "refs").mkdir()
    (hub / "models--Qwen--Qwen3-8B" / "refs" / "main").write_text("abc")

    assert find_model("Qwen/Qwen3-4B", (own, hub)) == mine
    assert find_model("Qwen/Qwen3-8B", (own, hub)) == fetched
    assert find_model("Qwen/Qwen3-32B", (own, hub)) is None
    assert find_model(str(mine), ()) == mine


@pytest.mark.parametrize("asked", ["./missing", "/missing/folder", "~/missing", "a b", "a/b/c"])
def test_a_folder_that_is_not_there_is_no_name(asked: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="--model: there is no folder"):
        find_model(asked, (tmp_path,))


def test_half_of_what_is_left_becomes_cache_and_two_conversations_fit() -> None:
    model = ModelFolder(Path("qwen"), 8 * GIB, 32_768, 131_072)

    assert share_of(model, "cpu", 24 * GIB).cache_bytes == 6 * GIB
    assert share_of(model, "cpu", 24 * GIB).tokens == 8192
    assert share_of(model, "gpu", 80 * GIB) == Share(62 * GIB, 16_384)
    assert share_of(model, "cpu", 24 * GIB, most_tokens=4096, cache_gib=2).tokens == 4096
    assert share_of(model, "cpu", 14 * GIB).tokens == 4096


def test_a_machine_that_is_too_small_is_said_with_what_is_needed() -> None:
    model = ModelFolder(Path("qwen"), 14 * GIB, 32_768, 131_072)
    with pytest.raises(InputError, match=r"--model: qwen needs 19\.4 GiB of memory, 16\.0 GiB are free"):
        share_of(model, "cpu", 16 * GIB)
