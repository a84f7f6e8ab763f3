"""Files that come through the browser: kept under the home, then booked like any other."""

from __future__ import annotations

import re
import unicodedata
import uuid
from pathlib import Path, PurePosixPath

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from core.errors import InputError
from core.models import Advertiser
from core.storage import share
from creative.models import Material, Reference
from creative.references import api as references
from creative.references.folder import ReferenceFiles
from creative.services.materials import add_material

LONGEST_NAME = 200
_NOT_IN_NAMES = re.compile(r"[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


def take_material(advertiser: Advertiser, file: UploadedFile, name: str) -> Material:
    """Keep an uploaded file and order its understanding. InputError names a file that is empty or too large."""
    clean = clean_name(name or file.name or "")
    return add_material(advertiser, _keep(advertiser, file, clean), clean)


def take_reference(
    advertiser: Advertiser, video: UploadedFile, subtitles: UploadedFile | None, record: UploadedFile | None
) -> Reference:
    """Keep a reference video with the subtitles and record uploaded beside it."""
    name = clean_name(video.name or "")
    path = _keep(advertiser, video, name)
    files = ReferenceFiles(
        name=name,
        video=path,
        subtitles=_keep(advertiser, subtitles, "given.srt") if subtitles else None,
        record=_keep(advertiser, record, "given.yaml") if record else None,
    )
    return references.add_reference(advertiser, advertiser, files)


def clean_name(name: str) -> str:
    """A name that is safe to show and to keep: no control marks, no way out of its folder."""
    plain = unicodedata.normalize("NFC", _NOT_IN_NAMES.sub(" ", name).replace("\\", "/"))
    parts = [part.strip() for part in PurePosixPath(plain).parts if part.strip() not in ("", "/", ".", "..")]
    joined = "/".join(parts) or "unnamed"
    return joined if len(joined) <= LONGEST_NAME else "…" + joined[-(LONGEST_NAME - 1) :]


def _keep(advertiser: Advertiser, file: UploadedFile, name: str) -> Path:
    """Write the upload to disk under a name of our own; its ending helps nobody open it wrongly."""
    if not file.size:
        raise InputError(name, "is empty", "empty")
    if file.size > settings.UPLOAD_MAX_BYTES:
        raise InputError(name, f"is larger than {settings.UPLOAD_MAX_BYTES / 1e9:.1f} GB", "too-large")
    suffix = PurePosixPath(name).suffix.lower()
    suffix = suffix if re.fullmatch(r"\.[a-z0-9]{1,5}", suffix) else ""
    path: Path = settings.ADLOOM_HOME / "uploads" / str(advertiser.pk) / f"{uuid.uuid4().hex}{suffix}"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as target:
        for chunk in file.chunks():
            target.write(chunk)
    share(path)
    return path


def set_rights(material: Material, rights: str) -> None:
    """Write whose footage it is: own or licensed."""
    material.rights = rights
    material.save(update_fields=["rights"])


def remove_material(material: Material) -> None:
    """Take a file and its shots out of the list; ads made from it keep their frames and their lineage."""
    material.delete()
