"""Tests of the worker: its tasks, its folders, and real worker processes."""
