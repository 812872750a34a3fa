"""What the city sees: its dashboard by circoscrizione, its assumptions, the dossier that it files.

Everything here is read from frozen snapshots and suppressed for the city before it leaves a module.
"""
