"""Tests of the money that goes back by bank."""
