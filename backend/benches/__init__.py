"""What `manage.py bench` measures: ratios within one run, on a database of its own."""
