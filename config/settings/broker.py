"""Celery: the operator's own broker by `CELERY_BROKER_URL`, else the embedded one; PostgreSQL keeps the truth."""

from __future__ import annotations

from config.settings.environment import read_home, read_url
from core.processes.places import Places
from core.queues.names import DEFAULT_QUEUE, QUEUES, route_task

_own = read_url("CELERY_BROKER_URL", ("redis", "rediss", "redis+socket", "amqp", "amqps"))
EMBEDS_BROKER = not _own

CELERY_BROKER_URL = _own or f"redis+socket://{Places(read_home('ADLOOM_HOME')).broker_socket}"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_BROKER_CONNECTION_TIMEOUT = 4
# With kombu's defaults a killed worker's task was not redelivered within 46 s. Nobody renews visibility during a task:
# one that takes longer than 2 minutes is delivered twice, which leases make harmless. RabbitMQ needs none of this.
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, object] = (
    {}
    if CELERY_BROKER_URL.startswith("amqp")
    else {"visibility_timeout": 120, "unacked_restore_interval": 5, "unacked_restore_throttle": 1}
)
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_DEFAULT_QUEUE = DEFAULT_QUEUE
CELERY_TASK_QUEUES = QUEUES
CELERY_TASK_ROUTES = (route_task,)
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
# Media libraries leak a little; a process that has done its share makes room for a fresh one.
CELERY_WORKER_MAX_TASKS_PER_CHILD = 200
# KB a process may once have held; with the ffmpeg of its next task it would pass 700 MB.
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 450_000
# Whatever hangs this long will not end by itself: its process is replaced and the task heard again.
CELERY_TASK_TIME_LIMIT = 7200
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = False
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE: dict[str, dict[str, object]] = {
    "bring back lost media work": {"task": "generation.tend", "schedule": 2.0},
    "bring back lost batches": {"task": "creative.tend", "schedule": 5.0},
    "learn from conversations": {"task": "agentbot.learn", "schedule": 1800.0},
    "read back what CRMs have": {"task": "agentbot.reconcile", "schedule": 1800.0},
    "ask CRMs what their people changed": {"task": "agentbot.poll_crms", "schedule": 300.0},
}
