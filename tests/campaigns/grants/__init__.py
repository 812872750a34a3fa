"""Tests of grants, running costs and own money."""
