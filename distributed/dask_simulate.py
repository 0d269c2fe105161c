#!/usr/bin/env python3
"""Run `relmodel simulate` in shards on a Dask cluster, then merge the parts.

The result is that of the one big run to the bit. A shard whose worker dies is run again on another; a shard that fails
for a reason of its own (a wrong model or option) ends the run with what relmodel says about it.

    python3 distributed/dask_simulate.py models/checkout.relmodel.yaml --shards 16 -- --replications 1000000
    python3 distributed/dask_simulate.py MODEL --shards 64 --scheduler tcp://scheduler:8786 --parts parts/ -- --years 10

What stands behind `--` goes to every `relmodel simulate`; what stands behind a second `--`, to `relmodel merge`.
"""

import argparse
import contextlib
import fcntl
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import uuid

import dask
from dask.distributed import Client, LocalCluster, as_completed

# The code with which relmodel says that input or output failed.
INPUT_OUTPUT = 74

# Codes with which relmodel says that running it again would end the same: usage, wrong input, a bug.
FINAL_EXIT_CODES = {64, 65, 70}


def run_shard(binary, model, options, number, count):
    """One shard's part as bytes, or the exit code and words of a failure that another try would not mend."""
    command = [binary, "simulate", model, *options, "--shard", f"{number}/{count}", "--threads", "1", "-q"]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    words = done.stderr.decode(errors="replace")
    if done.returncode == 0:
        return done.stdout, None
    if done.returncode in FINAL_EXIT_CODES:
        return b"", (done.returncode, words)
    raise RuntimeError(f"shard {number}/{count} ended with {done.returncode}: {words.strip()}")


def write_whole(path, content):
    """The file appears whole or not at all."""
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f"{path.name}.", suffix=".part", delete=False) as file:
        try:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
            os.replace(file.name, path)
        except BaseException:
            os.unlink(file.name)
            raise


@contextlib.contextmanager
def held(folder):
    """Holds the folder of kept parts for this run alone, so that it never has parts of two runs at the same time.

    Where the file system has no locks for folders nothing is held: two runs there may overwrite each other's kept parts,
    but what is merged are always the parts that this run collected.
    """
    if folder is None:
        yield
        return
    folder.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            sys.stderr.write(f"error[output]: {folder} is in use by another run; give each run a folder of its own\n")
            sys.exit(INPUT_OUTPUT)
        except OSError:
            pass
        yield
    finally:
        os.close(descriptor)


def collect(client, arguments, folder):
    """Runs all shards, and has each part in the folder, and among the kept ones, as soon as it is there."""
    count = arguments.shards
    # Of this run alone: to the scheduler, tasks of the same key are one task, whoever asks for it.
    run = uuid.uuid4().hex
    names = {}
    for number in range(1, count + 1):
        key = f"relmodel-shard-{number}-of-{count}-{run}"
        task = client.submit(
            run_shard, arguments.relmodel, arguments.model, arguments.simulate, number, count,
            key=key, retries=arguments.retries, pure=False)
        names[task] = f"part-{number:0{len(str(count))}}-of-{count}.json"
    for index, task in enumerate(as_completed(names), start=1):
        try:
            part, failure = task.result()
        except Exception as problem:  # A shard that failed in every try, or killed every worker it ran on.
            client.cancel(list(names))
            sys.exit(f"given up, after {index - 1} of {count} shards: {problem}")
        if failure is not None:
            client.cancel(list(names))
            code, words = failure
            sys.stderr.write(words)
            sys.exit(code)
        for place in filter(None, (folder, arguments.parts)):
            write_whole(place / names[task], part)
        print(f"{index} of {count} shards are done", file=sys.stderr)
        task.release()


def parse(words):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", help="the model's path as the workers see it")
    parser.add_argument("--shards", type=int, required=True, help="how many; several for each worker even out the load")
    parser.add_argument("--scheduler", help="the address of a running scheduler; without it, workers are started here")
    parser.add_argument("--workers", type=int, default=os.cpu_count(), help="how many to start here (default: the cores)")
    parser.add_argument("--relmodel", default=shutil.which("relmodel") or "relmodel", help="the program on the workers")
    parser.add_argument("--parts", type=pathlib.Path, help="keep the parts in this folder")
    parser.add_argument("--retries", type=int, default=3, help="tries beyond the first for a shard that fails")
    own, simulate, merge = split(words)
    arguments = parser.parse_args(own)
    if arguments.shards < 1 or arguments.workers < 1 or arguments.retries < 0:
        parser.error("--shards and --workers are at least 1, and --retries at least 0")
    arguments.simulate, arguments.merge = simulate, merge
    return arguments


def split(words):
    """The words before, between and behind the two `--`."""
    groups = [[]]
    for word in words:
        if word == "--" and len(groups) < 3:
            groups.append([])
        else:
            groups[-1].append(word)
    return (groups + [[], []])[:3]


def client(arguments):
    if arguments.scheduler:
        return Client(arguments.scheduler)
    cluster = LocalCluster(n_workers=arguments.workers, threads_per_worker=1, dashboard_address=None)
    return Client(cluster)


def main():
    arguments = parse(sys.argv[1:])
    # A shard is suspected of killing its workers only after this many of them died with it.
    dask.config.set({"distributed.scheduler.allowed-failures": 10})
    # Nobody else writes to the private folder: what is merged is what this run collected.
    with held(arguments.parts), tempfile.TemporaryDirectory() as private:
        with client(arguments) as connected:
            collect(connected, arguments, pathlib.Path(private))
        return subprocess.run([arguments.relmodel, "merge", private, *arguments.merge], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
