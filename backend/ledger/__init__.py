"""Double entry over restricted funds; knows no campaign and no home.

A transfer moves a positive amount from one account to another. The database itself refuses what must
never be: see migrations/0002_guards.py. Only a `books.py` of another package posts here.
"""
