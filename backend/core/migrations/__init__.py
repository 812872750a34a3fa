"""Schema of core."""
