"""Schema of the ledger; 0002 holds its guards."""
