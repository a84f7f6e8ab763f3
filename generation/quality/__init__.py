"""Is this file fit to be released? Everything is measured on the finished file, in one decode."""
