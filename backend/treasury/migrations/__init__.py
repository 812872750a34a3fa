"""Migrations of treasury."""
