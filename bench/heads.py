"""Row M6: what the pipeline around a talking head costs beside the bare network.

The pipeline is everything a worker does for a room, from the samples of an utterance to mouths in shared memory:
hearing, batching, latents, network, bytes, ring. The bare network gets its tensors ready made. On a processor the tiny
random head stands in; its network is so small that the share says little, and the row counts as reached only on a GPU.
"""

from __future__ import annotations

import socket
import time
from pathlib import Path
from typing import Any

import numpy as np

from avatar.contracts import SAMPLE_RATE
from avatar.heads.door import listen, open_folder
from avatar.heads.plan import Play
from avatar.heads.ring import Ring
from avatar.heads.worker import Session, Worker
from bench.run import Figure, Row
from generation.engines.heads.cache import AvatarCache
from generation.engines.heads.contracts import Box, HeadOrigin
from generation.engines.heads.musetalk import MuseTalkHead, load_musetalk
from generation.engines.heads.preparing import prepare_head

BATCH = 8
ROOMS = 4
WIDTH, HEIGHT = 360, 640
FACE = Box(120, 150, 120, 144)
SECONDS = {True: 0.64, False: 2.56}
"""Of speech in each room."""

ROUNDS = 3


def measure_m6(small: bool, folder: Path) -> Figure:
    """Pictures a second of four rooms through the worker over those of the network alone, batches of eight."""
    import torch

    device = "cuda" if torch.cuda.is_available() else "cpu"
    torch.set_num_threads(1 if device == "cpu" else torch.get_num_threads())
    head = load_musetalk(_model(folder / "model", device), device, BATCH)
    cache = prepare_head(head, _frames(), folder / "head", "bench", HeadOrigin(invented="noise"), _boxes)
    count = round(SECONDS[small] * 25) * ROOMS
    bare = [_bare(head, cache, count, device) for _ in range(ROUNDS)]
    pipeline = [_pipeline(head, cache, SECONDS[small], folder / f"round-{each}", device) for each in range(ROUNDS)]
    share = min(bare) / min(pipeline)
    behind = {
        "device": torch.cuda.get_device_name(0) if device == "cuda" else "cpu, one thread, tiny random weights",
        "parameters": sum(each.numel() for each in head._unet.parameters()),
        "pictures": count,
        "pictures_a_second_bare": round(count / min(bare), 1),
        "pictures_a_second_pipeline": round(count / min(pipeline), 1),
        "same_whatever_the_batch": _is_batch_free(head, cache),
    }
    return Figure(share, "share of the bare network", device == "cuda" and share >= 0.9, behind)


def _model(folder: Path, device: str) -> Path:
    """On a GPU the network of real size with random weights: the share depends on its cost, not on what it draws."""
    from generation.checkpoints.tiny.head import make

    make(folder)
    if device == "cuda":
        _make_full_size(folder)
    return folder


def _make_full_size(folder: Path) -> None:
    """U-Net and VAE as MuseTalk 1.5 has them: Stable Diffusion's, eight channels in, 384 wide conditions."""
    from diffusers import AutoencoderKL, UNet2DConditionModel

    UNet2DConditionModel(
        sample_size=64, in_channels=8, out_channels=4, cross_attention_dim=384, attention_head_dim=8
    ).save_pretrained(folder / "unet", safe_serialization=True)
    AutoencoderKL(
        block_out_channels=(128, 256, 512, 512),
        down_block_types=("DownEncoderBlock2D",) * 4,
        up_block_types=("UpDecoderBlock2D",) * 4,
        layers_per_block=2,
        sample_size=256,
    ).save_pretrained(folder / "vae", safe_serialization=True)


def _frames() -> list[np.ndarray]:
    chance = np.random.default_rng(1)
    return [chance.integers(0, 255, (HEIGHT, WIDTH, 3), np.uint8) for _ in range(16)]


def _boxes(frames: Any, name: str) -> list[Box]:
    return [FACE for _ in frames]


def _bare(head: MuseTalkHead, cache: AvatarCache, count: int, device: str) -> float:
    """Seconds for `count` pictures by the network alone."""
    import torch

    latents = torch.from_numpy(cache.latents[:BATCH]).to(device, head._unet.dtype)
    features = head.features(_speech(0.5), 0, BATCH).to(device, head._unet.dtype)
    head.bare(latents, features)
    _settle(device)
    began = _seconds(device)
    for _ in range(-(-count // BATCH)):
        head.bare(latents, features)
    _settle(device)
    return _seconds(device) - began


def _pipeline(head: MuseTalkHead, cache: AvatarCache, seconds: float, folder: Path, device: str) -> float:
    """Seconds from sounds on disk to the last mouth in the ring of the last room."""
    worker = Worker(head, listen(open_folder(folder)), folder, BATCH)
    sounds = [_sound(folder / f"{each}.npy", seconds, each) for each in range(ROOMS)]
    pairs = [socket.socketpair() for _ in sounds]
    worker.sessions = [Session(ours, cache, Ring.make()) for ours, _ in pairs]
    count = round(seconds * 25)
    _settle(device)
    began = _seconds(device)
    for session, sound in zip(worker.sessions, sounds, strict=True):
        session.end.setblocking(False)
        sentence = worker.sentences.get(cache, sound.name, sound)
        session.plays.append(Play(0, 0, 0, count, sentence))
    while any(session.plays for session in worker.sessions):
        worker.step()
        for session in worker.sessions:
            session.ring.tell(0, min((play.next_tick for play in session.plays), default=count))
    taken = _seconds(device) - began
    drawn = sum(worker.batches)
    worker.close()
    for _, theirs in pairs:
        theirs.close()
    assert drawn == count * ROOMS, f"{drawn} of {count * ROOMS} pictures were drawn"
    return taken


def _sound(path: Path, seconds: float, number: int) -> Path:
    samples = np.rint(_speech(seconds, SAMPLE_RATE, 120.0 + 20 * number) * 32_767).astype(np.int16)
    np.save(path, samples)
    return path


def _speech(seconds: float, rate: int = 16_000, tone: float = 140.0) -> np.ndarray:
    at = np.arange(round(seconds * rate)) / rate
    return (0.3 * np.sin(2 * np.pi * tone * at)).astype(np.float32)


def _is_batch_free(head: MuseTalkHead, cache: AvatarCache) -> bool:
    """render(2B) == cat(render(B), render(B)), to the byte."""
    features = head.features(_speech(0.7), 0, 2 * BATCH)
    bases = np.arange(2 * BATCH) % len(cache.latents)
    whole = head.render(cache, bases, features)
    halves = [head.render(cache, bases[at : at + BATCH], features[at : at + BATCH]) for at in (0, BATCH)]
    return bool((whole == np.concatenate(halves)).all())


def _settle(device: str) -> None:
    import torch

    if device == "cuda":
        torch.cuda.synchronize()


def _seconds(device: str) -> float:
    """A GPU's work takes no time of this process: there the clock on the wall counts, else the processor's."""
    return time.perf_counter() if device == "cuda" else time.process_time()


ROWS = [
    Row(
        "M6",
        "talking head: pictures a second of the pipeline over the bare network, batch 8",
        "nobody publishes it",
        "at least 0.9 on a GPU",
        measure_m6,
    )
]
