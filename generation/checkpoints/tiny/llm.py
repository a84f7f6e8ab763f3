"""A tiny random language model (Qwen2, 2 layers, 64 wide) with a byte-level tokenizer and a chat template."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

CHAT_TEMPLATE = (
    "{% for message in messages %}<|im_start|>{{ message['role'] }}\n{{ message['content'] }}<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)
MARKS = ("<|endoftext|>", "<|im_start|>", "<|im_end|>")
CONTEXT_TOKENS = 16_384
"""A byte a token makes prompts long."""
WIDTH = 64
WORDS = (
    "早上出门回家桌上手边一杯一点慢慢轻轻刚刚这时朋友家人孩子同事周末下午夜里天气厨房阳台窗边包里打开放好拿起试试看看想想说说记得喜欢愿意"
    "觉得习惯换个方式味道颜色手感声音光线日子时候心情简单安静舒服顺手干净柔和自在从容认真大方清楚明白再来一起不用就好也行因为所以但是如果还有"
)
"""Words of two characters each."""
_QUOTE_LOGIT = 2.4
"""A text ends after about eight of the words."""
_OTHER_LOGIT = -9.0


def make(folder: Path, seed: int = 0, words: str = "") -> None:
    """Write into `folder` what `from_pretrained(folder)` reads: config, safetensors, a fast tokenizer.

    Without `words` every token is about as likely as any other: the hardest case for a server
    that has to keep to a schema. With them (`WORDS`) the model's texts are strings of those
    words, so that what it says can pass a check of what may be said.
    """
    import torch
    from transformers import Qwen2Config, Qwen2ForCausalLM

    known = pairs(words)
    tokenizer = tokenizer_of(known)
    config = Qwen2Config(**text_shape(tokenizer))
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        model = Qwen2ForCausalLM(config).to(torch.bfloat16).eval()
    lean(model, tokenizer, known)
    write(folder, model, tokenizer)


def pairs(words: str) -> list[str]:
    """Words of two characters each, "" for none."""
    return [words[start : start + 2] for start in range(0, len(words), 2)]


def text_shape(tokenizer: Any) -> dict[str, Any]:
    """What a config of the Qwen family says of a model this small."""
    return {
        "vocab_size": len(tokenizer),
        "hidden_size": WIDTH,
        "intermediate_size": 2 * WIDTH,
        "num_hidden_layers": 2,
        "num_attention_heads": 2,
        "num_key_value_heads": 2,
        "max_position_embeddings": CONTEXT_TOKENS,
        "tie_word_embeddings": False,
        "bos_token_id": None,
        "eos_token_id": tokenizer.convert_tokens_to_ids("<|im_end|>"),
        "pad_token_id": tokenizer.convert_tokens_to_ids("<|endoftext|>"),
    }


def write(folder: Path, model: Any, tokenizer: Any) -> None:
    """Config, safetensors, tokenizer."""
    folder.mkdir(parents=True, exist_ok=True)
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    # Sampling settings of its own would make a test's temperature one of two.
    (folder / "generation_config.json").write_text(json.dumps({"eos_token_id": tokenizer.eos_token_id}))


def tokenizer_of(words: Sequence[str], marks: Sequence[str] = MARKS) -> Any:
    """All 256 bytes, `marks`, and `words` as tokens of their own."""
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
    from transformers import PreTrainedTokenizerFast

    inner = Tokenizer(models.BPE())
    inner.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    inner.decoder = decoders.ByteLevel()
    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    size = len(alphabet) + len(marks) + 8 * len(words)
    trainer = trainers.BpeTrainer(
        vocab_size=size, initial_alphabet=alphabet, special_tokens=list(marks), show_progress=False
    )
    inner.train_from_iterator([word for word in words for _ in range(20)], trainer)
    return PreTrainedTokenizerFast(
        tokenizer_object=inner,
        eos_token="<|im_end|>",
        pad_token="<|endoftext|>",
        chat_template=CHAT_TEMPLATE,
        model_max_length=CONTEXT_TOKENS,
    )


def lean(model: Any, tokenizer: Any, words: Sequence[str]) -> None:
    """One place of the hidden state becomes the same for every text; the last layer weighs tokens by it. Without
    `words` nothing changes."""
    import torch

    if not words:
        return
    with torch.no_grad():
        model.get_input_embeddings().weight[:, 0] = 1.0
        head = model.get_output_embeddings().weight
        # After the last norm that place is about the root of the width, all others being small.
        unit = WIDTH**0.5
        head[:, 0] = _OTHER_LOGIT / unit
        for token, logit in _liked(tokenizer, words):
            head[token, 0] = logit / unit


def _liked(tokenizer: Any, words: Sequence[str]) -> Iterator[tuple[int, float]]:
    for word in words:
        tokens = tokenizer.encode(word, add_special_tokens=False)
        if len(tokens) == 1:
            yield tokens[0], 0.0
    yield tokenizer.encode('"', add_special_tokens=False)[0], _QUOTE_LOGIT
