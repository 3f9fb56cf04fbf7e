"""A reader that anything is thrown at, guided by what it has not done yet."""
