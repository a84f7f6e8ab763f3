"""An IP-Adapter with random weights for a tiny UNet: reference pictures become four more words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from generation.checkpoints.tiny.audible import make_audible

SEEN = 8
"""How wide a picture's embedding is."""
WORDS = 4
PICTURE_SIDE = 32


def write_adapter(folder: Path, unet: Any) -> None:
    """Write the adapter for `unet` and the encoder that sees pictures, as IP-Adapter's own folders hold them."""
    import torch
    from safetensors.torch import save_file

    width = unet.config.cross_attention_dim
    weights = {
        "image_proj.proj.weight": torch.randn(WORDS * width, SEEN),
        "image_proj.proj.bias": torch.zeros(WORDS * width),
        "image_proj.norm.weight": torch.ones(width),
        "image_proj.norm.bias": torch.zeros(width),
    }
    crossing = [name for name in unet.attn_processors if not name.endswith("attn1.processor")]
    for place, name in enumerate(crossing):
        layer = unet.get_submodule(name.removesuffix(".processor")).to_k
        # Original adapters count self-attention too: every second number is a layer that crosses.
        for kind in ("to_k_ip", "to_v_ip"):
            weights[f"ip_adapter.{2 * place + 1}.{kind}.weight"] = (
                torch.randn(layer.weight.shape[0], width) / width**0.5
            )
    folder.mkdir(parents=True)
    save_file(weights, str(folder / "ip-adapter.safetensors"))
    _encoder().save_pretrained(str(folder / "image_encoder"), safe_serialization=True)


def _encoder() -> Any:
    from transformers import CLIPVisionConfig, CLIPVisionModelWithProjection

    config = CLIPVisionConfig(
        hidden_size=16,
        intermediate_size=16,
        projection_dim=SEEN,
        num_hidden_layers=1,
        num_attention_heads=2,
        image_size=PICTURE_SIDE,
        patch_size=16,
    )
    encoder = CLIPVisionModelWithProjection(config).eval()
    make_audible(encoder)
    return encoder
