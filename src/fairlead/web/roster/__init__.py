"""The organization: units, who reports to whom on which day, joiners, leavers, long leave, invitations."""
