"""What core registers at start: who does its jobs. Every app has such a module, read once at start."""

from backend.core import jobs, notices

jobs.register(notices.JOB, notices.deliver)
