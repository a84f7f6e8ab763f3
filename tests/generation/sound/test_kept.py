from dataclasses import replace
from pathlib import Path

from generation.contracts import PORTRAIT, Brand, CaptionClip, MusicClip, SafeArea, SlotSpan, Timeline, Track, VoiceClip
from generation.sound.kept import mix_key


def a_timeline(music: str = "m") -> Timeline:
    tracks = (
        Track("caption", (CaptionClip(0, 64, "一句话"),)),
        Track("voice", (VoiceClip(4, 60, "/v.wav", "v"),)),
        Track("music", (MusicClip(0, 64, "/m.ogg", music),)),
    )
    return Timeline(
        PORTRAIT, SafeArea(0, 0, 1080, 1920), "zh-CN", 64, (SlotSpan("hook", "一句话", 0, 64),), tracks, Brand("b")
    )


def test_what_is_only_seen_does_not_change_the_mix() -> None:
    without_captions = replace(a_timeline(), tracks=a_timeline().tracks[1:])

    assert mix_key(without_captions) == mix_key(a_timeline())


def test_other_music_is_another_mix() -> None:
    assert mix_key(a_timeline("other")) != mix_key(a_timeline())


def test_a_path_that_moved_is_the_same_mix() -> None:
    moved = (*a_timeline().tracks[:2], Track("music", (MusicClip(0, 64, str(Path("/elsewhere.ogg")), "m"),)))

    assert mix_key(replace(a_timeline(), tracks=moved)) == mix_key(a_timeline())
