"""espeak-ng in a process of its own: JSON lines in, JSON lines out.

espeak-ng is GPLv3 and keeps one global state per process, so it is spoken to over pipes
and never loaded into the platform. Run as
``python -m generation.engines.voiceover.espeak_process``. A request is
``{"text", "voice", "rate", "pitch", "pitch_range", "word_gap"}``; the answer
``{"sample_rate", "pcm" (base64 of int16), "words": [[character, ms]], "phonemes":
[[name, character, ms]], "ms"}`` or ``{"error"}``.
"""

from __future__ import annotations

import base64
import ctypes
import json
import os
import sys
import tempfile
from typing import Any

# espeak-ng copies its data path into a buffer of 160 bytes and cuts what is longer.
LONGEST_DATA_PATH = 120

_SYNCHRONOUS = 2
_PHONEME_EVENTS_AND_NO_EXIT = 0x0001 | 0x8000
_UTF8 = 1
_WORD, _PHONEME = 1, 7
_PARAMETERS = {"rate": 1, "pitch": 3, "pitch_range": 4, "word_gap": 7}


class _EventId(ctypes.Union):
    _fields_ = (("number", ctypes.c_int), ("name", ctypes.c_char_p), ("string", ctypes.c_char * 8))


class _Event(ctypes.Structure):
    _fields_ = (
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", _EventId),
    )


_Callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.POINTER(_Event))


def short_data_path(path: str) -> str:
    """`path`, or a short link to it when espeak-ng could not hold its name."""
    if len(path.encode()) <= LONGEST_DATA_PATH:
        return path
    link = os.path.join(tempfile.mkdtemp(prefix="espeak-"), "espeak-ng-data")
    os.symlink(path, link)
    return link


class _Espeak:
    """The loaded library with its one callback; collects what one request produces."""

    def __init__(self, data_path: str) -> None:
        import espeakng_loader

        self._library = ctypes.CDLL(espeakng_loader.get_library_path())
        self._library.espeak_Synth.argtypes = [
            ctypes.c_char_p,
            ctypes.c_size_t,
            ctypes.c_uint,
            ctypes.c_int,
            ctypes.c_uint,
            ctypes.c_uint,
            ctypes.c_void_p,
            ctypes.c_void_p,
        ]
        path = data_path.encode()
        self.sample_rate = self._library.espeak_Initialize(_SYNCHRONOUS, 0, path, _PHONEME_EVENTS_AND_NO_EXIT)
        if self.sample_rate <= 0:
            raise RuntimeError(f"espeak-ng found no data in {data_path}")
        self._pcm: list[bytes] = []
        self._words: list[tuple[int, int]] = []
        self._phonemes: list[tuple[str, int, int]] = []
        # The library keeps only the pointer: without this reference Python would free the callback.
        self._callback = _Callback(self._on_audio)
        self._library.espeak_SetSynthCallback(self._callback)

    def _on_audio(self, samples: int | None, count: int, events: Any) -> int:
        if samples and count > 0:
            # string_at copies; np.ctypeslib.as_array would leak one type per buffer length.
            self._pcm.append(ctypes.string_at(samples, count * 2))
        index = 0
        while events[index].type != 0:
            self._keep(events[index])
            index += 1
        return 0

    def _keep(self, event: _Event) -> None:
        character = event.text_position - 1
        if event.type == _WORD:
            self._words.append((character, event.audio_position))
        elif event.type == _PHONEME:
            raw = ctypes.string_at(ctypes.addressof(event.id), 8).split(b"\0")[0]
            self._phonemes.append((raw.decode("utf-8", "replace"), character, event.audio_position))

    def say(self, request: dict[str, Any]) -> dict[str, Any]:
        self._pcm, self._words, self._phonemes = [], [], []
        if self._library.espeak_SetVoiceByName(str(request["voice"]).encode()) != 0:
            return {"error": f"espeak-ng has no voice {request['voice']!r}"}
        for name, number in _PARAMETERS.items():
            if name in request:
                self._library.espeak_SetParameter(number, int(request[name]), 0)
        text = str(request["text"]).encode()
        if self._library.espeak_Synth(text, len(text) + 1, 0, 1, 0, _UTF8, None, None) != 0:
            return {"error": "espeak-ng could not speak the line"}
        pcm = b"".join(self._pcm)
        return {
            "sample_rate": self.sample_rate,
            "pcm": base64.b64encode(pcm).decode(),
            "words": self._words,
            "phonemes": self._phonemes,
            "ms": len(pcm) / 2 / self.sample_rate * 1000,
        }


def main() -> None:
    """Answer requests until stdin closes."""
    import espeakng_loader

    espeak = _Espeak(short_data_path(espeakng_loader.get_data_path()))
    print(json.dumps({"ready": True, "sample_rate": espeak.sample_rate}), flush=True)
    for line in sys.stdin:
        _answer_in_a_copy(espeak, json.loads(line))


def _answer_in_a_copy(espeak: _Espeak, request: dict[str, Any]) -> None:
    """Speak in a fork of this process.

    espeak-ng carries the phase of its oscillators from line to line, so the same line
    would sound (and last) a little differently each time; a copy always starts fresh,
    and one that crashes costs one line.
    """
    child = os.fork()
    if child == 0:
        print(json.dumps(espeak.say(request)), flush=True)
        os._exit(0)
    if os.waitpid(child, 0)[1] != 0:
        print(json.dumps({"error": "espeak-ng crashed on this line"}), flush=True)


if __name__ == "__main__":
    main()
