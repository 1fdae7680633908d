"""What every list shares: filters in the address, pages, sorts."""
