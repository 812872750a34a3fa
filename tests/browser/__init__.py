"""The pages in a real Chromium, on the running application: the whole demo, told once per run.

site.py runs it, people.py lets someone in, walk.py finds every page, verdict.py judges one;
each test_*_journey.py is a road that a person takes.
"""
