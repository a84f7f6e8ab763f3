"""The model hub as a download asks it: which files a repository has, by which hash, under which address."""

from __future__ import annotations

import fnmatch
import hashlib
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.errors import InputError, ServiceDown, TerminalError
from generation.checkpoints.weights import CODE_SUFFIXES, PICKLE_SUFFIXES

PACKAGE = "huggingface_hub"
INSTALL = ".venv/bin/python -m pip install -c constraints.txt huggingface_hub"
LEFT_OUT = (
    *(f"*{suffix}" for suffix in sorted(PICKLE_SUFFIXES | CODE_SUFFIXES)),
    *(
        "*pytorch_model*.bin",
        "openvino_*",
        "training_args.bin",
        "*.msgpack",
        "*.h5",
        "*.ot",
        "*.fp16.*",
        "*.gif",
        "*.mp4",
    ),
)
"""Pickles, code, weights of other frameworks, second copies in half precision, and what people look at."""


@dataclass(frozen=True)
class RemoteFile:
    """One file of a repository. `sha256` of large files, `git_sha1` (of git's blob) of the others."""

    name: str
    size_bytes: int
    sha256: str = ""
    git_sha1: str = ""

    def is_whole(self, path: Path) -> bool:
        """Whether the local file has these bytes, by the hash the hub recorded for it."""
        if path.stat().st_size != self.size_bytes:
            return False
        with path.open("rb") as file:
            if self.sha256:
                return hashlib.file_digest(file, "sha256").hexdigest() == self.sha256
            digest = hashlib.sha1(f"blob {self.size_bytes}\0".encode(), usedforsecurity=False)
            digest.update(file.read())
        return digest.hexdigest() == self.git_sha1


@dataclass(frozen=True)
class Listing:
    """A repository at one commit."""

    repo: str
    commit: str
    files: tuple[RemoteFile, ...]

    @property
    def size_bytes(self) -> int:
        return sum(file.size_bytes for file in self.files)


class Hub:
    """`endpoint` is another address than the hub's own (a mirror); HF_ENDPOINT and HF_TOKEN hold as everywhere."""

    def __init__(self, endpoint: str | None = None, pause: Callable[[float], None] = time.sleep) -> None:
        self.endpoint = endpoint
        self.pause = pause

    def listing(self, repo: str, wanted: Sequence[str] = ()) -> Listing:
        """What a download of `repo` takes; ServiceDown, or InputError where it is gone or not open to us."""
        with _errors_by_kind(repo):
            from huggingface_hub import HfApi

            info: Any = HfApi(endpoint=self.endpoint).model_info(repo, files_metadata=True)
        files = tuple(_remote_file(sibling) for sibling in info.siblings or ())
        return Listing(repo, str(info.sha), _chosen(files, wanted))

    def address(self, listing: Listing, file: RemoteFile) -> str:
        from huggingface_hub import hf_hub_url

        return str(hf_hub_url(listing.repo, file.name, revision=listing.commit, endpoint=self.endpoint))

    def headers(self) -> dict[str, str]:
        """With the token of this machine, where one is set or kept."""
        from huggingface_hub.utils import build_hf_headers

        return dict(build_hf_headers())


def _remote_file(sibling: Any) -> RemoteFile:
    lfs = sibling.lfs
    sha256 = str(lfs["sha256"] if isinstance(lfs, dict) else lfs.sha256) if lfs else ""
    return RemoteFile(sibling.rfilename, int(sibling.size or 0), sha256, str(sibling.blob_id or ""))


def _chosen(files: Sequence[RemoteFile], wanted: Sequence[str]) -> tuple[RemoteFile, ...]:
    """`wanted` patterns, or all but LEFT_OUT; beside a pipeline's folders, copies of it are left too."""
    if wanted:
        return tuple(file for file in files if _matches(file.name, wanted))
    is_pipeline = any(file.name == "model_index.json" for file in files)
    return tuple(
        file for file in files if not _matches(file.name, LEFT_OUT) and not (is_pipeline and _is_copy(file.name))
    )


def _is_copy(name: str) -> bool:
    """Beside the parts of a pipeline: the whole of it in one file, or a part for another runtime."""
    is_whole = "/" not in name and name.endswith((".safetensors", ".gguf"))
    return is_whole or name.endswith((".onnx", ".onnx_data", ".xml"))


def _matches(name: str, patterns: Sequence[str]) -> bool:
    return any(fnmatch.fnmatchcase(name, each) or fnmatch.fnmatchcase(Path(name).name, each) for each in patterns)


@contextmanager
def _errors_by_kind(repo: str) -> Iterator[None]:
    try:
        from huggingface_hub.errors import GatedRepoError, HfHubHTTPError, RepositoryNotFoundError
    except ImportError as error:
        raise TerminalError(f"the package {PACKAGE} is not installed: {INSTALL}") from error
    try:
        yield
    except GatedRepoError as error:
        ask = f"ask for access at https://huggingface.co/{repo}, then set HF_TOKEN"
        raise InputError("checkpoint", f"{repo} is given out on request only; {ask}", "gated_checkpoint") from error
    except RepositoryNotFoundError as error:
        raise InputError("checkpoint", f"the hub has no repository {repo}", "unknown_checkpoint") from error
    except (HfHubHTTPError, OSError) as error:
        raise ServiceDown("model hub", f"{repo}: {type(error).__name__}") from error
    except Exception as error:
        # Its HTTP client is its own affair: whatever that raises means that the hub did not answer.
        if type(error).__module__.split(".")[0] in ("httpx", "httpx2", "httpcore", "httpcore2"):
            raise ServiceDown("model hub", f"{repo}: {type(error).__name__}") from error
        raise
