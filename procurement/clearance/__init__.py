"""May this data go to this vendor today? One question, one answer, with reasons."""
