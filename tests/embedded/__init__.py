"""Tests of the embedded PostgreSQL, on real servers in folders of their own."""
