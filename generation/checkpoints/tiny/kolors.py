"""A Kolors of a few hundred kilobytes with random weights: a ChatGLM reads, a UNet like SDXL's draws.

Configuration after diffusers' own tests of the family (Apache-2.0), made smaller.
"""

from __future__ import annotations

import io
import tempfile
from pathlib import Path
from typing import Any

from generation.checkpoints.tiny.audible import make_audible
from generation.checkpoints.tiny.stable_diffusion import tiny_vae

WIDTH = 16
LONGEST_PROMPT = 256
CORPUS = ("a red cup on a table", "一只红色的杯子放在桌上")


def make(folder: Path, seed: int = 0) -> None:
    """Write a text-to-image pipeline to `folder`. Sizes: multiples of 16 from 16. Needs sentencepiece."""
    import torch
    from diffusers import EulerDiscreteScheduler, KolorsPipeline

    torch.manual_seed(seed)
    encoder, unet, vae = _text_encoder(), _unet(), tiny_vae()
    make_audible(encoder, unet, vae)
    with tempfile.TemporaryDirectory() as words:
        pipeline = KolorsPipeline(
            vae=vae,
            text_encoder=encoder,
            tokenizer=_tokenizer(Path(words) / "tokenizer.model"),
            unet=unet,
            scheduler=EulerDiscreteScheduler(beta_schedule="scaled_linear", steps_offset=1),
        )
        pipeline.save_pretrained(str(folder), safe_serialization=True)


def _tokenizer(path: Path) -> Any:
    """A SentencePiece model of single bytes, learned from two sentences."""
    from diffusers.pipelines.kolors.tokenizer import ChatGLMTokenizer
    from sentencepiece import SentencePieceTrainer

    learned = io.BytesIO()
    SentencePieceTrainer.train(
        sentence_iterator=iter(CORPUS * 3),
        model_writer=learned,
        vocab_size=300,
        byte_fallback=True,
        hard_vocab_limit=False,
        character_coverage=1.0,
        normalization_rule_name="identity",
        minloglevel=2,
    )
    path.write_bytes(learned.getvalue())
    return ChatGLMTokenizer(str(path))


def _text_encoder() -> Any:
    import torch
    from diffusers.pipelines.kolors.text_encoder import ChatGLMConfig, ChatGLMModel

    config = ChatGLMConfig(
        num_layers=2,
        padded_vocab_size=400,
        hidden_size=WIDTH,
        ffn_hidden_size=24,
        kv_channels=8,
        num_attention_heads=2,
        multi_query_attention=True,
        multi_query_group_num=1,
        add_qkv_bias=True,
        seq_length=2 * LONGEST_PROMPT,
        original_rope=True,
    )
    encoder = ChatGLMModel(config).eval()
    # Its layers are made of unwritten memory.
    for name, values in encoder.named_parameters():
        if values.ndim == 1:
            torch.nn.init.constant_(values, 0.0 if name.endswith("bias") else 1.0)
    return encoder


def _unet() -> Any:
    from diffusers import UNet2DConditionModel

    return UNet2DConditionModel(
        block_out_channels=(8, 16),
        layers_per_block=1,
        sample_size=8,
        in_channels=4,
        out_channels=4,
        down_block_types=("DownBlock2D", "CrossAttnDownBlock2D"),
        up_block_types=("CrossAttnUpBlock2D", "UpBlock2D"),
        attention_head_dim=(2, 4),
        use_linear_projection=True,
        addition_embed_type="text_time",
        addition_time_embed_dim=8,
        transformer_layers_per_block=(1, 1),
        projection_class_embeddings_input_dim=WIDTH + 6 * 8,
        cross_attention_dim=WIDTH,
        norm_num_groups=2,
    )
