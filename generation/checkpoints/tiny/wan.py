"""A Wan of a few hundred kilobytes with random weights, in the shapes the real ones come in.

Configuration after diffusers' own tests of the family (Apache-2.0), made smaller.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Literal

from generation.checkpoints.tiny.audible import make_audible, speak_softly
from generation.checkpoints.tiny.words import WIDTH, byte_tokenizer, text_encoder

WanShape = Literal["vace", "text", "two-stage", "ti2v", "image", "image-seen"]
"""VACE does everything; the others are 2.1 T2V, 2.2 T2V-A14B, 2.2 TI2V-5B, 2.2 I2V, and 2.1 FLF2V, whose first and
last frame are also seen by a CLIP."""
SEEN_WORDS = 5
"""What a CLIP of 2 x 2 patches says of one picture."""
LONGEST_PROMPT = 512
WINDOW = {"window_frames": 9, "overlap_frames": 5}
"""Short windows, so that going on from one to the next can be tried in seconds."""


def make(folder: Path, seed: int = 0, shape: WanShape = "vace") -> None:
    """Write a pipeline of `shape` to `folder`. Sizes: multiples of 16 from 16; 4k+1 frames."""
    import torch
    from diffusers import UniPCMultistepScheduler, WanImageToVideoPipeline, WanPipeline, WanVACEPipeline

    torch.manual_seed(seed)
    tokenizer = byte_tokenizer(LONGEST_PROMPT)
    parts: dict[str, Any] = {
        "tokenizer": tokenizer,
        "text_encoder": text_encoder(len(tokenizer), is_umt5=True),
        "vae": _vae(),
        "transformer": _transformer(shape),
        "scheduler": UniPCMultistepScheduler(prediction_type="flow_prediction", use_flow_sigmas=True, flow_shift=3.0),
    }
    more = [_transformer(shape)] if shape == "two-stage" else [_seeing()] if shape == "image-seen" else []
    make_audible(parts["text_encoder"], parts["vae"], parts["transformer"], *more)
    speak_softly(parts["vae"].decoder.conv_out)
    if shape == "vace":
        pipeline: Any = WanVACEPipeline(**parts)
    elif shape == "image":
        pipeline = WanImageToVideoPipeline(**parts, image_encoder=None, image_processor=None)
    elif shape == "image-seen":
        pipeline = WanImageToVideoPipeline(**parts, image_encoder=more[0], image_processor=_image_processor())
    elif shape == "two-stage":
        pipeline = WanPipeline(**parts, transformer_2=more[0], boundary_ratio=0.9)
    else:
        pipeline = WanPipeline(**parts, expand_timesteps=shape == "ti2v")
    pipeline.save_pretrained(str(folder), safe_serialization=True)
    (folder / "adloom.json").write_text(json.dumps(WINDOW), encoding="utf-8")


def _vae() -> Any:
    from diffusers import AutoencoderKLWan

    return AutoencoderKLWan(
        base_dim=3, z_dim=16, dim_mult=[1, 1, 1, 1], num_res_blocks=1, temperal_downsample=[False, True, True]
    )


def _transformer(shape: WanShape) -> Any:
    from diffusers import WanTransformer3DModel, WanVACETransformer3DModel

    config: dict[str, Any] = {
        "patch_size": (1, 2, 2),
        "num_attention_heads": 2,
        "attention_head_dim": 12,
        "in_channels": 36 if shape.startswith("image") else 16,
        "out_channels": 16,
        "text_dim": WIDTH,
        "freq_dim": 64,
        "ffn_dim": 32,
        "num_layers": 2,
        "cross_attn_norm": True,
        "qk_norm": "rms_norm_across_heads",
        "rope_max_seq_len": 64,
    }
    if shape == "image-seen":
        config |= {"image_dim": 4, "added_kv_proj_dim": 24, "pos_embed_seq_len": 2 * SEEN_WORDS}
    made = WanVACETransformer3DModel(**config, vace_layers=[0], vace_in_channels=96) if shape == "vace" else None
    made = made or WanTransformer3DModel(**config)
    return made


def _seeing() -> Any:
    from transformers import CLIPVisionConfig, CLIPVisionModel

    config = CLIPVisionConfig(
        hidden_size=4,
        projection_dim=4,
        num_hidden_layers=2,
        num_attention_heads=2,
        image_size=32,
        intermediate_size=16,
        patch_size=16,
    )
    return CLIPVisionModel(config).eval()


def _image_processor() -> Any:
    from transformers import CLIPImageProcessor

    return CLIPImageProcessor(crop_size=32, size=32)
