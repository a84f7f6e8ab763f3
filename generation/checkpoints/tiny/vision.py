"""A tiny random language model that can look: Idefics3 (SmolVLM's form), an eye of two layers before a small Llama.

Of the forms vLLM serves this is one whose pictures are made ready without torchvision.
"""

from __future__ import annotations

import json
from pathlib import Path

from generation.checkpoints.tiny.llm import MARKS, WORDS, lean, pairs, text_shape, tokenizer_of, write

PICTURE, AROUND, WHOLE = "<image>", "<fake_token_around_image>", "<global-img>"
SIDE = 56
PATCH = 14
FOLD = 2
"""So many patches a side become one token of the prompt."""
EYE_WIDTH = 32


def make(folder: Path, seed: int = 0, words: str = WORDS) -> None:
    """Write into `folder` what `from_pretrained(folder)` reads. What it says are strings of `words`, whatever it is
    shown."""
    import torch
    from transformers import Idefics3Config, Idefics3ForConditionalGeneration

    known = pairs(words)
    tokenizer = tokenizer_of(known, (*MARKS, PICTURE, AROUND, WHOLE, "<end_of_utterance>"))
    shape = text_shape(tokenizer)
    eye = {
        "hidden_size": EYE_WIDTH,
        "intermediate_size": 2 * EYE_WIDTH,
        "num_hidden_layers": 2,
        "num_attention_heads": 2,
        "image_size": SIDE,
        "patch_size": PATCH,
    }
    config = Idefics3Config(
        vision_config=eye,
        text_config={**shape, "model_type": "llama"},
        image_token_id=tokenizer.convert_tokens_to_ids(PICTURE),
        scale_factor=FOLD,
        pad_token_id=shape["pad_token_id"],
    )
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        model = Idefics3ForConditionalGeneration(config).to(torch.bfloat16).eval()
    lean(model, tokenizer, known)
    write(folder, model, tokenizer)
    _write_processor(folder)


def _write_processor(folder: Path) -> None:
    """How pictures are made ready. Written out: the class that would write it wants torchvision to be loaded."""
    pictures = {
        "image_processor_type": "Idefics3ImageProcessor",
        "do_convert_rgb": True,
        "do_resize": True,
        "size": {"longest_edge": SIDE},
        "max_image_size": {"longest_edge": SIDE},
        "do_image_splitting": False,
        "do_rescale": True,
        "rescale_factor": 1 / 255,
        "do_normalize": True,
        "image_mean": [0.5, 0.5, 0.5],
        "image_std": [0.5, 0.5, 0.5],
        "do_pad": True,
    }
    tokens = (SIDE // PATCH // FOLD) ** 2
    (folder / "preprocessor_config.json").write_text(json.dumps(pictures, indent=1))
    processor = {"processor_class": "Idefics3Processor", "image_seq_len": tokens}
    (folder / "processor_config.json").write_text(json.dumps(processor, indent=1))
