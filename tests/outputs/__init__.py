"""What the site offers machines."""
