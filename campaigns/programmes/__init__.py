"""The city's programmes: calls, the projects that compete for them, their grants, what they put out.

Calls and projects are opened in `calls`, grants and reports in `awards`, figures in `outputs`; what the
city sees of all that, in one answer, is `standing`.
"""
