"""What runs when, a line each with its why. Times are Turin's."""

from celery.schedules import crontab

from worker.celery import app

app.conf.beat_schedule = {
    # A wake-up may be lost (a worker killed, a broker restarted); a minute is what that may cost.
    "sweep": {"task": "worker.sweep", "schedule": 60.0, "options": {"expires": 60}},
    # A webhook may never come; five minutes is how late a payment may then be seen.
    "pull events": {"task": "worker.pull_events", "schedule": 300.0, "options": {"expires": 300}},
    # Movements have no webhook: what was never told is found here, and a balance that differs within hours.
    "prove provider": {"task": "worker.prove_provider", "schedule": crontab(minute=40, hour="*/3")},
    # The shorter the chain's open end, the less can be changed unseen.
    "seal": {"task": "worker.seal", "schedule": crontab(minute=5)},
    # The last day of an offer ends at midnight in Turin; an hour lost is made up by the next.
    "end offers": {"task": "worker.end_offers", "schedule": crontab(minute=10)},
    # Thirty days end at midnight in Turin, and so do invitations; an hour lost is made up by the next.
    "watch suspensions": {"task": "worker.watch_suspensions", "schedule": crontab(minute=12)},
    "watch interests": {"task": "worker.watch_interests", "schedule": crontab(minute=14)},
    # A place in a full campaign should not wait long for who comes next.
    "lapse unpaid": {"task": "worker.lapse_unpaid", "schedule": crontab(minute=20)},
    # A hot offer adds thousands of rows to its kept sums in an hour; reading them stays cheap.
    "fold tallies": {"task": "worker.fold_tallies", "schedule": crontab(minute="*/10")},
    # Banks publish the day's statement in the night; the day starts with it explained.
    "reconcile": {"task": "worker.reconcile", "schedule": crontab(hour=6, minute=30)},
    # Where somebody was logged in is nobody's business afterwards.
    "forget sessions": {"task": "worker.forget_sessions", "schedule": crontab(hour=3, minute=50)},
    # A log is for looking into what went wrong, not an archive.
    "forget deliveries": {
        "task": "worker.forget_deliveries",
        "schedule": crontab(hour=3, minute=55),
    },
    # A mandate ends with its last day, and mails about categories come in the morning.
    "keep investors": {"task": "worker.keep_investors", "schedule": crontab(hour=0, minute=10)},
    # A cost that arises a day late is the issuer's own; the mail comes before people begin their day.
    "warn of grants": {"task": "worker.warn_of_grants", "schedule": crontab(hour=4, minute=30)},
    # Whoever is on call hears within minutes, and by a mail that no other server is needed for.
    "watch vitals": {
        "task": "worker.watch_vitals",
        "schedule": 300.0,
        "options": {"expires": 300},
    },
    # It reads every transfer: in the hour when nobody else does.
    "check books": {"task": "worker.check_books", "schedule": crontab(hour=3, minute=30)},
    # Rents fall due on the fifth; the reference is ready on the first. Daily: a month begun late.
    "charge rents": {"task": "worker.charge_rents", "schedule": crontab(hour=5, minute=0)},
    # Before the working day begins, so that what is due on it can still be done.
    "remind of homes": {"task": "worker.remind_of_homes", "schedule": crontab(hour=5, minute=20)},
    # Investors who wait are nobody's afterthought: it stands in the first mail of the day.
    "watch reports": {"task": "worker.watch_reports", "schedule": crontab(hour=5, minute=25)},
    # After the statements of the night: a plan is judged by what the bank has shown.
    "keep households": {"task": "worker.keep_households", "schedule": crontab(hour=7, minute=30)},
    # Statements of the quarter's last days take some days. Daily in the window: a lost day is made up.
    "take snapshots": {
        "task": "worker.take_snapshots",
        "schedule": crontab(hour=5, minute=30, day_of_month="5-15", month_of_year="1,4,7,10"),
    },
}
