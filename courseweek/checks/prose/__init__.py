"""One rule a file about what prose says of the course: dates, weeks, deadlines and shares of the grade."""
