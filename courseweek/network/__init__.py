"""Asking other hosts about addresses, politely: it knows addresses and answers, and no courses."""
