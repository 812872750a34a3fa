"""Accounts: who may enter, with what, for how long, and in whose stead.

Sign-in with a second factor, lockout, sessions, passwords, staff, deputies, API tokens and how many
calls. Who a person is (User, roles) stands in core; what a role may do is core.roles.
"""
