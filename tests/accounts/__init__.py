"""What lets people in, keeps others out, and for how long."""
