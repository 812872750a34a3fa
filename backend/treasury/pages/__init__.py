"""The pages of treasury, for finance and managers: the banks, statements, lines, differences, runs."""
