"""ROOF: time and retries, no rules.

celery.py is the application, schedule.py says what runs when, tasks.py calls one rule each.
The queue is the rows of core.Job: a message here is only a hint that rows wait.
"""
