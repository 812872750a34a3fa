"""Tests of backend/treasury/desk: acts, limits, items and the queue, and their pages and endpoints.

The scene is the small house of tests/treasury/house.py.
"""
