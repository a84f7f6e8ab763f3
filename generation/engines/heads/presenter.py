"""A spokesperson clip: a filmed person says what a voice says, with an exact number of pictures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.errors import InputError
from core.media import ffmpeg_process
from generation.engines.heads.bases import BaseClip, base_clip
from generation.engines.heads.cache import AvatarCache
from generation.engines.heads.consents import check_cache, check_made_for
from generation.engines.heads.contracts import TalkingHead
from generation.engines.heads.hearing import as_heard, frame_count, speaking_frames
from generation.engines.heads.moving import BaseWalk, MouthFade, blend_base
from generation.engines.heads.pasting import paste_mouth

LONGEST_SECONDS = 180.0
CRF = "12"
"""Near to lossless: what is cut into ads is encoded once more."""

_COLOUR = ("-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709", "-color_range", "tv")
Bytes = NDArray[np.uint8]


@dataclass(frozen=True)
class PresenterClip:
    """A clip of `frames` pictures at `fps` with the voice in it, whose person and consents are named.

    `is_synthetic` is always true: whoever shows it labels it. `head` is the prepared head's id, `checkpoint` the
    network's hash, `voice` the sound's SHA-256 where it is known.
    """

    path: str
    frames: int
    fps: int
    width: int
    height: int
    seconds: float
    head: str
    checkpoint: str
    person: str
    consents: tuple[str, ...]
    voice: str = ""
    is_synthetic: bool = True
    degraded: tuple[str, ...] = ()


def presenter_frames(
    head: TalkingHead, cache: AvatarCache, clip: BaseClip, samples: NDArray[np.float32], rate: int, fps: int = 25
) -> Iterator[Bytes]:
    """I420 pictures u8[H * 3 / 2, W], exactly ceil(samples * fps / rate) of them, each drawn over by the next.

    HeadConsentMissing unless the person in `cache` may be made to speak. Where nobody speaks the network is not asked.
    """
    check_cache(cache)
    pcm = as_heard(samples, rate)
    count = -(-len(samples) * fps // rate)
    speaks = np.pad(speaking_frames(pcm, fps)[:count], (0, max(0, count - frame_count(pcm, fps))))
    bases = [(cache.facts.anchors[0] + index * cache.facts.fps // fps) % len(clip) for index in range(count)]
    picture = np.empty((clip.height * 3 // 2, clip.width), np.uint8)
    walk, fade = BaseWalk(len(clip)), MouthFade()
    half = head.spec.crop[0] // 2
    last = -1
    for index, face in enumerate(_faces(head, cache, pcm, speaks, bases, fps)):
        base = bases[index]
        if base != last:
            shown = walk.step(base)
            last = base
        mouth, strength = fade.step(None if face is None else face[half:])
        blend_base(clip.pictures, shown, picture)
        if mouth is not None:
            paste_mouth(picture, clip.mouths[base], mouth, clip.masks[base], strength)
        yield picture


def _faces(
    head: TalkingHead,
    cache: AvatarCache,
    pcm: NDArray[np.float32],
    speaks: NDArray[np.bool_],
    bases: Sequence[int],
    fps: int,
) -> Iterator[Bytes | None]:
    """A face for every picture in which somebody speaks, drawn in whole batches."""
    wanted = np.flatnonzero(speaks)
    made: dict[int, Bytes] = {}
    size = head.spec.max_batch
    for index in range(len(speaks)):
        if not speaks[index]:
            yield None
            continue
        if index not in made:
            at = int(np.searchsorted(wanted, index))
            batch = wanted[at : at + size]
            spread = head.features(pcm, int(batch[0]), int(batch[-1] - batch[0]) + 1, fps)
            faces = head.render(cache, np.array([bases[each] for each in batch]), spread[batch - batch[0]])
            made = dict(zip((int(each) for each in batch), faces, strict=True))
        yield made[index]


def presenter_clip(
    head: TalkingHead,
    cache: AvatarCache,
    samples: NDArray[np.float32],
    rate: int,
    out: Path,
    work: Path,
    fps: int = 30,
    size: tuple[int, int] | None = None,
    voice: str = "",
) -> PresenterClip:
    """The clip as an mp4 at `out`, with its sound; `work` keeps the base frames from clip to clip.

    InputError for no sound or too much of it, HeadConsentMissing as `presenter_frames`. Same input, same pictures.
    """
    seconds = len(samples) / rate
    if not 0 < seconds <= LONGEST_SECONDS:
        raise InputError("speech", f"lasts {seconds:.1f} s; a clip has up to {LONGEST_SECONDS:.0f} s", "length_bad")
    check_cache(cache)
    check_made_for(cache, head.checkpoint_hash)
    clip = base_clip(cache, *(size or (cache.facts.width, cache.facts.height)), work)
    frames = presenter_frames(head, cache, clip, samples, rate, fps)
    count = _encode(frames, clip, samples, rate, fps, out)
    origin = cache.origin
    return PresenterClip(
        path=str(out),
        frames=count,
        fps=fps,
        width=clip.width,
        height=clip.height,
        seconds=count / fps,
        head=cache.id,
        checkpoint=head.checkpoint_hash,
        person=origin.person,
        consents=tuple(each.id for each in origin.consents),
        voice=voice,
    )


def _encode(
    frames: Iterator[Bytes], clip: BaseClip, samples: NDArray[np.float32], rate: int, fps: int, out: Path
) -> int:
    from generation.sound.wave_files import write_wav

    out.parent.mkdir(parents=True, exist_ok=True)
    fresh, sound = out.with_name(f".{out.stem}.part.mp4"), out.with_name(f".{out.stem}.part.wav")
    write_wav(sound, samples.astype(np.float64), rate)
    picture = ["-f", "rawvideo", "-pix_fmt", "yuv420p", "-s", f"{clip.width}x{clip.height}", "-r", str(fps), *_COLOUR]
    arguments = [*picture, "-i", "pipe:0", "-i", str(sound), "-map", "0:v", "-map", "1:a", "-c:v", "libx264"]
    arguments += ["-preset", "veryfast", "-crf", CRF, "-threads", "2", "-pix_fmt", "yuv420p", *_COLOUR]
    arguments += ["-c:a", "aac", "-b:a", "192k", "-map_metadata", "-1", "-movflags", "+faststart", str(fresh)]
    count = 0
    try:
        with ffmpeg_process(arguments, with_stdin=True) as running:
            for each in frames:
                running.stdin.write(each.tobytes())
                count += 1
            running.finish()
        fresh.replace(out)
    finally:
        fresh.unlink(missing_ok=True)
        sound.unlink(missing_ok=True)
    return count
