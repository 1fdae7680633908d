"""One version of a questionnaire asked of many vendors."""
