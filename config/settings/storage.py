"""Blobs: a local folder under the home, or a bucket of any S3 API (`STORAGE_URL=s3://bucket/prefix`)."""

from __future__ import annotations

from django.core.exceptions import ImproperlyConfigured

from config.settings.environment import read_url

STORAGE_URL = read_url("STORAGE_URL", ("s3",))
S3_ENDPOINT_URL = read_url("S3_ENDPOINT_URL", ("http", "https"))

if S3_ENDPOINT_URL and not STORAGE_URL:
    raise ImproperlyConfigured("STORAGE_URL: must name the bucket (s3://bucket) when S3_ENDPOINT_URL is set")
