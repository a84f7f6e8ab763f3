"""Files by what is in them: `put_file` gives a SHA-256, `path_for` gives the file back; and files machines share."""

from core.storage.api import has_blob, named_files, open_blob, path_for, prepare_bucket, put_bytes, put_file
from core.storage.hashing import hash_file
from core.storage.home_files import bring_all_here, bring_here, lend, share, share_all

__all__ = [
    "bring_all_here",
    "bring_here",
    "has_blob",
    "hash_file",
    "lend",
    "named_files",
    "open_blob",
    "path_for",
    "prepare_bucket",
    "put_bytes",
    "put_file",
    "share",
    "share_all",
]
