"""tieout completion."""

from __future__ import annotations

import click

HOW = {
    "bash": "tieout completion bash > ~/.local/share/bash-completion/completions/tieout",
    "zsh": "tieout completion zsh > ~/.zfunc/_tieout   (a folder of your fpath, set before compinit)",
    "fish": "tieout completion fish > ~/.config/fish/completions/tieout.fish",
}


@click.command("completion", short_help="Shell completion for bash, zsh or fish.")
@click.argument("shell", type=click.Choice(tuple(HOW)))
def command(shell: str) -> None:
    """Print the completion script for SHELL; its first lines say how to install it.

    \b
    Examples:
      tieout completion bash > ~/.local/share/bash-completion/completions/tieout
      tieout completion zsh > ~/.zfunc/_tieout
      tieout completion fish > ~/.config/fish/completions/tieout.fish
    """
    from click.shell_completion import get_completion_class

    from tieout.cli.group import COMPLETE, NAME, tieout

    found = get_completion_class(shell)
    if found is None:
        raise click.UsageError(f"no completion for {shell}")
    script = found(tieout, {}, NAME, COMPLETE).source().strip()
    # zsh reads its #compdef line only when it comes first.
    head, _, rest = script.partition("\n") if script.startswith("#compdef") else ("", "", script)
    how = f"# To install: {HOW[shell]}\n# then open a new shell."
    click.echo("\n".join(part for part in (head, how, rest.strip()) if part))
