"""Room for everybody's open page: each is a line, and a line is a file of the process."""

import resource

MOST = 65_536


def make_lines() -> int:
    """As many as the system allows this process without asking anybody; how many that is."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = MOST if hard == resource.RLIM_INFINITY else min(MOST, hard)
    if soft != resource.RLIM_INFINITY and soft < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
        return most
    return soft
