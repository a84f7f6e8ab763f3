"""Wires everything together; nobody imports it besides the programs that start."""

from config.celery import app as celery_app

__all__ = ["celery_app"]
