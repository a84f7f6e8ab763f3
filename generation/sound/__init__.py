"""How an ad sounds: voice, ducked music, loudness, one continuous AAC encode."""

from generation.sound.mix import AudioResult, mix_ad_audio
from generation.sound.waveform import waveform

__all__ = ["AudioResult", "mix_ad_audio", "waveform"]
