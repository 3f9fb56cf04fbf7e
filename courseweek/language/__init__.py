"""What is known of languages: how each names days and months, and writes dates."""
