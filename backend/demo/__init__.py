"""ROOF. The demo: the whole road of a euro, told through the real application, then open to visitors.

processes.py runs the application and its stand-ins, outside.py is the world around it (days, bank,
cards), story.py and the chapters tell, summary.py adds up. Everything that happens is invented.
"""
