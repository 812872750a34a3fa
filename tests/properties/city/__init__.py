"""Tests of what the city sees and files."""
