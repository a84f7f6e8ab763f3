"""A picture changed by words: another product in the hand, other clothes on the person, a part painted anew.

Qwen-Image-Edit and its like follow an instruction and take reference pictures (the product to put in,
the garment to put on); Stable Diffusion, SDXL, Kolors and Qwen-Image start from the picture and leave it as
far as `strength` says. With a mask only its white part changes. The result is the first frame of a clip
by any engine that takes one.
"""

from __future__ import annotations

import inspect
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.errors import InputError
from generation.engines.clips.base import ClipCapabilities, ClipRequest
from generation.engines.clips.capabilities import CAPABILITIES
from generation.engines.clips.loading import checkpoint_hash, memory_of, open_pipeline, pipeline_settings
from generation.engines.clips.making import LoadedClips, Window
from generation.engines.clips.pictures import fitted, open_picture
from generation.engines.clips.running import Progress, as_pictures, run_pipeline
from generation.engines.clips.shapes import check_request

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PIL.Image import Image


@dataclass(frozen=True)
class EditWay:
    """How one pipeline edits: by instruction or by leaving the picture, with how many pictures, with a mask or not."""

    by_instruction: bool
    pictures: int = 1
    can_mask: bool = False
    guidance: str = "guidance_scale"
    prompt_tokens: int = 0


CLASSES = {
    "QwenImageEditPipeline": EditWay(True, 1, True, "true_cfg_scale", 512),
    "QwenImageEditPlusPipeline": EditWay(True, 3, False, "true_cfg_scale", 512),
    "StableDiffusionPipeline": EditWay(False, 1, True),
    "StableDiffusionXLPipeline": EditWay(False, 1, True),
    "KolorsPipeline": EditWay(False, 1, False, prompt_tokens=256),
    "QwenImagePipeline": EditWay(False, 1, True, "true_cfg_scale", 512),
}


@dataclass(frozen=True)
class EditEngine:
    """See `ClipEngine`."""

    name: str = "edit"
    capabilities: ClipCapabilities = CAPABILITIES["edit"]

    def check(self, request: ClipRequest) -> None:
        check_request(request, self.capabilities, self.name)

    def able(self, folder: Path) -> ClipCapabilities:
        way = CLASSES[pipeline_settings(folder, self.name, CLASSES)["_class_name"]]
        return replace(self.capabilities, references=way.pictures > 1, mask=way.can_mask)

    def load(self, folder: Path, device: str) -> LoadedClips:
        pipeline = open_pipeline(folder, self.name, CLASSES, device)
        way = CLASSES[type(pipeline).__name__]
        able = self.able(folder)
        most = way.prompt_tokens or int(pipeline.tokenizer.model_max_length)
        runner = EditRunner(pipeline.tokenizer, most, way, _whole(pipeline, way), _masked(pipeline, way))
        memory = memory_of(pipeline)
        return LoadedClips(self.name, checkpoint_hash(folder), memory, able, device, pipeline, runner)


@dataclass(frozen=True)
class EditRunner:
    """See `WindowRunner`. `masked` is the pipeline that paints inside a mask, None where there is none."""

    tokenizer: Any
    prompt_tokens: int
    way: EditWay
    whole: Any
    masked: Any | None

    def run(self, windows: Sequence[Window], progress: Progress) -> list[NDArray[np.uint8]]:
        return [self._edited(window, progress) for window in windows]

    def enlarge(self, frames: NDArray[np.uint8], factor: int, generator: Any) -> None:
        return None

    def _edited(self, window: Window, progress: Progress) -> NDArray[np.uint8]:
        request = window.request
        pictures = _pictures(window, self.way)
        arguments: dict[str, Any] = {
            "prompt": window.prompt,
            "negative_prompt": window.negative or (" " if self.way.guidance == "true_cfg_scale" else None),
            "image": pictures if self.way.pictures > 1 else pictures[0],
            self.way.guidance: request.guidance,
            "generator": window.generator,
            "output_type": "np",
        }
        pipeline = self.whole
        if request.mask and self.masked is not None:
            pipeline = self.masked
            arguments["mask_image"] = _opened("mask", request.mask, request)
        # Some take their size from the picture, others make 1024 x 1024 unless told; so for `strength`.
        accepted = inspect.signature(pipeline.__call__).parameters
        wishes = {"width": request.width, "height": request.height, "strength": request.strength}
        arguments |= {name: value for name, value in wishes.items() if name in accepted}
        made = as_pictures(run_pipeline(pipeline, progress, request.steps, **arguments).images, pipeline)
        return _sized(made, request)


def _whole(pipeline: Any, way: EditWay) -> Any:
    from diffusers import AutoPipelineForImage2Image

    return pipeline if way.by_instruction else AutoPipelineForImage2Image.from_pipe(pipeline)


def _masked(pipeline: Any, way: EditWay) -> Any | None:
    from diffusers import AutoPipelineForInpainting

    return AutoPipelineForInpainting.from_pipe(pipeline) if way.can_mask else None


def _pictures(window: Window, way: EditWay) -> list[Image]:
    """The picture to edit, then what it shall take over, at the size ordered."""
    request = window.request
    given = [_opened("image", request.image, request)] if request.image else []
    given += window.references
    if not given:
        raise InputError("image", "an edit needs a picture to start from", "image")
    if len(given) > way.pictures:
        raise InputError(
            "references", f"this checkpoint takes {way.pictures} pictures in all, not {len(given)}", "references"
        )
    return given


def _sized(made: NDArray[np.uint8], request: ClipRequest) -> NDArray[np.uint8]:
    """`made` at the size ordered: Qwen's masked edit works at one megapixel whatever is asked."""
    import numpy as np
    from PIL import Image

    if made.shape[1:3] == (request.height, request.width):
        return made
    return np.asarray(fitted(Image.fromarray(made[0]), request.width, request.height))[None]


def _opened(thing: str, path: str, request: ClipRequest) -> Image:
    return fitted(open_picture(thing, path), request.width, request.height)
