"""What other systems are told, tried with a receiver that really listens."""
