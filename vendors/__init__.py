"""The vendor's file: everything that is true about a vendor without a review of ours."""
