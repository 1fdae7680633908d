"""NDAs: whose text, who signed, until when. No NDA in force: no upload, page, download."""
