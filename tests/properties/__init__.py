"""Tests of homes, households, indicators, tracing and what may be told of them."""
