"""The web process: Django behind any WSGI server.

Loads the Celery application too, so that a view's wake-up reaches the worker's broker.
"""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from backend import embedded, starting
from worker.celery import app as celery_app

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backend.settings")
with starting.loading():
    application = get_wsgi_application()
    # Every address is known before the processes part, and nobody's first page waits for it.
    get_resolver().url_patterns  # noqa: B018 -- read once, here

embedded.ensure()
# Without it a wake-up would go to Celery's default broker, and be lost.
celery_app.set_default()
