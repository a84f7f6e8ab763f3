"""A Qwen-Image of a few hundred kilobytes with random weights.

Configuration after diffusers' own tests of the family (Apache-2.0), made smaller.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

from generation.checkpoints.tiny.audible import make_audible
from generation.checkpoints.tiny.words import byte_tokenizer

QwenImageShape = Literal["words", "edit", "edit-several"]
"""Qwen-Image, Qwen-Image-Edit, and its 2509 that takes several pictures."""
WIDTH = 16
LONGEST_PROMPT = 1200
"""The pipeline wraps a prompt in 200 bytes of its own."""
MARKS = ("<|im_start|>", "<|im_end|>", "<|vision_start|>", "<|vision_end|>", "<|image_pad|>", "<|video_pad|>")


def make(folder: Path, seed: int = 0, shape: QwenImageShape = "words") -> None:
    """Write a pipeline of `shape` to `folder`. Sizes: multiples of 16 from 16. Those that edit need torchvision."""
    import torch
    from diffusers import FlowMatchEulerDiscreteScheduler

    torch.manual_seed(seed)
    tokenizer = byte_tokenizer(LONGEST_PROMPT)
    tokenizer.add_special_tokens({"additional_special_tokens": list(MARKS)})
    encoder, transformer, vae = _text_encoder(tokenizer), _transformer(), _vae()
    make_audible(encoder, transformer, vae)
    pipeline = _pipeline_class(shape)(
        scheduler=FlowMatchEulerDiscreteScheduler(),
        vae=vae,
        text_encoder=encoder,
        tokenizer=tokenizer,
        transformer=transformer,
        **({} if shape == "words" else {"processor": _processor(tokenizer)}),
    )
    pipeline.save_pretrained(str(folder), safe_serialization=True)


def _pipeline_class(shape: QwenImageShape) -> Any:
    import diffusers

    names = {"words": "QwenImagePipeline", "edit": "QwenImageEditPipeline", "edit-several": "QwenImageEditPlusPipeline"}
    return getattr(diffusers, names[shape])


def _processor(tokenizer: Any) -> Any:
    """What turns pictures into patches beside the words; each becomes four of them."""
    from transformers import Qwen2VLImageProcessor, Qwen2VLProcessor, Qwen2VLVideoProcessor

    pictures = Qwen2VLImageProcessor(min_pixels=56 * 56, max_pixels=56 * 56)
    return Qwen2VLProcessor(image_processor=pictures, tokenizer=tokenizer, video_processor=Qwen2VLVideoProcessor())


def _text_encoder(tokenizer: Any) -> Any:
    from transformers import Qwen2_5_VLConfig, Qwen2_5_VLForConditionalGeneration

    start, end, image, video = (tokenizer.convert_tokens_to_ids(mark) for mark in MARKS[2:])
    text = {
        "hidden_size": WIDTH,
        "intermediate_size": WIDTH,
        "num_hidden_layers": 1,
        "num_attention_heads": 2,
        "num_key_value_heads": 2,
        "vocab_size": len(tokenizer),
        "max_position_embeddings": 2 * LONGEST_PROMPT,
        "rope_parameters": {"mrope_section": [1, 1, 2], "rope_type": "default", "rope_theta": 1e6},
    }
    sight = {
        "depth": 1,
        "hidden_size": WIDTH,
        "intermediate_size": WIDTH,
        "num_heads": 2,
        "out_hidden_size": WIDTH,
        "fullatt_block_indexes": [0],
    }
    config = Qwen2_5_VLConfig(
        text_config=text,
        vision_config=sight,
        vision_start_token_id=start,
        vision_end_token_id=end,
        image_token_id=image,
        video_token_id=video,
    )
    return Qwen2_5_VLForConditionalGeneration(config).eval()


def _transformer() -> Any:
    from diffusers import QwenImageTransformer2DModel

    return QwenImageTransformer2DModel(
        patch_size=2,
        in_channels=16,
        out_channels=4,
        num_layers=1,
        attention_head_dim=16,
        num_attention_heads=2,
        joint_attention_dim=WIDTH,
        guidance_embeds=False,
        axes_dims_rope=(8, 4, 4),
    )


def _vae() -> Any:
    from diffusers import AutoencoderKLQwenImage

    return AutoencoderKLQwenImage(
        base_dim=8,
        z_dim=4,
        dim_mult=[1, 1, 1, 1],
        num_res_blocks=1,
        temperal_downsample=[False, True, True],
        latents_mean=[0.0] * 4,
        latents_std=[1.0] * 4,
    )
