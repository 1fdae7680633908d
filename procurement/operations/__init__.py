"""Health, heartbeat."""
