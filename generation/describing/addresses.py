"""What a post is called: the number a platform gives it, or the address of a page of one's own."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

from core.errors import InputError

LONGEST_POST = 200
_PLATFORMS = re.compile(
    r"(?:^|\.)(?:douyin|iesdouyin|kuaishou|gifshow|chenzhongtech|tiktok|facebook|instagram|bilibili|youtube|xiaohongshu)"
    r"\.com/"
)
_DIRECT = re.compile(r"^(?:youtu\.be/([\w-]+)|b23\.tv/((?:BV|av|ep)\w+)|t\.bilibili\.com/(\d+))/?$")
"""Short addresses that hold the number all the same."""
_SHORT = re.compile(
    r"^(?:v\.douyin\.com|v\.kuaishou\.com|v[mt]\.tiktok\.com|fb\.watch|xhslink\.com|b23\.tv|youtu\.be)/"
    r"|(?:^|\.)(?:tiktok\.com/t|kuaishou\.com/f|(?:facebook|instagram)\.com/share)/"
)
_POST_PATH = re.compile(
    r"(?:/(?:videos?|photos?|note|slides|short-video|reels?|p|tv|v|posts?|permalink|shorts|live|embed|player|opus|play|read)"
    r"|xiaohongshu\.com/(?:explore|discovery/item|user/profile/[^/]+))"
    r"/(?:[^/]+/)*?([^/]+?)(?:\.html)?/*$"
)
"""What stands before the number of one post; addresses without it lead to a page with many."""
_NUMBERS = ("modal_id", "vid", "photoId", "story_fbid", "fbid")
"""Where an address that leads to a list names the one video of it."""
_COUNTS_VISITS = re.compile(
    r"(?:utm|hsa|share|mc|_g[al])(?:_.*)?|(?:[gdty]|tt|tw|fb|ms)?clid|[gw]braid|gclsrc|srsltid|igsh(?:id)?|bd_vid|gdt_vid"
    r"|qz_gdt|spm|scm|from|ref|referrer",
    re.IGNORECASE,
)
"""What says where a visitor came from, not what is on the page."""


def post_of(written: str) -> str:
    """The name of a post out of what a member pasted: its number, or its address on a platform or page.

    InputError for nothing, for something too long or with signs that cannot be seen, for short links, which do
    not hold the number, and for a platform's pages that show many posts.
    """
    text = written.strip()
    if "://" in text:
        text = _of_address(text)
    if not text or len(text) > LONGEST_POST or not text.isprintable() or re.search(r"\s", text):
        raise InputError("post", "is the number of the post, or its address", "bad_post")
    return text


def _of_address(address: str) -> str:
    try:
        parts = urlsplit(address)
        place = (parts.hostname or "").removeprefix("www.") + parts.path
    except ValueError as error:
        raise InputError("post", "is no address", "bad_post") from error
    if direct := _DIRECT.search(place):
        return next(filter(None, direct.groups()))
    if _SHORT.search(place + "/"):
        raise InputError(
            "post", "is a short link, which holds no number: open it, and copy the address it leads to", "short_link"
        )
    if _PLATFORMS.search(place + "/"):
        return _number(place, parts.query)
    return _page(place.rstrip("/"), parts.query)


def _number(place: str, query: str) -> str:
    asked = parse_qs(query)
    named = next((asked[key][0] for key in _NUMBERS if key in asked), "")
    if named:
        return named
    if found := _POST_PATH.search(place):
        return found[1]
    if "v" in asked:
        return asked["v"][0]
    raise InputError(
        "post", "leads to many posts: open the one that shows this video, and copy its address", "bad_post"
    )


def _page(place: str, query: str) -> str:
    """Pages of a shop differ by their query often; what only counts visits says nothing of them."""
    told = sorted(each for each in parse_qsl(query, keep_blank_values=True) if not _COUNTS_VISITS.fullmatch(each[0]))
    whole = f"{place}?{urlencode(told)}" if place and told else place
    return whole if len(whole) <= LONGEST_POST else place
