# Files that people send: what they and the staff are told about them.
