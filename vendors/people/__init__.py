"""Who acts: roles and the shape of an actor. The people themselves are `procurement.accounts.User`."""
