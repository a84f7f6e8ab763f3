"""nginx with its RTMP module as an ingest on loopback: takes a push, cuts it into HLS, serves that over HTTP."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NGINX = shutil.which("nginx")
MODULE = Path("/usr/lib/nginx/modules/ngx_rtmp_module.so")
IS_THERE = NGINX is not None and MODULE.exists()
PAGE = """<!doctype html><title>room</title><video id="video" muted playsinline></video>"""

CONFIG = """
load_module {module};
{user}
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log info;
events {{ worker_connections 64; }}
rtmp {{ server {{
  listen 127.0.0.1:{rtmp};
  chunk_size 4096;
  application live {{
    live on; wait_key on; drop_idle_publisher 10s; idle_streams off;
    hls on; hls_path {folder}/hls; hls_fragment 1s; hls_playlist_length 20s;
  }}
}} }}
http {{
  access_log off;
  types {{ text/html html; application/vnd.apple.mpegurl m3u8; video/mp2t ts; }}
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  server {{ listen 127.0.0.1:{http}; root {folder}; }}
}}
"""


class Nginx:
    """One nginx; `kill` takes its worker down with it, `start` brings it back on the same ports."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.rtmp, self.http = _free_port(), _free_port()
        (folder / "hls").mkdir(parents=True, exist_ok=True)
        (folder / "page.html").write_text(PAGE)
        # Where we are root its worker would be another user, who may not enter our folder.
        user = "user root;" if os.getuid() == 0 else ""
        config = CONFIG.format(user=user, module=MODULE, folder=folder, rtmp=self.rtmp, http=self.http)
        (folder / "nginx.conf").write_text(config)
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = [str(NGINX), "-c", str(self.folder / "nginx.conf"), "-p", str(self.folder), "-g", "daemon off;"]
        self._process = subprocess.Popen(command, stderr=subprocess.DEVNULL, start_new_session=True)
        until = time.monotonic() + 10
        while time.monotonic() < until:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.rtmp)) == 0:
                    return
            time.sleep(0.02)
        raise AssertionError("nginx does not listen")

    def kill(self) -> None:
        found, self._process = self._process, None
        if found is not None:
            os.killpg(found.pid, signal.SIGKILL)
            found.wait()

    def push_address(self, key: str = "room") -> str:
        return f"rtmp://127.0.0.1:{self.rtmp}/live/{key}"


@contextmanager
def nginx(folder: Path) -> Iterator[Nginx]:
    made = Nginx(folder)
    made.start()
    try:
        yield made
    finally:
        made.kill()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
