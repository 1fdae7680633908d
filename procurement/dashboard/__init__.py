"""Pages that show everything: what needs you now, lists, the vendor page, the review page, the portal's home."""
