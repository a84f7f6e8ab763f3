"""What tiny pipelines read prompts with: a tokenizer of single bytes and an encoder of random weights."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from transformers import PreTrainedModel, PreTrainedTokenizerFast

PAD, END, UNKNOWN, START = "<pad>", "</s>", "<unk>", "<s>"
WIDTH = 32
"""How wide a token's embedding is; the transformers take it as `text_dim` or its like."""


def byte_tokenizer(longest: int) -> PreTrainedTokenizerFast:
    """One token a byte of UTF-8, so that every language reads; built in memory, at most `longest` tokens."""
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, processors
    from transformers import PreTrainedTokenizerFast

    letters = sorted(pre_tokenizers.ByteLevel.alphabet())
    vocabulary = {piece: number for number, piece in enumerate([PAD, END, UNKNOWN, START, *letters])}
    tokenizer = Tokenizer(models.BPE(vocab=vocabulary, merges=[], unk_token=UNKNOWN))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"$A {END}", special_tokens=[(END, vocabulary[END])]
    )
    return PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        pad_token=PAD,
        eos_token=END,
        unk_token=UNKNOWN,
        bos_token=START,
        model_max_length=longest,
    )


def text_encoder(words: int, *, is_umt5: bool = False) -> PreTrainedModel:
    """A T5 (or UMT5) encoder of one layer for `words` tokens; dropout is off, or no two runs were alike."""
    from transformers import T5Config, T5EncoderModel, UMT5Config, UMT5EncoderModel

    sizes = {"d_model": WIDTH, "d_kv": 8, "d_ff": 37, "num_layers": 1, "num_heads": 4, "dropout_rate": 0.0}
    if is_umt5:
        return UMT5EncoderModel(UMT5Config(vocab_size=words, **sizes)).eval()
    return T5EncoderModel(T5Config(vocab_size=words, **sizes)).eval()
