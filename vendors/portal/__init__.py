"""The door of the portal: link, code, session, frame. What stands behind it belongs to other capabilities."""
