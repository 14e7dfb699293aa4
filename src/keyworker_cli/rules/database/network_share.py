"""Whether a file lies where several machines can write to it: there, sessions that were acknowledged have been lost.

A file system that is shared does not hold the locks that keep two writers apart.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Final

SHARED_TYPES: Final = frozenset(
    {
        "afs",
        "beegfs",
        "ceph",
        "cifs",
        "davfs",
        "fuse.ceph",
        "fuse.davfs",
        "fuse.glusterfs",
        "fuse.gvfsd-fuse",
        "fuse.rclone",
        "fuse.sshfs",
        "gfs2",
        "glusterfs",
        "gpfs",
        "lustre",
        "nfs",
        "nfs4",
        "ocfs2",
        "smb3",
        "smbfs",
        "vboxsf",
    }
)
"""The types of file system that another machine may write to at the same time. 9p is not among them: sandboxes and
small virtual machines have their own disk through it."""

SYNCHRONISED: Final = ("OneDrive", "OneDriveConsumer", "OneDriveCommercial")
"""The environment variables of Windows that name a folder which is copied to other machines, in its own time."""

_ESCAPED: Final = r"\\([0-7]{3})"


def network_share(place: str, *, mounts: str = "", environment: Mapping[str, str]) -> str | None:
    r"""Return what a file's place is shared through (`nfs4`, `OneDrive`), `None` for a disk of this machine.

    `place` is the file's real path; `mounts` is what Linux says in `/proc/self/mountinfo`, empty elsewhere. On Windows
    a path of another machine begins with two backslashes.
    """
    if place.startswith("\\\\") and not re.match(r"\\\\[?.]\\(?!UNC\\)", place):
        return "Windows share"
    for name in SYNCHRONISED:
        folder = environment.get(name)
        if folder and _windows(place).startswith(_windows(folder) + "\\"):
            return "OneDrive"
    kind = _type_at(place, mounts)
    return kind if kind in SHARED_TYPES else None


def _windows(path: str) -> str:
    return path.replace("/", "\\").rstrip("\\").casefold()


def _type_at(place: str, mounts: str) -> str | None:
    """Return the type of the file system that holds a path: of those mounted above it, the nearest, mounted last."""
    path = PurePosixPath(place)
    above = [(len(point.parts), at, kind) for at, (point, kind) in enumerate(_mounted(mounts)) if _is_in(path, point)]
    return max(above)[2] if above else None


def _is_in(path: PurePosixPath, folder: PurePosixPath) -> bool:
    return path == folder or folder in path.parents


def _mounted(mounts: str) -> Iterator[tuple[PurePosixPath, str]]:
    """Yield where each file system is mounted, and its type: `36 35 98:0 / /mnt/wing rw - nfs4 server:/wing rw`."""
    for line in mounts.splitlines():
        before, dash, after = line.partition(" - ")
        words, kind = before.split(" "), after.partition(" ")[0]
        if dash and len(words) > 4:
            yield PurePosixPath(re.sub(_ESCAPED, lambda octal: chr(int(octal[1], 8)), words[4])), kind
