"""Tests of treasury: statements, matching, expectations, reconciliation."""
