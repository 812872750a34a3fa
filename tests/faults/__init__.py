"""Faults: real processes killed, cut and starved while they work on real money facts.

`machines` starts and kills them, `world` is what a child process does, `load` writes the statements,
`books` reads what came of it. Run by `make test-faults` alone.
"""
