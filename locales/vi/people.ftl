# Duty, leave, invitations, test alerts, reports for somebody else.
