"""What core registers at start: who does its jobs, and how they are. Every app has such a module."""

from backend.core import jobs, notices, vitals

# A worker killed among a hundred mails sends none of those again that went.
jobs.register(notices.JOB, notices.deliver, is_outward=True)
vitals.register(*vitals.JOBS, *vitals.DATABASE)
