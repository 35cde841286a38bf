# The pages of staff.
