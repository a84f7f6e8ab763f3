"""VBench's consistency dimensions, where their networks lie in a local folder.

Source of the formula: VBench, `subject_consistency` and `background_consistency`: each
frame's features are set against the frame before and against the first, cosines below zero
count as zero, the mean of the two is averaged over the frames. The networks are DINO
ViT-B/16 (its class token) and CLIP ViT-B/32 (its picture embedding), in the layout of
transformers: `dino-vitb16/` and `clip-vit-base-patch32/` under EVALUATION_MODELS_DIR.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from core.errors import InputError
from generation.quality.scores.contracts import Frames, Score, hash_frames

if TYPE_CHECKING:
    import torch

FOLDERS = {"subject_consistency": "dino-vitb16", "background_consistency": "clip-vit-base-patch32"}
_DINO = ((0.485, 0.456, 0.406), (0.229, 0.224, 0.225))
_CLIP = ((0.48145466, 0.4578275, 0.40821073), (0.26862954, 0.26130258, 0.27577711))


def consistency(features: NDArray[np.float32]) -> float:
    """0..1 of features (frames, size), two frames at least."""
    unit = features / np.maximum(np.linalg.norm(features, axis=1, keepdims=True), 1e-12)
    to_last = np.maximum(np.sum(unit[1:] * unit[:-1], axis=1), 0.0)
    to_first = np.maximum(unit[1:] @ unit[0], 0.0)
    return float(np.mean((to_last + to_first) / 2))


def model_scores(frames: Frames, folder: Path | None) -> tuple[Score, ...]:
    """The dimensions whose networks are in `folder`, none without one; InputError names a network that is none."""
    present = [(name, folder / each) for name, each in FOLDERS.items() if folder and (folder / each).is_dir()]
    if len(frames) < 2:
        return ()
    inputs = hash_frames(frames)
    return tuple(
        Score(name, consistency(_features(name, path, frames)), "model", _version(path), inputs)
        for name, path in present
    )


def _features(name: str, folder: Path, frames: Frames) -> NDArray[np.float32]:
    import torch

    is_dino = name == "subject_consistency"
    model = _load(folder, is_dino)
    with torch.no_grad():
        rows = [_one(model, _picture(frame, model, is_dino), is_dino) for frame in frames]
    return np.asarray(torch.cat(rows).float().numpy(), np.float32)


def _load(folder: Path, is_dino: bool) -> Any:
    from transformers import CLIPVisionModelWithProjection, ViTModel

    kind = ViTModel if is_dino else CLIPVisionModelWithProjection
    try:
        options: dict[str, Any] = {"add_pooling_layer": False} if is_dino else {}
        return kind.from_pretrained(str(folder), local_files_only=True, use_safetensors=True, **options).eval()
    except (OSError, ValueError, RuntimeError) as error:
        raise InputError(str(folder), f"holds no {folder.name} that can be read: {error}", "no_weights") from error


def _one(model: Any, picture: torch.Tensor, is_dino: bool) -> torch.Tensor:
    if is_dino:
        return model(pixel_values=picture, interpolate_pos_encoding=True).last_hidden_state[:, 0]
    return model(pixel_values=picture).image_embeds


def _picture(frame: NDArray[np.uint8], model: Any, is_dino: bool) -> torch.Tensor:
    """(1, 3, h, w), shorter side as the network wants it; CLIP's cropped square, DINO's left long as VBench does."""
    import torch

    side = int(getattr(model.config, "image_size", 224))
    picture = torch.from_numpy(np.ascontiguousarray(frame)).permute(2, 0, 1)[None].float()
    height, width = picture.shape[-2:]
    scale = side / min(height, width)
    size = (max(int(height * scale), side), max(int(width * scale), side))
    mode = "bilinear" if is_dino else "bicubic"
    picture = torch.nn.functional.interpolate(picture, size, mode=mode, align_corners=False, antialias=False)
    if not is_dino:
        top, left = round((size[0] - side) / 2), round((size[1] - side) / 2)
        picture = picture[..., top : top + side, left : left + side]
    mean, deviation = (torch.tensor(each)[None, :, None, None] for each in (_DINO if is_dino else _CLIP))
    return (picture.clamp(0, 255) / 255.0 - mean) / deviation


def _version(folder: Path) -> str:
    """Which weights: the beginning of the hash of their files."""
    digest = hashlib.sha256()
    for path in sorted(folder.glob("*.safetensors")):
        with path.open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    return f"{folder.name}-{digest.hexdigest()[:12]}"
