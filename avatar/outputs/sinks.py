"""Where packets end: a file by its suffix, a folder of HLS pieces, an RTMP ingest. One thread uses one sink."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any, Protocol

from avatar.outputs.coded import PICTURE_TIME, SOUND_TIME, Coded
from avatar.outputs.encoder import Encoder
from avatar.outputs.rtmp import SEND_SECONDS, Address, OutputLost, RtmpPublisher, parse_address
from avatar.outputs.tags import milliseconds
from core.errors import InputError

HLS_SECONDS = 1
HLS_PIECES = 8
FORMATS = {
    ".mp4": ("mp4", {"movflags": "hybrid_fragmented+frag_keyframe", "flush_packets": "1"}),
    ".flv": ("flv", {"flvflags": "no_duration_filesize", "flush_packets": "1"}),
    ".ts": ("mpegts", {"flush_packets": "1"}),
    ".m3u8": (
        "hls",
        {
            "hls_time": str(HLS_SECONDS),
            "hls_list_size": str(HLS_PIECES),
            "hls_segment_type": "fmp4",
            "hls_flags": "delete_segments+temp_file",
        },
    ),
}
"""An mp4 is written in fragments and made whole when it is closed: whoever kills us leaves a file that plays.
Pieces of HLS are fragments of mp4 too: a page can put those together without anybody's player."""


class Sink(Protocol):
    """`open` begins a session, the first packet after it is a key picture; both raise OutputLost or OSError."""

    @property
    def is_remote(self) -> bool: ...

    def open(self) -> None: ...

    def write(self, coded: Coded) -> None: ...

    def flush(self) -> None:
        """Nothing more is waiting for now."""
        ...

    def close(self, is_lost: bool) -> None: ...


class FileSink:
    """An mp4, flv, ts or m3u8 file. `goes_on`: what stands there already is kept, the rest goes beside it."""

    is_remote = False

    def __init__(self, path: Path, encoder: Encoder, goes_on: bool = False) -> None:
        self._path, self._encoder, self._goes_on = path, encoder, goes_on
        self._format, self._options = FORMATS[path.suffix.lower()]
        self._container: Any = None
        self._streams: tuple[Any, Any] | None = None

    def open(self) -> None:
        import av

        self._path.parent.mkdir(parents=True, exist_ok=True)
        path, options = self._path, self._options
        if self._goes_on:
            path, options = free_part(path), _going_on(options)
        self._goes_on = True
        try:
            self._container = av.open(str(path), "w", format=self._format, options=options)
            picture = self._container.add_stream_from_template(self._encoder.picture_template)
            sound = self._container.add_stream_from_template(self._encoder.sound_template)
        except av.FFmpegError as error:
            raise OutputLost(f"the file cannot be written ({error.strerror})") from None
        self._streams = picture, sound

    def write(self, coded: Coded) -> None:
        import av

        if self._streams is None:
            raise OutputLost("the file is not open")
        packet = av.Packet(coded.content)
        packet.stream = self._streams[0 if coded.is_picture else 1]
        packet.time_base = PICTURE_TIME if coded.is_picture else SOUND_TIME
        packet.pts = packet.dts = coded.pts
        packet.duration = coded.duration
        packet.is_keyframe = coded.is_key or not coded.is_picture
        try:
            self._container.mux(packet)
        except av.FFmpegError as error:
            raise OutputLost(f"the file cannot be written ({error.strerror})") from None

    def flush(self) -> None:
        return None

    def close(self, is_lost: bool) -> None:
        import av

        found, self._container, self._streams = self._container, None, None
        try:
            if found is not None:
                found.close()
        except av.FFmpegError as error:
            if not is_lost:
                raise OutputLost(f"the file cannot be closed ({error.strerror})") from None


def _going_on(options: dict[str, str]) -> dict[str, str]:
    """A playlist that is there already goes on, with a mark where the pictures break off."""
    flags = options.get("hls_flags")
    return options if flags is None else {**options, "hls_flags": f"{flags}+append_list"}


def free_part(path: Path) -> Path:
    """`path`, or the first of name-2, name-3 … that is not there yet. A playlist is gone on with."""
    if path.suffix == ".m3u8" or not path.exists():
        return path
    number = 2
    while (part := path.with_name(f"{path.stem}-{number}{path.suffix}")).exists():
        number += 1
    return part


class RtmpSink:
    """An ingest. Each session's clock begins with its first picture, in exact fractions."""

    is_remote = True

    def __init__(self, address: Address, encoder: Encoder, send_seconds: float = SEND_SECONDS) -> None:
        self._address, self._codecs, self._send_seconds = address, encoder.codecs, send_seconds
        self._publisher: RtmpPublisher | None = None
        self._base: Fraction | None = None

    def open(self) -> None:
        self._base = None
        self._publisher = RtmpPublisher(self._address, self._send_seconds)
        self._publisher.connect(self._codecs)

    def write(self, coded: Coded) -> None:
        if self._publisher is None:
            raise OutputLost("nobody is connected")
        self._base = coded.at if self._base is None else self._base
        if coded.at >= self._base:
            self._publisher.send(coded, milliseconds(coded.at, self._base))

    def flush(self) -> None:
        if self._publisher is not None:
            self._publisher.flush()

    def close(self, is_lost: bool) -> None:
        found, self._publisher = self._publisher, None
        if found is not None:
            (found.abort if is_lost else found.close)()


def make_sink(output: str, encoder: Encoder, goes_on: bool = False) -> Sink:
    """The sink an `--output` asks for."""
    check_output(output)
    if "://" in output:
        return RtmpSink(parse_address(output), encoder)
    return FileSink(Path(output).expanduser(), encoder, goes_on)


def check_output(output: str) -> None:
    """InputError when `output` is neither a push address nor a file of a kind that is written here."""
    if "://" in output:
        parse_address(output)
    elif Path(output).suffix.lower() not in FORMATS:
        kinds = ", ".join(sorted(FORMATS))
        raise InputError("output", f"{Path(output).name!r} is neither rtmp://… nor a file that ends in {kinds}")
