"""Tests of the city's programmes."""
