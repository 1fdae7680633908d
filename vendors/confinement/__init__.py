"""Runs one named function at a time in a limited child: hostile files stay away from web and worker."""
