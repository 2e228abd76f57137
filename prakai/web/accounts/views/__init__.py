"""Views of joining, demo sign-in and settings, one noun a file."""
