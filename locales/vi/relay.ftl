# Letters between reporter and staff, safe contact, the code word, quick exit.
