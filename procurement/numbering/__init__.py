"""Running numbers of reviews and memos: no gap by collision, none given twice."""
