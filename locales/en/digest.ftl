# Morning digest, weekly summary, bundled notices. As in every notice: code, level, status, times only.

bundle-news = { $count } news:
bundle-alerts = { $count } cases need somebody to take them:

digest-work = My cases

error-which_case = That message is about several cases. Please open the right one and choose Note what was done.
