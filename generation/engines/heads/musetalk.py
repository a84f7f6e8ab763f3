"""A head of MuseTalk's shape in torch and diffusers: one pass of a U-Net over a half-masked face and what is heard.

Layout and numbers after MuseTalk 1.5 (MIT): whisper-tiny's five hidden states at 50 a second, ten steps of them for a
picture, latents of the masked and the whole face side by side, timestep 0.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from generation.engines.heads.cache import AvatarCache
from generation.engines.heads.checkpoint import NEEDS_GPU, check_checkpoint, hash_checkpoint, needs_gpu
from generation.engines.heads.contracts import Box, HeadBroken, HeadMissing, HeadOutOfMemory, HeadRefused, HeadSpec
from generation.engines.heads.hearing import HEAD_RATE

STEPS_A_SECOND = 50
STEPS_A_FRAME = 2
WINDOW_STEPS = 10


def load_musetalk(folder: Path, device: str = "cpu", batch: int = 8) -> MuseTalkHead:
    """The head in `folder` on `device` ("cpu", "cuda", "cuda:1"), drawing `batch` faces a pass.

    HeadRefused for a folder that is none, HeadMissing where torch is not installed or the device cannot carry it.
    """
    check_checkpoint(folder)
    try:
        import torch
        from diffusers import AutoencoderKL, UNet2DConditionModel
        from transformers import WhisperFeatureExtractor, WhisperModel
        from transformers.utils import logging
    except ImportError as error:
        raise HeadMissing(
            f"{error.name} is not installed; `pip install 'adloom[models]'` brings what a filmed host needs"
        ) from error
    _check_device(device, folder)
    logging.disable_progress_bar()
    kind = torch.float16 if device.startswith("cuda") else torch.float32
    told: dict[str, Any] = {"use_safetensors": True, "local_files_only": True}
    try:
        unet = UNet2DConditionModel.from_pretrained(folder / "unet", torch_dtype=kind, **told)
        vae = AutoencoderKL.from_pretrained(folder / "vae", torch_dtype=kind, **told)
        whisper = WhisperModel.from_pretrained(folder / "whisper", dtype=kind, **told)
        ears = WhisperFeatureExtractor.from_pretrained(folder / "whisper", local_files_only=True)
    except (OSError, ValueError, RuntimeError, KeyError, TypeError) as error:
        raise HeadRefused(str(folder), f"cannot be loaded: {str(error).splitlines()[0][:300]}") from error
    unet, vae, encoder = (each.to(device).eval().requires_grad_(False) for each in (unet, vae, whisper.encoder))
    return MuseTalkHead(unet, vae, encoder, ears, hash_checkpoint(folder), device, batch)


def _check_device(device: str, folder: Path) -> None:
    import torch

    if device.startswith("cuda") and not torch.cuda.is_available():
        raise HeadMissing("torch sees no CUDA device here; set MODEL_DEVICE=cpu, or install torch for this GPU")
    if device == "cpu" and needs_gpu(folder):
        raise HeadMissing(NEEDS_GPU)


class MuseTalkHead:
    """The loaded network. One thread at a time.

    Every pass is of `batch` faces, the last one filled up: libraries choose other ways for other sizes, which give
    other last bits. So a face comes out the same whatever it shares its pass with.
    """

    spec = HeadSpec()

    def __init__(
        self, unet: Any, vae: Any, encoder: Any, ears: Any, checkpoint_hash: str, device: str, batch: int = 8
    ) -> None:
        if not 1 <= batch <= self.spec.max_batch:
            raise ValueError(f"a pass is of 1 to {self.spec.max_batch} faces, not {batch}")
        self.batch = batch
        self.checkpoint_hash, self.device = checkpoint_hash, device
        self._unet, self._vae, self._encoder, self._ears = unet, vae, encoder, ears
        self._places = _sinusoids(*self.spec.features).to(device, unet.dtype)
        self._scaling = float(vae.config.scaling_factor)
        self._heard: tuple[bytes, Any] | None = None

    def prepare(self, frames: Iterable[NDArray[np.uint8]], out: Path) -> AvatarCache:
        from generation.engines.heads.preparing import prepare_head

        return prepare_head(self, frames, out)

    def features(self, pcm: NDArray[np.float32], first_frame: int, count: int, fps: int = 25) -> Any:
        """A window of ten steps for every picture, two pictures to each side, as MuseTalk pads them."""
        import torch

        heard = self._hear(pcm)
        before = STEPS_A_FRAME * self.spec.left_frames
        starts = [math.floor(frame * STEPS_A_SECOND / fps) for frame in range(first_frame, first_frame + count)]
        behind = max(0, max(starts, default=0) + WINDOW_STEPS - before - len(heard))
        padded = torch.nn.functional.pad(heard, (0, 0, 0, 0, before, behind))
        windows = [padded[start : start + WINDOW_STEPS].reshape(self.spec.features) for start in starts]
        return torch.stack(windows) if windows else heard.new_zeros((0, *self.spec.features))

    def render(self, cache: AvatarCache, base_indices: NDArray[np.int64], features: Any) -> NDArray[np.uint8]:
        return self.render_latents(cache.latents[np.asarray(base_indices)], features)

    def render_latents(self, latents: NDArray[np.float16], features: Any) -> NDArray[np.uint8]:
        if len(latents) != len(features):
            raise ValueError(f"{len(latents)} latents for {len(features)} stretches of sound")
        size = self.batch
        parts = [self._pass(latents[at : at + size], features[at : at + size]) for at in range(0, len(latents), size)]
        return np.concatenate(parts) if parts else np.zeros((0, *self.spec.crop, 3), np.uint8)

    def paste(self, cache: AvatarCache, base_index: int, crop: NDArray[np.uint8], yuv: NDArray[np.uint8]) -> list[Box]:
        from generation.engines.heads.pasting import paste_face

        return [paste_face(yuv, cache.box(base_index), crop, cache.mask(base_index))]

    def encode(self, faces: NDArray[np.uint8]) -> NDArray[np.float16]:
        """Latents f16[B, 8, 32, 32] of RGB faces u8[B, 256, 256, 3]: lower half masked, then whole.

        The distribution's mode is taken, not a sample: the same face gives the same latents.
        """
        import torch

        with torch.inference_mode():
            whole = torch.from_numpy(faces).to(self.device).permute(0, 3, 1, 2).to(self._vae.dtype) / 127.5 - 1.0
            masked = whole.clone()
            masked[:, :, whole.shape[2] // 2 :] = -1.0
            both = [self._vae.encode(each).latent_dist.mode() * self._scaling for each in (masked, whole)]
            return np.asarray(torch.cat(both, dim=1).to(torch.float16).cpu().numpy())

    def bare(self, latents: Any, features: Any) -> Any:
        """The network alone, tensors on the device in and out: what the pipeline around it is measured against."""
        import torch

        with torch.inference_mode():
            step = torch.zeros(1, dtype=torch.long, device=self.device)
            made = self._unet(latents, step, encoder_hidden_states=features + self._places, return_dict=False)[0]
            return self._vae.decode(made / self._scaling, return_dict=False)[0]

    def _pass(self, latents: NDArray[np.float16], features: Any) -> NDArray[np.uint8]:
        import torch

        count, lacking = len(latents), self.batch - len(latents)
        if lacking:
            latents = np.concatenate([latents, np.repeat(latents[-1:], lacking, axis=0)])
            features = torch.cat([features, features[-1:].expand(lacking, -1, -1)])
        try:
            with torch.inference_mode():
                given = torch.from_numpy(np.ascontiguousarray(latents)).to(self.device, self._unet.dtype)
                faces = self.bare(given, features.to(self.device, self._unet.dtype))[:count].float()
                if not bool(torch.isfinite(faces).all()):
                    raise HeadBroken("the network gave values that are no picture (NaN); its weights do not fit")
                faces = ((faces / 2 + 0.5).clamp(0, 1) * 255).round().to(torch.uint8)
                return np.asarray(faces.permute(0, 2, 3, 1).contiguous().cpu().numpy())
        except torch.OutOfMemoryError as error:
            raise HeadOutOfMemory(f"no room on {self.device} for {len(latents)} faces at once") from error

    def _hear(self, pcm: NDArray[np.float32]) -> Any:
        """Hidden states [steps, 5, 384] of a whole utterance; that of the last one is kept, batches ask in turn."""
        key = pcm.tobytes()
        if self._heard is None or self._heard[0] != key:
            self._heard = key, self._listen(pcm)
        return self._heard[1]

    def _listen(self, pcm: NDArray[np.float32]) -> Any:
        import torch

        length = int(self._ears.n_samples)
        parts = []
        with torch.inference_mode():
            for at in range(0, max(len(pcm), 1), length):
                given = self._ears(pcm[at : at + length], sampling_rate=HEAD_RATE, return_tensors="pt").input_features
                states = self._encoder(given.to(self.device, self._unet.dtype), output_hidden_states=True).hidden_states
                parts.append(torch.stack(states, dim=2)[0])
        steps = math.ceil(len(pcm) * STEPS_A_SECOND / HEAD_RATE)
        return torch.cat(parts)[:steps]


def _sinusoids(steps: int, width: int) -> Any:
    """Sinusoidal places f32[1, steps, width] (Vaswani et al. 2017), as the network was trained with."""
    import torch

    place = torch.arange(steps, dtype=torch.float32)[:, None]
    rate = torch.exp(torch.arange(0, width, 2, dtype=torch.float32) * (-math.log(10_000.0) / width))
    places = torch.zeros(1, steps, width)
    places[0, :, 0::2], places[0, :, 1::2] = torch.sin(place * rate), torch.cos(place * rate)
    return places
