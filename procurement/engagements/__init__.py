"""What we buy from a vendor and which data it may see."""
