"""A head as it is published becomes one that is loaded; a pickle that wants more than that is refused unread."""

from __future__ import annotations

import json
import os
import pickle
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import torch
from django.core.management import call_command
from safetensors.torch import load_file

from core.errors import InputError, TerminalError
from generation.checkpoints.converting import convert_head
from generation.checkpoints.tiny.head import make
from generation.checkpoints.unpickling_process import NotRead, convert
from generation.engines.clips import devices
from generation.engines.clips.devices import EngineMissing
from generation.engines.heads.checkpoint import check_checkpoint
from tests.generation.checkpoints.test_weights import safetensors


@pytest.fixture(scope="module")
def tiny(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("tiny") / "head"
    make(folder)
    return folder


@pytest.fixture
def published(tiny, tmp_path) -> Path:
    """The tiny head in the folders that MuseTalk's README names; its U-Net is a pickle there, the rest is in both."""
    source = tmp_path / "models"
    for part, folder in (("unet", "musetalkV15"), ("vae", "sd-vae"), ("whisper", "whisper")):
        shutil.copytree(tiny / part, source / folder)
    weights = source / "musetalkV15" / "diffusion_pytorch_model.safetensors"
    torch.save(load_file(weights), source / "musetalkV15" / "unet.pth")
    weights.unlink()
    (source / "musetalkV15" / "config.json").rename(source / "musetalkV15" / "musetalk.json")
    return source


class WantsCode:
    """A pickle of it makes a folder when it is read."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple:
        return os.mkdir, (str(self.path),)


def test_published_parts_become_a_head_with_the_same_weights(published, tiny, tmp_path, capsys):
    out = tmp_path / "head"

    call_command("checkpoints", "convert-head", str(published.parent), str(out))

    check_checkpoint(out)
    name = "unet/diffusion_pytorch_model.safetensors"
    made, wanted = load_file(out / name), load_file(tiny / name)
    assert made.keys() == wanted.keys()
    assert (out / name).stat().st_mode & 0o777 == 0o644
    assert all(torch.equal(made[each], wanted[each]) for each in wanted)
    assert f"HEAD_MODEL_DIR={out}" in capsys.readouterr().out
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_a_pickle_that_wants_to_run_code_is_refused_and_nothing_ran(published, tmp_path):
    trace = tmp_path / "ran"
    torch.save({"conv_in.weight": WantsCode(trace)}, published / "musetalkV15" / "unet.pth")

    with pytest.raises(InputError, match=r"musetalkV15/unet\.pth: wants to run posix\.mkdir when it is read"):
        convert_head(published, tmp_path / "head")

    assert not trace.exists()
    assert not (tmp_path / "head").exists()


@pytest.mark.parametrize("is_zip", [False, True])
def test_torchs_old_format_hides_no_code_either(tmp_path, is_zip):
    bad, trace = tmp_path / "bad.pth", tmp_path / "ran"
    torch.save({"state_dict": {"a": WantsCode(trace)}}, bad, _use_new_zipfile_serialization=is_zip)

    with pytest.raises(NotRead) as refused:
        convert(str(bad), str(tmp_path / "out"), "")

    assert (refused.value.code, refused.value.what) == ("wants_code", "posix.mkdir")
    assert not trace.exists()


def test_a_bare_pickle_hides_no_code_either(tmp_path):
    bad, trace = tmp_path / "bad.pth", tmp_path / "ran"
    bad.write_bytes(pickle.dumps(WantsCode(trace), protocol=2))

    with pytest.raises(NotRead):
        convert(str(bad), str(tmp_path / "out"), "")
    assert not trace.exists()


def test_weights_of_another_network_are_refused_by_the_first_that_differs(tiny, tmp_path):
    torch.save({"conv_in.weight": torch.zeros(1)}, tmp_path / "unet.pth")

    with pytest.raises(NotRead) as refused:
        convert(str(tmp_path / "unet.pth"), str(tmp_path / "out"), str(tiny / "unet" / "config.json"))

    assert (refused.value.code, refused.value.what) == ("does_not_fit", "conv_in.weight is (1,), not (16, 8, 3, 3)")


def test_tied_weights_are_written_twice(tmp_path):
    one = torch.arange(4.0)
    torch.save({"state_dict": {"a": one, "b": one}}, tmp_path / "tied.bin")

    assert convert(str(tmp_path / "tied.bin"), str(tmp_path / "out"), "") == 2
    assert load_file(tmp_path / "out")["b"].tolist() == [0.0, 1.0, 2.0, 3.0]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html>Sign in to download</html>",
        b"version https://git-lfs.github.com/spec/v1\n",
        b"\x80\x02",
        b"\x80\x04\x95",
    ],
)
def test_what_is_no_pickle_at_all_is_not_said_to_want_code(tmp_path, content):
    path = tmp_path / "odd.pth"
    path.write_bytes(content)

    with pytest.raises(NotRead) as refused:
        convert(str(path), str(tmp_path / "out"), "")
    assert refused.value.code == "no_weights"
    assert "weights_only" not in refused.value.what


def test_what_this_machine_cannot_do_is_not_the_files_fault(published, tmp_path, monkeypatch):
    source = str(published / "musetalkV15" / "unet.pth")
    with pytest.raises(NotRead) as refused:
        convert(source, str(tmp_path / "nowhere" / "out"), "")
    assert refused.value.code == "not_written"
    with pytest.raises(NotRead) as refused:
        convert(str(tmp_path / "gone.pth"), str(tmp_path / "out"), "")
    assert refused.value.code == "not_ready"

    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(TerminalError, match=f"{tmp_path}/file: "):
        convert_head(published, tmp_path / "file" / "head")
    monkeypatch.setattr(devices, "PACKAGES", ("torch", "no_such_package"))
    with pytest.raises(EngineMissing, match="not installed: no_such_package"):
        convert_head(published, tmp_path / "head")


@pytest.mark.parametrize("config", ["[]", '"somebody/unet"', "{", '{"down_block_types": ["Nothing"]}'])
def test_a_config_that_makes_no_network_is_not_the_end_of_the_process(published, tmp_path, config):
    (tmp_path / "config.json").write_text(config)

    with pytest.raises(NotRead) as refused:
        convert(str(published / "musetalkV15" / "unet.pth"), str(tmp_path / "out"), str(tmp_path / "config.json"))
    assert (refused.value.code, refused.value.what.split(":")[0]) == (
        "does_not_fit",
        "no U-Net is made of the config",
    )


def test_whether_the_network_was_given_up_is_what_the_kernel_says(tmp_path):
    """In a process of its own, since nothing gives a network back."""
    look = (
        "import os, sys; from pathlib import Path; from generation.checkpoints.unpickling_process import shut_in\n"
        "before = os.readlink('/proc/self/ns/net'); said = shut_in(Path(sys.argv[1]))\n"
        "print(said == (before != os.readlink('/proc/self/ns/net')), os.environ['HOME'] == os.getcwd() == sys.argv[1])"
    )

    told = subprocess.run([sys.executable, "-c", look, str(tmp_path)], capture_output=True, text=True, check=True)

    assert told.stdout == "True True\n"


@pytest.mark.parametrize("content", [{"state_dict": {"a": 3}}, {}, [torch.zeros(1)], "cut"])
def test_what_is_no_weights_is_refused(tmp_path, content):
    path = tmp_path / "odd.pth"
    torch.save({"a": torch.zeros(100)} if content == "cut" else content, path)
    if content == "cut":
        path.write_bytes(path.read_bytes()[:300])

    with pytest.raises(NotRead) as refused:
        convert(str(path), str(tmp_path / "out"), "")
    assert refused.value.code == "no_weights"


def test_safetensors_have_to_be_whole(published, tmp_path):
    (published / "musetalkV15" / "unet.safetensors").write_bytes(safetensors())
    (published / "sd-vae" / "diffusion_pytorch_model.safetensors").write_bytes(safetensors()[:-1])

    with pytest.raises(InputError, match=r"sd-vae/diffusion_pytorch_model\.safetensors: is cut short"):
        convert_head(published, tmp_path / "head")


def test_what_is_missing_and_what_is_there_already_are_named(published, tmp_path):
    with pytest.raises(InputError, match=r"models is there already"):
        convert_head(published, published)
    shutil.rmtree(published / "sd-vae")
    with pytest.raises(InputError, match=r"vae: .* has no folder vae, sd-vae, sd-vae-ft-mse with weights"):
        convert_head(published, tmp_path / "head")
    with pytest.raises(InputError, match="SOURCE: there is no folder"):
        convert_head(tmp_path / "nowhere", tmp_path / "head")


def test_a_config_that_is_no_heads_is_refused(tiny, tmp_path):
    shutil.copytree(tiny, tmp_path / "odd")
    config = tmp_path / "odd" / "vae" / "config.json"
    config.write_text(json.dumps({**json.loads(config.read_text()), "latent_channels": 16}))

    with pytest.raises(InputError, match="latent_channels is 16, a talking head of this kind has 4"):
        convert_head(tmp_path / "odd", tmp_path / "head")
