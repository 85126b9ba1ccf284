"""Pipes that stay open, close early or cannot be written, and Ctrl-C."""

import json
import os
import queue
import signal
import sys
import threading
import time
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals and pipes of POSIX")

PATIENCE = 30
"""Seconds after which what should come at once is given up."""


def line(identity, text="The mill closed on Friday. It might open again in May."):
    return (json.dumps({"id": identity, "text": text}) + "\n").encode()


def feed(process, *identities):
    for identity in identities:
        process.stdin.write(line(identity))
    process.stdin.flush()


def next_line(stream):
    """Read a line, but do not wait for ever."""
    lines = queue.Queue()
    threading.Thread(target=lambda: lines.put(stream.readline()), daemon=True).start()
    try:
        return lines.get(timeout=PATIENCE)
    except queue.Empty:
        pytest.fail("nothing came out while standard input was open")


def wait_for(condition):
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, "it never came about"
        time.sleep(0.02)


@pytest.fixture
def many(place):
    (place / "many.jsonl").write_bytes(b"".join(line(f"d{i}") for i in range(400)))
    return "many.jsonl"


# Streaming


@pytest.mark.parametrize("output_format", ["jsonl", "concise"])
def test_a_document_comes_out_before_the_next_one_is_there(start, output_format):
    with start("classify", "--input-format", "jsonl", "-f", output_format) as process:
        for identity in ("first", "second"):
            feed(process, identity)
            assert identity in next_line(process.stdout).decode()
            if output_format == "concise":
                next_line(process.stdout)
        process.stdin.close()
        assert process.wait(PATIENCE) == 0
        assert process.stderr.read() == b""


# A reader that goes away


def test_a_pipe_that_is_closed_in_the_middle_ends_the_command_quietly(start, many):
    with start("classify", many, "-f", "jsonl") as process:
        assert json.loads(process.stdout.readline())["id"] == "d0"
        process.stdout.close()
        assert process.wait(PATIENCE) == 0
        assert process.stderr.read() == b""


def test_a_pipe_that_is_closed_before_anything_comes_ends_the_command_quietly(start):
    with start("classify", "--input-format", "jsonl", "-f", "jsonl") as process:
        process.stdout.close()
        feed(process, "one")
        process.stdin.close()
        assert process.wait(PATIENCE) == 0
        assert process.stderr.read() == b""


@pytest.mark.parametrize("command", ["models list", "models show", "--help"])
def test_other_commands_end_quietly_too_when_the_pipe_is_closed(start, command):
    with start(*command.split()) as process:
        process.stdout.close()
        assert process.wait(PATIENCE) == 0
        assert process.stderr.read() == b""


# Ctrl-C


@pytest.mark.parametrize("before", [None, "of yesterday"])
def test_an_interruption_leaves_no_half_file(start, place, before):
    if before:
        (place / "out.jsonl").write_text(before, encoding="utf-8")
    with start("classify", "--input-format", "jsonl", "-f", "jsonl", "-o", "out.jsonl") as process:
        feed(process, *range(200))
        wait_for(lambda: any(file.name.startswith(".out.jsonl") for file in place.iterdir()))
        wait_for(lambda: any(file.stat().st_size for file in place.iterdir() if file.name.startswith(".")))
        process.send_signal(signal.SIGINT)
        assert process.wait(PATIENCE) == 130
        assert process.stderr.read().strip() == b""
    assert [file.name for file in place.iterdir()] == (["out.jsonl"] if before else [])
    assert not before or (place / "out.jsonl").read_text(encoding="utf-8") == before


def test_an_interruption_while_writing_to_a_pipe_is_quiet(start):
    with start("classify", "--input-format", "jsonl", "-f", "jsonl") as process:
        feed(process, *range(200))  # more than any buffer holds back
        process.stdout.readline()
        process.send_signal(signal.SIGINT)
        threading.Thread(target=process.stdout.read, daemon=True).start()
        assert process.wait(PATIENCE) == 130
        assert process.stderr.read().strip() == b""


# What cannot be written


def assert_one_line_and_no_trace(result):
    assert result.returncode == 2
    assert result.stderr.startswith("hedge: ")
    assert result.stderr.count("\n") == 1


def test_a_file_that_grows_too_large_is_an_error_and_leaves_nothing(run, place, many):
    resource = pytest.importorskip("resource")
    (place / "out.jsonl").write_text("of yesterday", encoding="utf-8")

    def small_files_only():
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))

    result = run("classify", many, "-f", "jsonl", "-o", "out.jsonl", preexec_fn=small_files_only)
    assert sorted(file.name for file in place.iterdir()) == [many, "out.jsonl"]
    assert (place / "out.jsonl").read_text(encoding="utf-8") == "of yesterday"
    assert_one_line_and_no_trace(result)


@pytest.mark.skipif(sys.platform != "linux", reason="needs /dev/full")
@pytest.mark.parametrize("command", ["classify one.jsonl", "classify many.jsonl", "models list", "models show"])
def test_a_full_disk_behind_standard_output_is_an_error(run, place, many, command):
    (place / "one.jsonl").write_bytes(line("d0"))
    with Path("/dev/full").open("wb") as full:
        assert_one_line_and_no_trace(run(*command.split(), stdout=full))


@pytest.mark.skipif(sys.platform != "linux", reason="needs /dev/full")
@pytest.mark.parametrize("command", ["classify", "annotations export --as csv"])
def test_a_device_that_is_full_is_named(run, many, command):
    result = run(*command.split(), many, "--output", "/dev/full")
    assert_one_line_and_no_trace(result)
    assert result.stderr.startswith("hedge: /dev/full: cannot be written (No space left on device); pass another")


@pytest.mark.skipif(not Path("/dev/stdout").exists(), reason="no /dev/stdout here")
def test_a_named_pipe_that_is_closed_ends_the_command_quietly_too(start, many):
    with start("classify", many, "-f", "jsonl", "-o", "/dev/stdout") as process:
        assert json.loads(process.stdout.readline())["id"] == "d0"
        process.stdout.close()
        assert process.wait(PATIENCE) == 0
        assert process.stderr.read() == b""


def test_an_id_that_cannot_be_encoded_does_not_stop_the_others(run, place):
    lines = [line("ok"), b'{"id": "\\ud800", "text": "The mill closed."}\n', line("last")]
    (place / "in.jsonl").write_bytes(b"".join(lines))
    result = run("classify", "in.jsonl", "-f", "jsonl")
    first, middle, last = (json.loads(each) for each in result.stdout.splitlines())
    assert (first["id"], middle["text"], last["id"]) == ("ok", "The mill closed.", "last")
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("command", ["classify many.jsonl", "models list", "--help"])
def test_a_closed_standard_output_is_an_error(run, many, command):
    result = run(*command.split(), preexec_fn=lambda: os.close(1))
    assert result.stderr == "hedge: standard output: cannot be written (Bad file descriptor)\n"
    assert result.returncode == 2


@pytest.mark.parametrize("command", ["classify", "classify -"])
def test_a_closed_standard_input_is_an_error(run, command):
    result = run(*command.split(), preexec_fn=lambda: os.close(0))
    assert_one_line_and_no_trace(result)
    assert result.stderr.startswith("hedge: <stdin>: cannot be read")


def test_a_closed_standard_error_is_no_hindrance(run, place, many):
    (place / "more.jsonl").write_bytes(line("last"))
    result = run("classify", ".", "nowhere.txt", "-f", "jsonl", preexec_fn=lambda: os.close(2))
    assert json.loads(result.stdout.splitlines()[-1])["id"] == "last"
    assert result.returncode == 2


@pytest.mark.parametrize(
    ("command", "path"),
    [
        ("annotations import folder --as csv --data new", "folder"),
        ("annotations import table.csv --as csv --data many.jsonl", "many.jsonl"),
    ],
)
def test_what_cannot_be_read_or_written_is_named(run, place, many, command, path):
    (place / "folder").mkdir()
    (place / "table.csv").write_text("text,label\nThe mill closed.,fact\n", encoding="utf-8")
    result = run(*command.split())
    assert_one_line_and_no_trace(result)
    assert result.stderr.startswith(f"hedge: {path}: ")


@pytest.mark.parametrize("target", ["nowhere/out.jsonl", "."])
def test_a_place_that_cannot_be_written_is_said(run, place, many, target):
    result = run("classify", many, "-o", target)
    assert [file.name for file in place.iterdir()] == [many]
    assert_one_line_and_no_trace(result)
