"""FLOOR 1: who invests, what protects them, what they are told."""
