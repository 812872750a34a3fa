"""What runs when, a line each with its why."""

from worker.celery import app

app.conf.beat_schedule = {
    # A wake-up may be lost (a worker killed, a broker restarted); a minute is what that may cost.
    "sweep": {"task": "worker.sweep", "schedule": 60.0, "options": {"expires": 60}},
}
