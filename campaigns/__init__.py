"""FLOOR 2: money in, from the first interest to the allotment."""
