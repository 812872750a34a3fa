"""The web process: Django behind any WSGI server.

Loads the Celery application too, so that a view's wake-up reaches the worker's broker.
"""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from backend import embedded
from worker.celery import app as celery_app

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backend.settings")
embedded.ensure()
application = get_wsgi_application()

# Without it a wake-up would go to Celery's default broker, and be lost.
celery_app.set_default()

# Every address is known before the processes part: read once, and nobody's first page waits for it.
get_resolver().url_patterns  # noqa: B018
