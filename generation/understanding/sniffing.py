"""What a file is by its first bytes, never by its name.

The answer names the one demuxer the file will be opened with. Formats that can point at
other files or addresses have no demuxer here at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from generation.understanding.refusals import Refused

Kind = Literal["moving", "picture", "sound"]

HEAD_BYTES = 4096
_LARGEST_MOOV = 64 * 1024 * 1024


@dataclass(frozen=True)
class Sniffed:
    """`demuxer` is libav's name (pictures: Pillow's); `kind` a first guess, a Matroska may hold only sound."""

    kind: Kind
    demuxer: str


_MOVIE_BOXES = (b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot")
_STILL_BRANDS = (b"heic", b"heix", b"hevc", b"hevx", b"mif1", b"msf1", b"avif", b"avis")

_EXACT: tuple[tuple[bytes, Sniffed], ...] = (
    (b"\x89PNG\r\n\x1a\n", Sniffed("picture", "PNG")),
    (b"\xff\xd8\xff", Sniffed("picture", "JPEG")),
    (b"GIF87a", Sniffed("moving", "gif")),
    (b"GIF89a", Sniffed("moving", "gif")),
    (b"\x1aE\xdf\xa3", Sniffed("moving", "matroska")),
    (b"fLaC", Sniffed("sound", "flac")),
    (b"OggS", Sniffed("sound", "ogg")),
    (b"ID3", Sniffed("sound", "mp3")),
)

_POINTS_ELSEWHERE: tuple[tuple[bytes, str], ...] = (
    (b"#extm3u", "a playlist"),
    (b"ffconcat", "a concat list"),
    (b"file ", "a concat list"),
    (b"[playlist]", "a playlist"),
    (b"[reference]", "a playlist"),
    (b"v=0", "a session description (SDP)"),
    (b"rtsptext", "a playlist"),
    (b"<asx", "a playlist"),
    (b"<smil", "a playlist"),
    (b"<mpd", "a DASH manifest"),
    (b"<svg", "an SVG drawing"),
    (b"<?xml", "an XML document"),
    (b"<!doctype", "a web page"),
    (b"<html", "a web page"),
    (b"http://", "a list of addresses"),
    (b"https://", "a list of addresses"),
    (b"rtmp://", "a list of addresses"),
    (b"rtsp://", "a list of addresses"),
)

_FOREIGN: tuple[tuple[bytes, str, str], ...] = (
    (b"PK\x03\x04", "not_media", "a ZIP archive"),
    (b"%PDF", "not_media", "a PDF document"),
    (b"Rar!", "not_media", "a RAR archive"),
    (b"7z\xbc\xaf\x27\x1c", "not_media", "a 7z archive"),
    (b"\x1f\x8b", "not_media", "a gzip archive"),
    (b"\x7fELF", "not_media", "a program"),
    (b"MZ", "not_media", "a program"),
    (b"#!", "not_media", "a script"),
    (b"FLV\x01", "format_not_supported", "a Flash video"),
    (b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "format_not_supported", "a Windows Media file"),
    (b"\x00\x00\x01\xba", "format_not_supported", "an MPEG program stream"),
    (b"\x06\x0e\x2b\x34", "format_not_supported", "an MXF file"),
    (b"BM", "format_not_supported", "a BMP picture"),
    (b"II*\x00", "format_not_supported", "a TIFF or raw picture"),
    (b"MM\x00*", "format_not_supported", "a TIFF or raw picture"),
    (b"8BPS", "format_not_supported", "a Photoshop document"),
    (b"FORM", "format_not_supported", "an AIFF sound"),
)
_WANTED = "MP4, MOV, MKV, WebM, JPEG, PNG, WebP, WAV, MP3 or M4A"


def sniff(path: Path) -> Sniffed:
    """What the regular file at `path` is; Refused with the reason for everything that is not on the whitelist."""
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    if not head.strip(b"\0"):
        raise Refused("corrupt" if head else "empty", what="it begins with nothing but zeros")
    found = _by_magic(head)
    if found is None:
        _refuse_foreign(head)
        found = _by_structure(head)
    if found is None:
        raise Refused("not_media", what=_kind_of_text(head))
    if found.demuxer == "mov":
        _check_header(path)
    return found


def _by_magic(head: bytes) -> Sniffed | None:
    for magic, found in _EXACT:
        if head.startswith(magic):
            return found
    if head[:4] in (b"RIFF", b"RF64"):
        return _riff(head)
    if head[4:8] in _MOVIE_BOXES:
        if head[4:8] == b"ftyp" and head[8:12] in _STILL_BRANDS:
            raise Refused("format_not_supported", what="a HEIC or AVIF picture", wanted="JPEG or PNG")
        return Sniffed("moving", "mov")
    return None


def _riff(head: bytes) -> Sniffed:
    kinds = {
        b"AVI ": Sniffed("moving", "avi"),
        b"WAVE": Sniffed("sound", "wav"),
        b"WEBP": Sniffed("picture", "WEBP"),
    }
    if head[8:12] not in kinds:
        raise Refused("format_not_supported", what="a RIFF file of another kind", wanted=_WANTED)
    return kinds[head[8:12]]


def _by_structure(head: bytes) -> Sniffed | None:
    """Formats without a magic word: sync marks at the right distances."""
    for size, offset in ((188, 0), (192, 4), (204, 0)):
        marks = head[offset : offset + size * 8 : size]
        if len(marks) >= 3 and set(marks) == {0x47}:
            return Sniffed("moving", "mpegts")
    if head[0] == 0xFF and head[1] & 0xF6 == 0xF0:
        return Sniffed("sound", "aac")
    if head[0] == 0xFF and head[1] & 0xE0 == 0xE0 and head[1] & 0x06:
        return Sniffed("sound", "mp3")
    return None


def _refuse_foreign(head: bytes) -> None:
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    for start, what in _POINTS_ELSEWHERE:
        if text.startswith(start):
            raise Refused("points_elsewhere", what=what)
    for start, code, what in _FOREIGN:
        if head.startswith(start):
            raise Refused(code, what=what, wanted=_WANTED)


def _kind_of_text(head: bytes) -> str:
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start < len(head) - 4:
            return "a file of an unknown kind"
    return "a file of an unknown kind" if b"\0" in head else "a text"


def _check_header(path: Path) -> None:
    """Refused when a track's sample entry says it is encrypted (ISO 14496-12 `encv`, `enca`; FairPlay `drmi`),
    and when there is no movie header at all: recorders write it last."""
    moov = _read_moov(path)
    if not moov:
        raise Refused("truncated", what="its index is missing")
    at = moov.find(b"stsd")
    while at >= 0:
        if moov[at + 16 : at + 20] in (b"encv", b"enca", b"drmi", b"drms"):
            raise Refused("encrypted")
        at = moov.find(b"stsd", at + 4)


def _read_moov(path: Path) -> bytes:
    """The movie header of an MP4 or MOV; b"" where there is none."""
    with path.open("rb") as file:
        end = file.seek(0, 2)
        at = 0
        for _ in range(1000):
            file.seek(at)
            header = file.read(16)
            if len(header) < 8:
                return b""
            size, name = int.from_bytes(header[:4], "big"), header[4:8]
            if size == 1 and len(header) == 16:
                size = int.from_bytes(header[8:], "big")
            size = size or end - at
            if name == b"moov":
                file.seek(at)
                return file.read(min(size, _LARGEST_MOOV))
            if size < 8:
                return b""
            at += size
    return b""
