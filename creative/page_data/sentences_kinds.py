"""What a file turned out to be, as refusals name it inside their sentences."""

from __future__ import annotations

import re
from typing import Any

from django.utils.translation import gettext_lazy

_KINDS: dict[str, Any] = {
    "a playlist": gettext_lazy("a playlist"),
    "a concat list": gettext_lazy("a concat list"),
    "a session description (SDP)": gettext_lazy("a session description (SDP)"),
    "a DASH manifest": gettext_lazy("a DASH manifest"),
    "an SVG drawing": gettext_lazy("an SVG drawing"),
    "an XML document": gettext_lazy("an XML document"),
    "a web page": gettext_lazy("a web page"),
    "a list of addresses": gettext_lazy("a list of addresses"),
    "a ZIP archive": gettext_lazy("a ZIP archive"),
    "a PDF document": gettext_lazy("a PDF document"),
    "a RAR archive": gettext_lazy("a RAR archive"),
    "a 7z archive": gettext_lazy("a 7z archive"),
    "a gzip archive": gettext_lazy("a gzip archive"),
    "a program": gettext_lazy("a program"),
    "a script": gettext_lazy("a script"),
    "a Flash video": gettext_lazy("a Flash video"),
    "a Windows Media file": gettext_lazy("a Windows Media file"),
    "an MPEG program stream": gettext_lazy("an MPEG program stream"),
    "an MXF file": gettext_lazy("an MXF file"),
    "a BMP picture": gettext_lazy("a BMP picture"),
    "a TIFF or raw picture": gettext_lazy("a TIFF or raw picture"),
    "a Photoshop document": gettext_lazy("a Photoshop document"),
    "an AIFF sound": gettext_lazy("an AIFF sound"),
    "a HEIC or AVIF picture": gettext_lazy("a HEIC or AVIF picture"),
    "a RIFF file of another kind": gettext_lazy("a RIFF file of another kind"),
    "a file of an unknown kind": gettext_lazy("a file of an unknown kind"),
    "a text": gettext_lazy("a text"),
    "a video or a moving picture": gettext_lazy("a video or a moving picture"),
    "a sound": gettext_lazy("a sound"),
    "PNG, JPEG or WebP": gettext_lazy("PNG, JPEG or WebP"),
    "JPEG or PNG": gettext_lazy("JPEG or PNG"),
    "MP4, MOV, MKV, WebM, JPEG, PNG, WebP, WAV, MP3 or M4A": gettext_lazy(
        "MP4, MOV, MKV, WebM, JPEG, PNG, WebP, WAV, MP3 or M4A"
    ),
}
KINDS: tuple[tuple[str, Any], ...] = tuple((re.escape(kind), words) for kind, words in _KINDS.items())
