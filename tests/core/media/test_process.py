"""ffmpeg as a child: its CPU time counted, its failures explained, never left behind."""

from __future__ import annotations

import os

import pytest

from core.media import FfmpegBroke, FfmpegRefused, Trouble, ffmpeg_binary, ffmpeg_process, run_ffmpeg
from core.media.errors import explain_failure

NOISE = ["-f", "lavfi", "-i", "testsrc2=s=64x64:r=30:d=0.2"]


def test_a_run_makes_its_file_and_counts_its_cpu(tmp_path):
    run = run_ffmpeg([*NOISE, str(tmp_path / "out.mp4")])

    assert (tmp_path / "out.mp4").stat().st_size > 0
    assert 0 < run.cpu_seconds < 10


def test_stdout_can_be_kept():
    run = run_ffmpeg([*NOISE, "-frames:v", "1", "-pix_fmt", "gray", "-f", "rawvideo", "-"], capture=True)

    assert len(run.output) == 64 * 64


def test_frames_can_be_written_into_it(tmp_path):
    out = tmp_path / "out.mp4"
    raw = ["-f", "rawvideo", "-pix_fmt", "gray", "-s", "64x64", "-r", "30", "-i", "-"]
    with ffmpeg_process([*raw, str(out)], with_stdin=True) as process:
        for _ in range(3):
            process.stdin.write(bytes(64 * 64))
        process.finish()

    frames = run_ffmpeg(["-i", str(out), "-pix_fmt", "gray", "-f", "rawvideo", "-"], capture=True).output
    assert len(frames) == 3 * 64 * 64


def test_a_file_that_is_no_video_is_the_inputs_fault(tmp_path):
    odd = tmp_path / "odd.mp4"
    odd.write_bytes(b"not a video at all")

    with pytest.raises(FfmpegRefused) as caught:
        run_ffmpeg(["-i", str(odd), "-f", "null", "-"])

    assert caught.value.trouble is Trouble.INPUT
    assert "Invalid data found" in caught.value.last_lines


def test_an_unknown_encoder_is_the_encoders():
    with pytest.raises(FfmpegRefused) as caught:
        run_ffmpeg([*NOISE, "-c:v", "no-such-encoder", "-f", "null", "-"])

    assert caught.value.trouble is Trouble.ENCODER


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs /dev/full")
def test_a_full_disk_may_be_emptier_next_time():
    with pytest.raises(FfmpegBroke) as caught:
        run_ffmpeg([*NOISE, "-f", "rawvideo", "/dev/full"])

    assert caught.value.trouble is Trouble.DISK_FULL
    assert caught.value.code == "ffmpeg_disk_full"


def test_a_run_that_takes_too_long_is_ended():
    endless = ["-re", "-f", "lavfi", "-i", "testsrc2=s=64x64:r=30", "-f", "null", "-"]

    with pytest.raises(FfmpegBroke) as caught:
        run_ffmpeg(endless, timeout_seconds=0.3)

    assert caught.value.trouble is Trouble.TIMEOUT


def test_leaving_the_block_early_ends_the_process():
    endless = ["-re", "-f", "lavfi", "-i", "testsrc2=s=64x64:r=30", "-f", "rawvideo", "-"]
    with ffmpeg_process(endless, with_stdout=True) as process:
        process.stdout.read(64)
        pid = process._process.pid

    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


@pytest.mark.parametrize(
    ("return_code", "log", "trouble", "kind"),
    [
        (1, "Error: Cannot allocate memory", Trouble.MEMORY, FfmpegBroke),
        (-9, "", Trouble.KILLED, FfmpegBroke),
        (1, "something else", Trouble.UNKNOWN, FfmpegRefused),
        (1, "Error opening output file: No space left on device", Trouble.DISK_FULL, FfmpegBroke),
    ],
)
def test_failures_are_told_apart(return_code, log, trouble, kind):
    error = explain_failure(return_code, log)

    assert (error.trouble, type(error)) == (trouble, kind)


def test_moviepy_uses_the_same_program():
    assert os.environ["IMAGEIO_FFMPEG_EXE"] == ffmpeg_binary()
    assert os.access(ffmpeg_binary(), os.X_OK)
