"""Reference pictures for pipelines that have none of their own: an IP-Adapter beside the checkpoint.

What is seen in the references joins the prompt as a few more words (Ye et al., 2023).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generation.engines.clips.base import CheckpointRefused

if TYPE_CHECKING:
    from PIL.Image import Image

FOLDER = "ip_adapter"
ENCODER = "image_encoder"


def adapter_files(folder: Path) -> list[Path]:
    """The weights of adapters beside the checkpoint in `folder`; one is right."""
    return sorted((folder / FOLDER).glob("*.safetensors"))


def load_adapter(pipeline: Any, folder: Path) -> bool:
    """Add the adapter in `folder` to `pipeline`; False where there is none, CheckpointRefused where it does not fit.

    The folder has been looked through for pickles with the rest of the checkpoint.
    """
    files = adapter_files(folder)
    if not files or not hasattr(pipeline, "load_ip_adapter"):
        return False
    if len(files) > 1:
        raise CheckpointRefused(FOLDER, f"holds {len(files)} adapters; leave the one that is meant")
    try:
        pipeline.load_ip_adapter(
            str(folder),
            subfolder=FOLDER,
            weight_name=files[0].name,
            image_encoder_folder=ENCODER,
            local_files_only=True,
        )
    except (OSError, ValueError, KeyError, RuntimeError, TypeError) as error:
        raise CheckpointRefused(f"{FOLDER}/{files[0].name}", f"does not fit the checkpoint: {error}") from error
    return True


def given_to_adapter(pipeline: Any, references: Sequence[Image], strength: float) -> dict[str, Any]:
    """The pipeline's arguments for `references`, all for one prompt; without any the adapter is there and silent."""
    from PIL import Image

    pipeline.set_ip_adapter_scale(strength if references else 0.0)
    side = pipeline.image_encoder.config.image_size
    seen = list(references) or [Image.new("RGB", (side, side), "grey")]
    return {"ip_adapter_image": [seen]}
