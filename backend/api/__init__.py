"""Endpoints that need figures or acts of several apps."""
