"""`python -m bot run` in which no file may grow beyond BYTES, as on a disk that refuses to write.

python -m tests.faults.full_files BYTES
"""

import resource
import sys

from bot.__main__ import main

if __name__ == "__main__":
    room = int(sys.argv[1])
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
    sys.exit(main(["run"]))
