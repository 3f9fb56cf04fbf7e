"""What a learning-management system exports of the course, and how its deadlines compare with ours."""
