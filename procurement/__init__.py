"""What we do with a vendor: requests for a review, decisions, memos, renewals. Also the project itself.

Imports nothing: pure modules in here run in the confined child, where there is no framework.
"""
