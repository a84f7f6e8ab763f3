"""A tiny random model that makes vectors of texts: BERT, 2 layers, 64 wide, laid out as the bge models are."""

from __future__ import annotations

import json
from pathlib import Path

from generation.checkpoints.tiny.llm import WIDTH, tokenizer_of

CONTEXT_TOKENS = 512
_PACKAGE = "sentence_transformers.models"


def make(folder: Path, seed: int = 0) -> None:
    """Write into `folder` what a server of embeddings reads.

    A text's vector has 64 numbers and the length 1, and hangs on every byte of the text; what it means is chance.
    """
    import torch
    from transformers import BertConfig, BertModel

    tokenizer = tokenizer_of([])
    tokenizer.model_max_length = CONTEXT_TOKENS
    config = BertConfig(
        vocab_size=len(tokenizer),
        hidden_size=WIDTH,
        intermediate_size=2 * WIDTH,
        num_hidden_layers=2,
        num_attention_heads=2,
        max_position_embeddings=CONTEXT_TOKENS,
        pad_token_id=tokenizer.pad_token_id,
    )
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        model = BertModel(config).eval()
    folder.mkdir(parents=True, exist_ok=True)
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    _write_modules(folder)


def _write_modules(folder: Path) -> None:
    """What is done with the hidden states: the first token's is the text's, brought to the length 1."""
    modules = [
        {"idx": 0, "name": "0", "path": "", "type": f"{_PACKAGE}.Transformer"},
        {"idx": 1, "name": "1", "path": "1_Pooling", "type": f"{_PACKAGE}.Pooling"},
        {"idx": 2, "name": "2", "path": "2_Normalize", "type": f"{_PACKAGE}.Normalize"},
    ]
    (folder / "modules.json").write_text(json.dumps(modules, indent=1))
    (folder / "1_Pooling").mkdir(exist_ok=True)
    pooling = {"word_embedding_dimension": WIDTH, "pooling_mode_cls_token": True}
    (folder / "1_Pooling" / "config.json").write_text(json.dumps(pooling, indent=1))
    (folder / "sentence_bert_config.json").write_text(json.dumps({"max_seq_length": CONTEXT_TOKENS}))
