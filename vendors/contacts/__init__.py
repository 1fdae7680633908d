"""People at the vendor: who may act for it in the portal, and how they were invited."""
