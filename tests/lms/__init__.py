"""What other systems export, and how it is compared with a course."""
