"""Tests of the ledger: its guards, its posting, its checks."""
