"""One home, one host of live rooms: products become rooms on air, one after the other. Prints a JSON line for each.

    python -m bench.live_setup_work COUNT

The home is $ADLOOM_HOME. A room counts as on air when the books have the first word the engine said.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable

import django

django.setup()

from django.conf import settings

from avatar.models import Broadcast
from avatar.services.broadcasting import start, stop
from avatar.services.rooms import open_room
from core.models import Advertiser, Product, ProductFact
from core.processes.database import prepared_services
from core.processes.live_hosts import SERVICE
from core.processes.places import Places
from core.processes.readiness import live_hosts_answer

LOOK_SECONDS = 0.1
PATIENCE_SECONDS = 240.0
FACTS = (("brew", "12 小时低温慢萃"), ("beans", "只用云南咖啡豆"), ("size", "一瓶 300 毫升"))


def main(count: int) -> None:
    with prepared_services("postgres"):
        host = subprocess.Popen(
            [sys.executable, "manage.py", "run_live_hosts", "--kept"], env={**os.environ, "ADLOOM_CHILD": SERVICE}
        )
        try:
            _wait(lambda: live_hosts_answer(Places(settings.ADLOOM_HOME)))
            for number in range(count):
                print(json.dumps(_on_air(_product(number))), flush=True)
        finally:
            host.terminate()
            host.wait(60)


def _product(number: int) -> Product:
    advertiser, _is_new = Advertiser.objects.get_or_create(slug="bench", defaults={"name": "bench"})
    product = Product.objects.create(
        advertiser=advertiser,
        name=f"澄夜冷萃{number or ''}",
        category="冷萃咖啡",
        category_key="drinks",
        price_text="¥39.9",
        price_minor=3990,
        offer="第二件半价",
        cta="点下方链接",
    )
    ProductFact.objects.bulk_create([ProductFact(product=product, key=key, text=text) for key, text in FACTS])
    return product


def _on_air(product: Product) -> dict[str, float]:
    began = time.monotonic()
    room = open_room(product.advertiser, product)
    opened = time.monotonic()
    broadcast = start(room)
    row = Broadcast.objects.filter(pk=broadcast.pk)
    _wait(lambda: row.filter(begun_at__isnull=False).exists())
    spoke = time.monotonic()
    stop(broadcast)
    _wait(lambda: row.filter(ended_at__isnull=False).exists())
    return {"open_seconds": round(opened - began, 2), "air_seconds": round(spoke - began, 2)}


def _wait(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not is_so():
        if time.monotonic() > deadline:
            raise TimeoutError("it never came to be")
        time.sleep(LOOK_SECONDS)


if __name__ == "__main__":
    main(int(sys.argv[1]))
