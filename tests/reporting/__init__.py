"""Tests of the reports: whose euros are where, what is told, issued once."""
