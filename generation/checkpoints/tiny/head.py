"""A talking head with few random weights: the layout and the shapes of a real one, in 20 megabytes.

A mouth drawn by it is noise; everything around the mouth can be tried with it.
"""

from __future__ import annotations

from pathlib import Path

HIDDEN = 384
HEARD_SECONDS = 5
"""Real ears take 30 s at once; five make a tiny head six times as quick."""


def make(folder: Path, seed: int = 0) -> None:
    """Write unet/, vae/ and whisper/ into `folder` as `from_pretrained` reads them; same seed, same bytes."""
    import torch
    from diffusers import AutoencoderKL, UNet2DConditionModel
    from transformers import WhisperConfig, WhisperFeatureExtractor, WhisperModel
    from transformers.utils import logging

    logging.disable_progress_bar()
    folder.mkdir(parents=True, exist_ok=True)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        unet = UNet2DConditionModel(
            sample_size=32,
            in_channels=8,
            out_channels=4,
            block_out_channels=(16, 32),
            layers_per_block=1,
            norm_num_groups=8,
            down_block_types=("CrossAttnDownBlock2D", "DownBlock2D"),
            up_block_types=("UpBlock2D", "CrossAttnUpBlock2D"),
            cross_attention_dim=HIDDEN,
            attention_head_dim=8,
        )
        vae = AutoencoderKL(
            block_out_channels=(8, 8, 16, 16),
            down_block_types=("DownEncoderBlock2D",) * 4,
            up_block_types=("UpDecoderBlock2D",) * 4,
            layers_per_block=1,
            norm_num_groups=8,
            sample_size=256,
        )
        whisper = WhisperModel(_whisper_config(WhisperConfig))
    unet.save_pretrained(folder / "unet", safe_serialization=True)
    vae.save_pretrained(folder / "vae", safe_serialization=True)
    whisper.save_pretrained(folder / "whisper")
    WhisperFeatureExtractor(chunk_length=HEARD_SECONDS).save_pretrained(folder / "whisper")


def _whisper_config(config: type) -> object:
    """Four layers give five hidden states; 50 of them a second."""
    return config(
        vocab_size=64,
        d_model=HIDDEN,
        encoder_layers=4,
        encoder_attention_heads=6,
        encoder_ffn_dim=64,
        decoder_layers=1,
        decoder_attention_heads=6,
        decoder_ffn_dim=64,
        max_source_positions=HEARD_SECONDS * 50,
        max_target_positions=8,
        pad_token_id=0,
        bos_token_id=1,
        eos_token_id=2,
        decoder_start_token_id=1,
        begin_suppress_tokens=[2],
    )
