"""Whether a file is where several machines write to it, as Linux and Windows tell of it."""

from pathlib import Path

import pytest

from keyworker_cli.errors import DatabaseError
from keyworker_cli.rules.database.network_share import network_share
from keyworker_cli.store.file.place import refuse_share, shared_through

MOUNTS = """\
22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda1 rw,discard
23 22 0:21 / /proc rw,nosuid - proc proc rw
40 22 0:50 / /srv/prison rw,relatime shared:9 - nfs4 files.example:/prison rw,vers=4.2
41 40 0:51 / /srv/prison/local rw,relatime - xfs /dev/vdb rw
42 22 0:52 / /mnt/Wing\\040B rw master:2 propagate_from:3 - cifs //files.example/wing rw
43 22 0:53 / /home/officer/desk rw - fuse.sshfs officer@desk:/ rw
44 22 0:54 / /mnt/card rw - nfs4 files.example:/card rw
45 44 0:55 / /mnt/card rw - vfat /dev/sdb1 rw
46 22 0:56 / /sandbox rw - 9p none rw
"""


def share(place: str, **environment: str) -> str | None:
    return network_share(place, mounts=MOUNTS, environment=environment)


@pytest.mark.parametrize(
    ("place", "through"),
    [
        ("/var/lib/kw/kw.db", None),
        ("/srv/prison/kw.db", "nfs4"),
        ("/srv/prison/b/kw.db", "nfs4"),
        ("/srv/prison-old/kw.db", None),
        ("/srv/prison/local/kw.db", None),
        ("/mnt/Wing B/kw.db", "cifs"),
        ("/home/officer/desk/kw.db", "fuse.sshfs"),
        ("/home/officer/kw.db", None),
        ("/mnt/card/kw.db", None),
        ("/sandbox/kw.db", None),
    ],
)
def test_the_nearest_mount_above_a_file_says_whether_it_is_shared(place, through) -> None:
    assert share(place) == through


@pytest.mark.parametrize(
    ("place", "through"),
    [
        (r"\\files.example\wing\kw.db", "Windows share"),
        (r"\\?\UNC\files.example\wing\kw.db", "Windows share"),
        (r"\\?\C:\Users\officer\kw.db", None),
        (r"C:\Users\officer\kw.db", None),
        (r"c:\users\officer\onedrive\kw.db", "OneDrive"),
        (r"C:\Users\officer\OneDrive - Fellgate\kw.db", None),
    ],
)
def test_on_windows_a_path_of_another_machine_and_a_synchronised_folder_are_shared(place, through) -> None:
    assert network_share(place, environment={"OneDrive": r"C:\Users\officer\OneDrive"}) == through


def test_where_nothing_is_said_of_mounts_a_file_is_taken_to_be_local() -> None:
    assert network_share("/srv/prison/kw.db", mounts="", environment={}) is None
    assert network_share("/srv/prison/kw.db", mounts="no such form\n1 2 - nfs4\n", environment={}) is None


def test_nothing_is_written_to_a_file_on_a_share_and_postgresql_is_named() -> None:
    with pytest.raises(DatabaseError) as said:
        refuse_share(Path("/srv/prison/kw.db"), share("/srv/prison/kw.db"))

    assert (said.value.exit_code, "network share (nfs4)" in said.value.message) == (7, True)
    assert "nothing was saved" in said.value.hint
    assert "PostgreSQL" in said.value.hint


def test_a_file_of_this_machine_is_written_to(tmp_path) -> None:
    refuse_share(tmp_path / "kw.db", shared_through(tmp_path / "kw.db"))
