"""Reads settings from the environment (and `.env`); an odd value stops the start with its name."""

from __future__ import annotations

import base64
import binascii
import json
import os
import secrets
from pathlib import Path
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

POSTGRES_SCHEMES = ("postgres", "postgresql", "psql", "pgsql")
ROOT = Path(__file__).resolve().parents[2]

_environment = environ.Env()
environ.Env.read_env(str(ROOT / ".env"), overwrite=False)


def read_text(name: str, default: str = "") -> str:
    """The variable `name`, stripped; `default` when unset or empty."""
    return os.environ.get(name, "").strip() or default


def read_whole_number(name: str, default: int, lowest: int, highest: int) -> int:
    raw = read_text(name)
    if not raw:
        return default
    if not raw.isdecimal() or not lowest <= int(raw) <= highest:
        raise ImproperlyConfigured(f"{name}: {raw!r} is not a whole number from {lowest} to {highest}")
    return int(raw)


def read_flag(name: str, default: bool = False) -> bool:
    raw = read_text(name).lower()
    if not raw:
        return default
    if raw not in {"1", "0", "true", "false", "yes", "no", "on", "off"}:
        raise ImproperlyConfigured(f"{name}: {raw!r} is neither true nor false")
    return raw in {"1", "true", "yes", "on"}


def read_choice(name: str, choices: tuple[str, ...], default: str) -> str:
    raw = read_text(name).lower()
    if raw and raw not in choices:
        raise ImproperlyConfigured(f"{name}: {raw!r} is none of {', '.join(choices)}")
    return raw or default


def read_object(name: str) -> dict[str, object]:
    """A JSON object, empty when the variable is unset."""
    try:
        found = json.loads(read_text(name, "{}"))
    except ValueError as error:
        raise ImproperlyConfigured(f"{name}: is no JSON: {error}") from error
    if not isinstance(found, dict):
        raise ImproperlyConfigured(f"{name}: must be a JSON object, such as {{}}")
    return found


def read_list(name: str, default: list[str]) -> list[str]:
    raw = read_text(name)
    return [part.strip() for part in raw.split(",") if part.strip()] if raw else default


def read_url(name: str, schemes: tuple[str, ...], default: str = "") -> str:
    """A URL of one of `schemes`, without a trailing slash; `default` when unset."""
    raw = read_text(name)
    if not raw:
        return default
    if urlsplit(raw).scheme not in schemes:
        raise ImproperlyConfigured(f"{name}: must start with one of {', '.join(f'{scheme}:' for scheme in schemes)}")
    return raw.rstrip("/")


def read_folder(name: str) -> Path | None:
    """An existing folder, or None when the variable is unset."""
    raw = read_text(name)
    if not raw:
        return None
    path = Path(raw).expanduser().absolute()
    if not path.is_dir():
        raise ImproperlyConfigured(f"{name}: there is no folder {path}")
    return path


def read_model_folder(name: str) -> Path | None:
    """A folder with an unpacked sherpa-onnx model, or None when the variable is unset. What it holds is not loaded."""
    folder = read_folder(name)
    if folder is not None and not (any(folder.glob("*.onnx")) and any(folder.glob("*tokens.txt"))):
        raise ImproperlyConfigured(f"{name}: {folder} holds no model; it needs *.onnx and tokens.txt")
    return folder


def read_file(name: str) -> Path | None:
    """An existing file, or None when the variable is unset."""
    raw = read_text(name)
    if not raw:
        return None
    path = Path(raw).expanduser().absolute()
    if not path.is_file():
        raise ImproperlyConfigured(f"{name}: there is no file {path}")
    return path


def read_program(name: str) -> str:
    """The path of an executable file, or "" when the variable is unset."""
    raw = read_text(name)
    if not raw:
        return ""
    path = Path(raw).expanduser().absolute()
    if not (path.is_file() and os.access(path, os.X_OK)):
        raise ImproperlyConfigured(f"{name}: {path} is not a program that can be run")
    return str(path)


def read_database(name: str) -> dict[str, object] | None:
    """Django's settings for the PostgreSQL named by the variable, or None when it is unset."""
    if not read_text(name):
        return None
    is_postgres = urlsplit(read_text(name)).scheme in POSTGRES_SCHEMES
    settings: dict[str, object] = dict(_environment.db_url(name)) if is_postgres else {}
    if not settings.get("NAME"):
        raise ImproperlyConfigured(f"{name}: must look like postgresql://user:password@host:5432/database")
    return settings


def read_home(name: str) -> Path:
    """The folder for everything an install writes, made when it is not there yet; what is secret in it is 0700."""
    home = Path(read_text(name, str(ROOT / "var"))).expanduser().absolute()
    try:
        home.mkdir(mode=0o755, parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(f"{name}: {home} cannot be made: {error.strerror}") from error
    return home


def make_folder(path: Path) -> Path:
    """The folder, made (0700) when it is not there yet."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def read_secret(name: str, home: Path) -> str:
    """The secret `name`: from the environment, else made once and kept 0600 under `home`."""
    secret = read_text(name) or _kept_secret(home, name, secrets.token_urlsafe(48))
    if len(secret) < 32:
        raise ImproperlyConfigured(f"{name}: needs at least 32 characters")
    return secret


def read_key(name: str, home: Path) -> str:
    """A 32-byte key in URL-safe base64 (what Fernet takes), kept like any other secret."""
    fresh = base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()
    secret = read_text(name) or _kept_secret(home, name, fresh)
    try:
        size = len(base64.urlsafe_b64decode(secret))
    except (binascii.Error, ValueError):
        size = 0
    if size != 32:
        raise ImproperlyConfigured(f"{name}: must be 32 bytes in URL-safe base64")
    return secret


def _kept_secret(home: Path, name: str, fresh: str) -> str:
    """What is kept already, else `fresh`. Two processes may start at once: the first to link its file wins."""
    path = home / "secrets" / name.lower().replace("_", "-")
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(fresh)
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text().strip()
