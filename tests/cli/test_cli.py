from inspect import cleandoc
from pathlib import Path

import click
import pytest

import hedge
from hedge.cli import ExitStatus, cli
from hedge.errors import HedgeError

DOCS = Path(__file__).resolve().parents[2] / "docs" / "cli.md"


def commands(group=cli, path="hedge"):
    yield path, group
    if isinstance(group, click.Group):
        for name, command in group.commands.items():
            yield from commands(command, f"{path} {name}")


TREE = dict(commands())
COMMANDS = [path for path, command in TREE.items() if not isinstance(command, click.Group)]
OPTIONS = [(path, o) for path in COMMANDS for o in TREE[path].params if isinstance(o, click.Option)]


def test_the_commands_are_those_we_know():
    assert set(COMMANDS) == {
        "hedge classify",
        "hedge train",
        "hedge evaluate",
        "hedge models list",
        "hedge models show",
        "hedge annotations validate",
        "hedge annotations stats",
        "hedge annotations texts",
        "hedge annotations import",
        "hedge annotations export",
    }


@pytest.mark.parametrize("path", TREE)
@pytest.mark.parametrize("option", ["--help", "-h"])
def test_every_command_explains_itself(run, path, option):
    result = run(*path.split()[1:], option)
    assert result.exit_code == 0
    assert TREE[path].help
    assert TREE[path].get_short_help_str()
    assert TREE[path].help.split()[0] in result.stdout


@pytest.mark.parametrize(("path", "option"), [pytest.param(p, o, id=f"{p} {o.opts[-1]}") for p, o in OPTIONS])
def test_every_option_is_explained(run, path, option):
    assert option.help
    assert option.help.endswith(".")
    help_text = " ".join(run(*path.split()[1:], "--help").stdout.split())
    assert option.opts[0] in help_text
    assert " ".join(option.help.split()) in help_text


@pytest.mark.parametrize("path", TREE)
def test_no_help_has_a_backslash_and_examples_stand_one_a_line(run, path):
    shown = run(*path.split()[1:], "--help").stdout
    assert "\\" not in shown
    assert "\b" not in shown
    examples = [line for line in cleandoc(TREE[path].help).splitlines() if line.startswith("  ")]
    assert bool(examples) == ("Example" in TREE[path].help)
    assert all(f"\n  {example}\n" in shown for example in examples)


def test_help_says_nothing_twice():
    for path in COMMANDS:
        names = [name for option in TREE[path].params for name in option.opts]
        assert len(names) == len(set(names)), path


@pytest.mark.parametrize("path", COMMANDS)
def test_every_command_is_in_the_documentation(path):
    assert path in DOCS.read_text(encoding="utf-8")


@pytest.mark.parametrize(("path", "option"), [pytest.param(p, o, id=f"{p} {o.opts[-1]}") for p, o in OPTIONS])
def test_every_option_is_in_the_documentation(path, option):
    _, section = DOCS.read_text(encoding="utf-8").split(f"## `{path}", 1)
    section = section.split("\n## ", 1)[0]
    assert all(f"`{name}" in section for name in [*option.opts, *option.secondary_opts])


def test_the_version_is_printed(run):
    assert run("--version").stdout.split() == ["hedge,", "version", hedge.__version__]


def test_an_unknown_command_or_option_is_a_usage_error(run):
    for arguments in (["clasify"], ["classify", "--colour"], ["classify", "-f", "yaml"], ["--nothing"]):
        result = run(*arguments)
        assert result.exit_code == ExitStatus.ERROR
        assert "Usage: " in result.stderr
        assert result.stdout == ""


def test_errors_of_the_package_come_through_to_main(run):
    with pytest.raises(HedgeError, match="no model 'nowhere'"):
        run("classify", "--model", "nowhere", "-", stdin="Fog.")


def test_the_exit_states_are_fixed():
    assert (ExitStatus.OK, ExitStatus.ERROR, ExitStatus.INTERRUPTED) == (0, 2, 130)
