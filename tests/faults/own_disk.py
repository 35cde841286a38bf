"""A disk of a test's own: a file with ext4 in it, mounted where nobody but the test's programs sees it.

The mount lives in a namespace that ends with whoever holds it, also where a test is killed.
"""

import os
import shutil
import subprocess

TOOLS = ("unshare", "nsenter", "mkfs.ext4", "e2fsck", "mount", "umount")
_HOLD = 'mount -o loop,errors=remount-ro "$0" "$1" && echo mounted && exec cat'


class NoDisk(Exception):
    """Why this machine gives a test none."""


class OwnDisk:
    """It begins with what the folder `at` holds; `within` stands before the command that is to see it."""

    def __init__(self, at):
        if os.geteuid() != 0:
            raise NoDisk("only root may mount a disk")
        if missing := [one for one in TOOLS if shutil.which(one) is None]:
            raise NoDisk(f"not here: {', '.join(missing)}")
        self.at, self.image = at, at.parent / "disk.img"
        with self.image.open("wb") as file:
            file.truncate(64 << 20)
        subprocess.run(["mkfs.ext4", "-q", "-d", at, self.image], check=True, capture_output=True)
        self._holder = subprocess.Popen(
            ["unshare", "-m", "--propagation", "private", "sh", "-c", _HOLD, self.image, at],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
        if self._holder.stdout.readline() != b"mounted\n":
            _, why = self._holder.communicate()
            raise NoDisk(why.decode().strip())
        inside = ("nsenter", "-t", str(self._holder.pid), "-m")
        self._inside = inside
        self.within = (*inside, "sh", "-c", 'cd "$0" && exec "$@"', str(at.parent))

    def fails(self):
        """As after a fault of the disk: what is open for writing stays open, and nothing more is written."""
        self._run("mount", "-o", "remount,abort", self.at)

    def repaired(self):
        """By whoever runs the machine, as after any such fault; refused while a program uses it."""
        self._run("umount", self.at)
        mended = subprocess.run(["e2fsck", "-fy", self.image], check=False, capture_output=True)
        assert mended.returncode in (0, 1), mended.stdout  # 1: it had something to mend
        self._run("mount", "-o", "loop,errors=remount-ro", self.image, self.at)

    def back(self):
        """What is on it now takes the place of what it began with."""
        seen, copy = f"/proc/{self._holder.pid}/root{self.at}", self.at.with_name("copy")
        shutil.copytree(seen, copy, ignore=shutil.ignore_patterns("lost+found"))
        shutil.rmtree(self.at)  # only now: with the folder its mount is gone, there too
        copy.rename(self.at)

    def close(self):
        self._holder.communicate()  # the end of its input ends it, and with it the mount

    def _run(self, *command):
        subprocess.run([*self._inside, *command], check=True, capture_output=True)
