"""The fictional prison: HMP Fellgate, its people all invented, in four sizes, as `kw import` reads them.

One seed gives the same files to the byte, on any day and any machine: nothing here looks at a clock.
help: fictional-prison.
"""

from keyworker_cli.fiction.moments import AS_OF
from keyworker_cli.fiction.prison import write_prison
from keyworker_cli.fiction.sizes import SIZES

__all__ = ["AS_OF", "SIZES", "write_prison"]
