"""Who somebody is: the account, the person behind it, their own pages."""
