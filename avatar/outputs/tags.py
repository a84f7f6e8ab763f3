"""FLV tag bodies, which are RTMP's messages too (Adobe, "Video File Format Specification" 10.1, annex E)."""

from __future__ import annotations

import struct
from fractions import Fraction

from avatar.outputs.amf import Array, encode
from avatar.outputs.coded import Codecs, Coded

KEY_AVC, INTER_AVC = 0x17, 0x27
AAC = 0xAF
"""AAC, "44 kHz 16 bit stereo": for AAC these bits are fixed, the decoder's header holds the true ones."""


def units(annex_b: bytes) -> list[bytes]:
    """The NAL units of a stretch of Annex B. None ends in a zero byte, so zeros before a start code are padding."""
    return [unit.rstrip(b"\0") for unit in annex_b.split(b"\0\0\1") if unit.rstrip(b"\0")]


def picture_header(codecs: Codecs) -> bytes:
    """The AVC sequence header: AVCDecoderConfigurationRecord (ISO/IEC 14496-15) of one SPS and one PPS."""
    found = units(codecs.picture_header)
    parameters = next(unit for unit in found if unit[0] & 31 == 7)
    pictures = next(unit for unit in found if unit[0] & 31 == 8)
    record = bytes([1, parameters[1], parameters[2], parameters[3], 0xFF, 0xE1])
    record += struct.pack(">H", len(parameters)) + parameters + b"\1" + struct.pack(">H", len(pictures)) + pictures
    return bytes([KEY_AVC, 0, 0, 0, 0]) + record


def sound_header(codecs: Codecs) -> bytes:
    return bytes([AAC, 0]) + codecs.sound_header


def body(coded: Coded) -> bytes:
    """A packet as a tag: NAL units with their lengths instead of start codes, or a raw AAC frame."""
    if not coded.is_picture:
        return bytes([AAC, 1]) + coded.content
    lengths = b"".join(struct.pack(">I", len(unit)) + unit for unit in units(coded.content))
    return bytes([KEY_AVC if coded.is_key else INTER_AVC, 1, 0, 0, 0]) + lengths


def metadata(codecs: Codecs) -> bytes:
    """The body of the @setDataFrame message."""
    values = Array(
        width=codecs.width,
        height=codecs.height,
        framerate=25,
        videocodecid=7,
        audiocodecid=10,
        audiosamplerate=48000,
        stereo=False,
        encoder="Adloom",
    )
    return encode("@setDataFrame", "onMetaData", values)


def milliseconds(at: Fraction, base: Fraction) -> int:
    """A packet's time since `base`, rounded down the same way in both tracks; never summed up, so never drifting."""
    return int((at - base) * 1000)
