"""What each family of models can at best; a loaded checkpoint says what it can itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from generation.engines.clips.base import ClipCapabilities, ClipKind

_CLIPS: frozenset[ClipKind] = frozenset({"text-to-video", "image-to-video", "first-last-frame", "extend"})

CAPABILITIES: Mapping[str, ClipCapabilities] = {
    # Stable Diffusion, SDXL, Kolors and Qwen-Image: all take multiples of 16.
    "stable-diffusion": ClipCapabilities(
        # A picture from reference pictures counts as an edit; what edits a picture is the engine "edit".
        kinds=frozenset({"text-to-image", "edit"}),
        size_multiple=16,
        camera="none",
        references=True,
        sketch=True,
        sizes=((768, 1344), (1344, 768), (1024, 1024)),
        batched=frozenset({"text-to-image"}),
    ),
    "edit": ClipCapabilities(
        kinds=frozenset({"edit"}),
        size_multiple=16,
        camera="none",
        references=True,
        mask=True,
        sizes=((768, 1344), (1344, 768), (1024, 1024)),
    ),
    # Wan 2.1 and 2.2: 81 frames at 16 fps (2.2 TI2V-5B: 121 at 24).
    "wan": ClipCapabilities(
        kinds=_CLIPS,
        frame_step=4,
        size_multiple=16,
        native_fps=16,
        window_frames=81,
        overlap_frames=5,
        camera="control",
        references=True,
        sketch=True,
        sizes=((480, 832), (832, 480), (624, 624), (720, 1280), (1280, 720), (960, 960)),
        batched=frozenset({"text-to-video"}),
    ),
    # LTX-Video 0.9: 161 frames at 24 fps; its VAE folds 32 x 32 pixels and 8 frames.
    "ltx": ClipCapabilities(
        kinds=_CLIPS,
        frame_step=8,
        size_multiple=32,
        least_side=32,
        native_fps=24,
        window_frames=161,
        overlap_frames=9,
        upscaler="latent",
        prompt_tokens=256,
        sizes=((480, 832), (832, 480), (640, 640), (704, 1216), (1216, 704)),
        batched=frozenset({"text-to-video", "image-to-video"}),
    ),
    # CogVideoX: 49 frames at 8 fps (1.5: 81 at 16).
    "cogvideox": ClipCapabilities(
        kinds=frozenset({"text-to-video", "image-to-video", "extend"}),
        frame_step=4,
        size_multiple=16,
        native_fps=8,
        window_frames=49,
        overlap_frames=1,
        prompt_tokens=226,
        sizes=((720, 480), (768, 1360), (1360, 768), (768, 768)),
        batched=frozenset({"text-to-video", "image-to-video"}),
    ),
}


def engines_that(can: Callable[[ClipCapabilities], bool]) -> str:
    """Names of the engines for which `can` holds, as a sentence lists them."""
    return ", ".join(name for name, capabilities in CAPABILITIES.items() if can(capabilities)) or "none"
