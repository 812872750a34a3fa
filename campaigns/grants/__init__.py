"""Grants and own money: what a grantor gives for, what is spent with which invoice, what remains.

A grant's money is a restricted fund of its own: its policies are the grant's kinds of cost and its days,
so the database refuses what the agreement does not pay. Running costs are paid from a grant or from own
money, never from raised capital.
"""
