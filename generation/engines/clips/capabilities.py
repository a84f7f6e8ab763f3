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
        edits=True,
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


REGISTERED: Mapping[str, tuple[str, ...]] = {
    "text-to-image": ("kolors", "qwen-image", "sdxl"),
    "edit": ("qwen-image-edit", "qwen-image-edit-2509"),
    "text-to-video": ("wan2.1-t2v-1.3b", "wan2.1-t2v-14b", "wan2.1-vace-1.3b", "ltx-video", "cogvideox-5b"),
    "image-to-video": ("wan2.1-i2v-14b-480p", "wan2.1-vace-1.3b", "ltx-video", "cogvideox-5b-i2v"),
    "first-last-frame": ("wan2.1-flf2v-14b", "wan2.1-vace-1.3b"),
    "extend": ("wan2.1-i2v-14b-480p", "wan2.1-vace-1.3b", "ltx-video", "cogvideox-5b-i2v"),
    "image": ("qwen-image-edit", "qwen-image-edit-2509"),
    "references": ("qwen-image-edit-2509", "wan2.1-vace-1.3b"),
    "sketch": ("wan2.1-vace-1.3b",),
    "mask": ("qwen-image-edit",),
    "camera": ("wan2.1-vace-1.3b", "wan2.1-t2v-1.3b", "ltx-video", "cogvideox-5b"),
}
"""Registered checkpoints that can what one of their family may lack, by what is asked for."""


def able_to(wish: str, can: Callable[[ClipCapabilities], bool]) -> str:
    """Engines for which `can` holds, and registered checkpoints of theirs that can `wish`, as a sentence lists them."""
    engines = ", ".join(name for name, capabilities in CAPABILITIES.items() if can(capabilities)) or "none"
    named = REGISTERED.get(wish, ())
    return f"{engines}" + (f" (such as {', '.join(named)})" if named else "")
