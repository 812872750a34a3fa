"""The ground every other package stands on: people, roles, time, states, approvals, jobs, money as a value.

Knows no campaign, no home, no account. A module here is a noun; what it can do are its verbs.
"""
