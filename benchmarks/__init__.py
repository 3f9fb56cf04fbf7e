"""How fast it is: measured here, never in a test, and told as ratios within one run."""
