"""Endpoints of accounts, and how a call says who makes it and how many it may make."""
