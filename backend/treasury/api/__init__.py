"""The API of treasury: statements, lines, reconciliation runs, discrepancies, checks of the books."""
