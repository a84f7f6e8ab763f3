"""The web application, served by uvicorn."""

from __future__ import annotations

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.base")

django_application = get_asgi_application()

# Apps are loaded by the line above, which these need.
from agentbot.channels.asgi import with_channels  # noqa: E402
from avatar.comments.socket_door import with_comment_sockets  # noqa: E402
from core.request_limits import limit_bodies  # noqa: E402

application = with_comment_sockets(with_channels(limit_bodies(django_application)))
