"""Signed HTTP in and out, after the Standard Webhooks specification (standardwebhooks.com)."""
