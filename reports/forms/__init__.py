"""What people type, read into what the acts take."""
