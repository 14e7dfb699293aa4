"""`kw config`: the settings in force, changing one, and encrypting the database."""

from typing import Annotated

import typer

from keyworker_cli.actions.database.encryption import decrypt, encrypt, rekey
from keyworker_cli.actions.database.settings import change_setting
from keyworker_cli.command_line.options import DATA, Facts, command, family, write
from keyworker_cli.context import Kw
from keyworker_cli.reports.oversight.settings import settings_report
from keyworker_cli.rules.settings import check_key

app = family()
config = family("The settings in force, and changing one for everyone.")
app.add_typer(config, name="config", rich_help_panel=DATA)

Key = Annotated[str, typer.Argument(metavar="KEY", help="A setting, such as gap.days.")]
SettingValue = Annotated[str, typer.Argument(metavar="VALUE", help="What it is to be.")]


@config.command("list")
@command
def list_settings(kw: Kw, view: Facts) -> None:
    """The settings in force, their defaults, and what is allowed.

    Example: kw config list

    Example: kw config list --format json
    """
    kw.show(settings_report(kw.request(view)), view)


@config.command("get")
@command
def get_setting(kw: Kw, key: Key) -> None:
    """One setting as it is in force, alone on a line.

    Example: kw config get gap.days

    Example: kw config get prison.name
    """
    check_key(key)
    kw.tell(str(kw.settings.get(key)))


@config.command("set")
@write
def set_setting(kw: Kw, key: Key, value: SettingValue) -> None:
    """Change a setting for everyone who shares this database.

    Example: kw config set gap.days 10 --dry-run

    Example: kw config set prison.name "HMP Example" --dry-run
    """
    kw.tell_outcome(change_setting(kw.store, kw.author, key=key, text=value))


@config.command("encrypt")
@write
def encrypt_database(kw: Kw) -> None:
    """Encrypt the database as it stands, with a key of its own.

    Its key is kept in the file that KW_KEY_FILE names, made if there is none, else in the system's keyring. Every
    command works as before. Backups made from then on are encrypted with the same key; those made before are not.

    Example: kw config encrypt --dry-run

    Example: kw config encrypt --db other.db --dry-run
    """
    kw.tell_outcome(encrypt(kw.store, kw.author))


@config.command("rekey")
@write
def rekey_database(kw: Kw) -> None:
    """Encrypt an encrypted database anew, with a new key.

    For when somebody may have seen the key. The new one stands first in the file that KW_KEY_FILE names, else in the
    system's keyring; the old one stays there, because backups made before can only be read with it.

    Example: kw config rekey --dry-run

    Example: kw config rekey --db other.db --dry-run
    """
    kw.tell_outcome(rekey(kw.store, kw.author))


@config.command("decrypt")
@write
def decrypt_database(kw: Kw) -> None:
    """Put an encrypted database in clear again; its key stays where it is kept.

    Example: kw config decrypt --dry-run

    Example: kw config decrypt --db other.db --dry-run
    """
    kw.tell_outcome(decrypt(kw.store, kw.author))
