"""The child that opens a stranger's picture: size before pixels, upright, sRGB, at most 1920 a side.

Run as ``python -m generation.understanding.picture_process`` under the limits of
`sandbox`. Writes request["out"] + ".jpg" (flattened on white) and, for pictures with
transparency, request["out"] + "-alpha.png".
"""

from __future__ import annotations

import json
import sys
import warnings
from io import BytesIO
from pathlib import Path
from typing import Any

from generation.understanding.refusals import Refused


def normalise_picture(request: dict[str, Any]) -> dict[str, Any]:
    """{width, height, original_width, original_height, has_alpha, is_animated} of the picture at request["path"]."""
    from PIL import Image, UnidentifiedImageError

    warnings.simplefilter("ignore")
    # The side limits are checked here, before any pixel is decoded; Pillow's own guess at a bomb is not needed.
    Image.MAX_IMAGE_PIXELS = None
    try:
        with Image.open(request["path"], formats=[request["format"]]) as picture:
            _check_size(picture.size, request)
            is_animated = bool(getattr(picture, "is_animated", False))
            original = picture.size
            upright = _prepared(picture, request["long_side"])
    except UnidentifiedImageError as error:
        raise Refused("corrupt", what="its header makes no sense") from error
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        what = "it ends in the middle" if "truncated" in str(error) else "it cannot be decoded"
        raise Refused("truncated" if "truncated" in str(error) else "corrupt", what=what) from error
    has_alpha = _write(upright, request["out"])
    sizes = {"width": upright.size[0], "height": upright.size[1]}
    sizes |= {"original_width": original[0], "original_height": original[1]}
    return {**sizes, "has_alpha": has_alpha, "is_animated": is_animated}


def _check_size(size: tuple[int, int], request: dict[str, Any]) -> None:
    least, most = request["min_side"], request["max_side"]
    if not (least <= min(size) and max(size) <= most):
        raise Refused("dimensions", what=f"{size[0]} × {size[1]}", least=least, most=most)


def _prepared(picture: Any, long_side: int) -> Any:
    from PIL import ImageOps

    picture.draft("RGB", (long_side, long_side))
    picture.load()
    upright = ImageOps.exif_transpose(picture)
    see_through = "A" in upright.getbands() or "transparency" in upright.info
    made = _in_srgb(upright).convert("RGBA" if see_through else "RGB")
    made.thumbnail((long_side, long_side))
    return made


def _in_srgb(picture: Any) -> Any:
    """Colours of a wide-gamut photo as sRGB; a broken profile is ignored."""
    from PIL import ImageCms

    profile = picture.info.get("icc_profile")
    if not profile or picture.mode not in ("RGB", "RGBA"):
        return picture
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        return ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB")) or picture
    except (ImageCms.PyCMSError, OSError):
        return picture


def _write(picture: Any, out: str) -> bool:
    from PIL import Image

    flat = picture
    has_alpha = picture.mode == "RGBA" and picture.getchannel("A").getextrema()[0] < 255
    if picture.mode == "RGBA":
        flat = Image.new("RGB", picture.size, "white")
        flat.paste(picture, mask=picture.getchannel("A"))
    if has_alpha:
        picture.save(Path(f"{out}-alpha.png"))
    flat.save(Path(f"{out}.jpg"), quality=94, subsampling=0)
    return has_alpha


def main() -> None:
    """One request in, one answer out."""
    request = json.loads(sys.stdin.read())
    try:
        answer = normalise_picture(request)
    except Refused as reason:
        answer = {"refused": reason.code, "details": reason.details}
    except MemoryError:
        answer = {"refused": "too_heavy", "details": {"what": "memory"}}
    print(json.dumps(answer))


if __name__ == "__main__":
    main()
