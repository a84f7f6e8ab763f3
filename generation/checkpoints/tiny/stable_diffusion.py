"""A Stable Diffusion of a few hundred kilobytes with random weights, for pictures, edits and drawings.

Configuration after diffusers' own tests of the family (Apache-2.0), made smaller.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from generation.checkpoints.tiny.audible import make_audible
from generation.checkpoints.tiny.ip_adapter import write_adapter
from generation.checkpoints.tiny.words import START, WIDTH, byte_tokenizer

LONGEST_PROMPT = 200


def make(folder: Path, seed: int = 0) -> None:
    """Write the pipeline, a ControlNet in `controlnet` and an IP-Adapter in `ip_adapter`. Sizes: multiples of 16."""
    import torch
    from diffusers import ControlNetModel, StableDiffusionPipeline

    torch.manual_seed(seed)
    unet = _unet()
    tokenizer = byte_tokenizer(LONGEST_PROMPT)
    pipeline = StableDiffusionPipeline(
        vae=tiny_vae(),
        text_encoder=_text_encoder(tokenizer),
        tokenizer=tokenizer,
        unet=unet,
        scheduler=_scheduler(),
        safety_checker=None,
        feature_extractor=None,
        image_encoder=None,
        requires_safety_checker=False,
    )
    make_audible(pipeline.text_encoder, pipeline.vae, unet)
    pipeline.save_pretrained(str(folder), safe_serialization=True)
    control = ControlNetModel.from_unet(unet, conditioning_embedding_out_channels=(8, 16, 16, 16))
    make_audible(control)
    control.save_pretrained(str(folder / "controlnet"), safe_serialization=True)
    write_adapter(folder / "ip_adapter", unet)


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
        cross_attention_dim=WIDTH,
        attention_head_dim=4,
        norm_num_groups=2,
    )


def tiny_vae() -> Any:
    """A VAE of the family's kind: 8 x 8 pixels a latent, 4 channels."""
    from diffusers import AutoencoderKL

    return AutoencoderKL(
        block_out_channels=(8, 8, 8, 8),
        in_channels=3,
        out_channels=3,
        down_block_types=("DownEncoderBlock2D",) * 4,
        up_block_types=("UpDecoderBlock2D",) * 4,
        latent_channels=4,
        norm_num_groups=2,
        layers_per_block=1,
    )


def _text_encoder(tokenizer: Any) -> Any:
    from transformers import CLIPTextConfig, CLIPTextModel

    config = CLIPTextConfig(
        bos_token_id=tokenizer.convert_tokens_to_ids(START),
        eos_token_id=tokenizer.eos_token_id,
        pad_token_id=tokenizer.pad_token_id,
        hidden_size=WIDTH,
        intermediate_size=37,
        num_attention_heads=4,
        num_hidden_layers=1,
        vocab_size=len(tokenizer),
        max_position_embeddings=LONGEST_PROMPT,
    )
    return CLIPTextModel(config).eval()


def _scheduler() -> Any:
    from diffusers import DDIMScheduler

    return DDIMScheduler(
        beta_start=0.00085,
        beta_end=0.012,
        beta_schedule="scaled_linear",
        clip_sample=False,
        set_alpha_to_one=False,
        steps_offset=1,
    )
