"""Codecs that are decoded here: common in phones, cameras and editors, and well trodden in libav."""

from __future__ import annotations

VIDEO_CODECS = frozenset(
    {
        *("h264", "hevc", "av1", "vp8", "vp9", "mpeg4", "mpeg2video", "mpeg1video", "mjpeg", "prores", "dnxhd"),
        *("h263", "gif", "png", "qtrle", "theora", "ffv1", "rawvideo", "msmpeg4v3", "utvideo", "huffyuv"),
    }
)
SOUND_CODECS = frozenset(
    {
        *("aac", "mp3", "mp2", "opus", "vorbis", "flac", "alac", "ac3", "eac3", "amr_nb", "amr_wb", "amrnb", "amrwb"),
        *("pcm_s16le", "pcm_s16be", "pcm_s24le", "pcm_s24be", "pcm_s32le", "pcm_s32be", "pcm_u8", "pcm_f32le"),
        *("pcm_f32be", "pcm_f64le", "pcm_alaw", "pcm_mulaw", "pcm_s8", "adpcm_ima_wav", "adpcm_ms"),
    }
)
WANTED_VIDEO = "MP4 (H.264)"
WANTED_SOUND = "MP3, M4A or WAV"
