"""What core registers at start: who does its jobs, and how they are. Every app has such a module."""

from backend.core import jobs, notices, vitals

jobs.register(notices.JOB, notices.deliver)
vitals.register(*vitals.JOBS)
