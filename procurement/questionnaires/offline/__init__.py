"""A questionnaire as a workbook: written, read back, matched and compared. Nothing here changes an answer."""
