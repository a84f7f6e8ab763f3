"""Files by what is in them: `put_file` gives a SHA-256, `path_for` gives the file back."""

from core.storage.api import has_blob, named_files, open_blob, path_for, put_bytes, put_file
from core.storage.hashing import hash_file

__all__ = ["has_blob", "hash_file", "named_files", "open_blob", "path_for", "put_bytes", "put_file"]
