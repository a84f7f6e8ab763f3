"""Why a file is not taken, in one sentence with the way out. Pages translate by code."""

from __future__ import annotations

from core.errors import InputError

REASONS = {
    "name_unsafe": "its name holds {what}; rename it with letters, digits, spaces, dots and dashes",
    "name_too_long": "its name is longer than {limit} characters; give it a shorter one",
    "hidden_file": "it is a hidden file; rename it without the leading dot if it is meant to be used",
    "not_a_file": "it is {what}, not a file of its own; copy the real file here",
    "points_elsewhere": "it is {what} that points at other files or addresses; upload the video itself",
    "unreadable": "it cannot be read; check that it exists and that its permissions allow reading",
    "empty": "it is empty; upload it again",
    "too_large": "it is {size}, more than the {limit} allowed; cut it or export it smaller",
    "not_media": "it is {what}, whatever its name says; upload a video, a picture or a sound",
    "format_not_supported": "it is {what}, which is not read here; export it as {wanted}",
    "codec_not_supported": "its {part} is coded as {what}, which is not read here; export it as {wanted}",
    "encrypted": "it is copy-protected; export it without protection from where it was made",
    "corrupt": "it is damaged: {what}; export or upload it again",
    "truncated": "it ends early ({what}); the upload or the recording was cut off, upload it again",
    "dimensions": "its picture measures {what}; between {least} and {most} pixels a side are read",
    "frame_rate": "it claims {what} frames a second; export it with at most {most}",
    "too_many_streams": "it holds {what} streams; export it with one picture and one sound",
    "too_heavy": "opening it took more {what} than any honest file needs; export it again as MP4 (H.264)",
    "nothing_inside": "it holds neither picture nor sound; export it again",
}


def refusal(name: str, code: str, **details: object) -> InputError:
    """The error for file `name`; KeyError for an unknown code or a missing detail."""
    return InputError(name, REASONS[code].format(**details), code)


class Refused(Exception):
    """A reason found where the file's name is not known; `refusal` makes the error of it."""

    def __init__(self, code: str, **details: object) -> None:
        super().__init__(code)
        self.code = code
        self.details = details
