# Who may see what, PINs, opening a case in need, the log. A notice holds code, times and roles only.

notice-audit_head = Log check of { $at_day }: row { $row }, { $head }. Please keep this message; there is nothing to do.
