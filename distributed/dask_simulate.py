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
import ctypes
import fcntl
import logging
import os
import pathlib
import queue
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import uuid

import dask
from dask.distributed import Client, LocalCluster, WorkerPlugin

# Codes with which this ends, as relmodel has them, and that of sysexits.h for a service that is not there.
USAGE = 64
UNAVAILABLE = 69
INPUT_OUTPUT = 74
INTERRUPTED = 130

# Codes with which relmodel says that running it again would end the same: usage, wrong input, a bug.
FINAL_EXIT_CODES = {64, 65, 70}

# What this says itself to every relmodel simulate, and why.
OWN_OPTIONS = {
    "-o": "parts travel through Dask; --parts keeps them, and -o behind the second -- is where the result goes",
    "--output": "parts travel through Dask; --parts keeps them, and -o behind the second -- is where the result goes",
    "--shard": "the shards are numbered here; say how many: --shards",
    "--threads": "a shard has one thread; say how many run at a time: --workers",
}

# Of prctl(2).
PR_SET_PDEATHSIG = 1

# So long nothing is said of it that there is no worker: one that is restarted takes a few seconds.
SILENT_SECONDS = 10


class Ending(Exception):
    """What ends the run: in one line, and with an exit code."""

    def __init__(self, code, words):
        super().__init__(words)
        self.code = code


class GivenUp(Ending):
    """Nobody is left to do what is not done."""

    def __init__(self, words):
        super().__init__(UNAVAILABLE, words)


def output_failure(path, problem):
    return Ending(INPUT_OUTPUT, f"error[output]: {path} can not be written: {problem.strerror or problem}")


def die_with_worker():
    """Has the kernel end this process when the worker ends, however that ends: nobody would take its part."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def run_shard(binary, model, options, number, count):
    """One shard's part as bytes, or the exit code and words of a failure that another try would not mend."""
    command = [binary, "simulate", model, *options, "--shard", f"{number}/{count}", "--threads", "1", "-q"]
    done = subprocess.run(
        command, stdin=subprocess.DEVNULL, capture_output=True, check=False, preexec_fn=die_with_worker)
    words = done.stderr.decode(errors="replace")
    if done.returncode == 0:
        return done.stdout, None
    if done.returncode in FINAL_EXIT_CODES:
        return b"", (done.returncode, words)
    raise RuntimeError(f"shard {number}/{count} ended with {done.returncode}: {words.strip()}")


def write_whole(path, content):
    """The file appears whole or not at all, and may be read by whom the umask lets."""
    temporary = path.with_name(f"{path.name}.{uuid.uuid4().hex}.part")
    try:
        try:
            with open(temporary, "xb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            os.replace(temporary, path)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
    except OSError as problem:
        raise output_failure(path, problem) from problem


@contextlib.contextmanager
def held(folder):
    """Holds the folder of kept parts for this run alone, so that it never has parts of two runs at the same time.

    Where the file system has no locks for folders nothing is held: two runs there may overwrite each other's kept parts,
    but what is merged are always the parts that this run collected.
    """
    if folder is None:
        yield
        return
    try:
        folder.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        tempfile.TemporaryFile(dir=folder).close()  # Before the years are simulated, and not after them.
    except OSError as problem:
        raise output_failure(folder, problem) from problem
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            words = f"error[output]: {folder} is in use by another run; give each run a folder of its own"
            raise Ending(INPUT_OUTPUT, words) from None
        except OSError:
            pass
        yield
    finally:
        os.close(descriptor)


class WorkerWatch:
    """Says on standard error that a run waits for workers, and gives up where its patience has an end."""

    def __init__(self, client, patience):
        self.client = client
        self.patience = patience
        self.seen = time.monotonic()
        self.is_missing = False

    def look(self):
        """Is called about once a second while no shard is done."""
        try:
            count = len(self.client.nthreads())
        except OSError:  # The scheduler is lost, and the tasks will say so.
            return
        if count > 0:
            if self.is_missing:
                print("a worker is there" if count == 1 else f"{count} workers are there", file=sys.stderr)
            self.saw_worker()
            return
        missed = time.monotonic() - self.seen
        if self.patience is not None and missed >= self.patience:
            raise GivenUp(f"there was no worker for {self.patience:g} s")
        if missed >= SILENT_SECONDS and not self.is_missing:
            print(f"there is no worker; waiting for one ({self.limit}Ctrl-C ends)", file=sys.stderr)
            self.is_missing = True

    def saw_worker(self):
        self.seen = time.monotonic()
        self.is_missing = False

    @property
    def limit(self):
        return "" if self.patience is None else f"at most {self.patience:g} s; "


def completed(client, tasks, patience):
    """The tasks as they are done, however they end."""
    done = queue.SimpleQueue()
    for task in tasks:
        task.add_done_callback(done.put)
    watch = WorkerWatch(client, patience)
    for _ in tasks:
        while True:
            try:
                task = done.get(timeout=1)
            except queue.Empty:
                watch.look()
            else:
                watch.saw_worker()
                yield task
                break


def submitted(client, arguments):
    """The tasks, one for each shard, with the names of their parts."""
    count = arguments.shards
    # Of this run alone: to the scheduler, tasks of the same key are one task, whoever asks for it.
    run = uuid.uuid4().hex
    names = {}
    for number in range(1, count + 1):
        task = client.submit(
            run_shard, arguments.relmodel, arguments.model, arguments.simulate, number, count,
            key=f"relmodel-shard-{number}-of-{count}-{run}", retries=arguments.retries, pure=False)
        names[task] = f"part-{number:0{len(str(count))}}-of-{count}.json"
    return names


def collect(client, arguments, folder):
    """Runs all shards, and has each part in the folder, and among the kept ones, as soon as it is there."""
    count = arguments.shards
    names = submitted(client, arguments)
    done = 0
    try:
        for task in completed(client, names, arguments.patience):
            try:
                part, failure = task.result()
            except Exception as problem:  # A shard that failed in every try, or killed every worker it ran on.
                raise GivenUp(str(problem)) from problem
            if failure is not None:
                code, words = failure
                sys.stderr.write(words)
                sys.exit(code)
            for place in filter(None, (folder, arguments.parts)):
                write_whole(place / names[task], part)
            done += 1
            print(f"{done} of {count} shards are done", file=sys.stderr)
            task.release()
    except GivenUp as ending:
        raise GivenUp(f"given up, after {done} of {count} shards: {ending}") from ending
    except KeyboardInterrupt:
        raise Ending(INTERRUPTED, f"interrupted, after {done} of {count} shards: nothing is merged") from None
    finally:
        if done < count:
            client.cancel(list(names), force=True)


class Parser(argparse.ArgumentParser):
    """Ends wrong usage as relmodel does."""

    def error(self, message):
        self.print_usage(sys.stderr)
        self.exit(USAGE, f"{self.prog}: error: {message}\n")


def parse(words):
    parser = Parser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", help="the model's path as the workers see it")
    parser.add_argument("--shards", type=int, required=True, help="how many; several for each worker even out the load")
    parser.add_argument("--scheduler", help="the address of a running scheduler; without it, workers are started here")
    parser.add_argument("--workers", type=int, default=os.cpu_count(), help="how many to start here (default: the cores)")
    parser.add_argument("--relmodel", default=shutil.which("relmodel") or "relmodel", help="the program on the workers")
    parser.add_argument("--parts", type=pathlib.Path, help="keep the parts in this folder")
    parser.add_argument("--retries", type=int, default=3, help="tries beyond the first for a shard that fails")
    parser.add_argument("--patience", type=float, metavar="SECONDS",
                        help="give up (exit 69) once there was no worker for so long (default: wait for ever)")
    own, simulate, merge = split(words)
    arguments = parser.parse_args(own)
    if arguments.shards < 1 or arguments.workers < 1 or arguments.retries < 0:
        parser.error("--shards and --workers are at least 1, and --retries at least 0")
    if arguments.patience is not None and not arguments.patience > 0:
        parser.error("--patience is more than 0 seconds")
    arguments.simulate, arguments.merge = simulate, merge
    return arguments


def refuse_misplaced(arguments):
    """Refuses options that no shard, or not the merge, can have, before any work.

    What stands beside --shard is known to relmodel: it is asked for a shard of what is no model, and to merge what is no
    part, and gets so far as to say so only when all options are right.
    """
    for word in arguments.simulate:
        name = word.split("=")[0]
        if name in OWN_OPTIONS:
            raise Ending(USAGE, f"Error: {name} can not stand among the options of simulate: {OWN_OPTIONS[name]}")
    shard = ["--shard", f"1/{arguments.shards}"]
    for command in (["simulate", os.devnull, *arguments.simulate, *shard], ["merge", os.devnull, *arguments.merge]):
        try:
            done = subprocess.run([arguments.relmodel, *command], stdin=subprocess.DEVNULL, capture_output=True, check=False)
        except OSError as problem:
            words = f"{arguments.relmodel} can not be run here, where the parts are merged: {problem.strerror}"
            raise Ending(UNAVAILABLE, words) from problem
        if done.returncode == USAGE:
            sys.stderr.write(done.stderr.decode(errors="replace"))
            sys.exit(USAGE)
        if done.returncode == 0:  # --help or --version is among them.
            raise Ending(USAGE, f"Error: with these options relmodel does not {command[0]}: {' '.join(command[2:])}")


def split(words):
    """The words before, between and behind the two `--`."""
    groups = [[]]
    for word in words:
        if word == "--" and len(groups) < 3:
            groups.append([])
        else:
            groups[-1].append(word)
    return (groups + [[], []])[:3]


class DeafToInterruption(WorkerPlugin):
    """Ctrl-C is for the driver, which ends the workers that it started."""

    def setup(self, worker):
        signal.signal(signal.SIGINT, signal.SIG_IGN)


def client(arguments):
    if not arguments.scheduler:
        connected = Client(LocalCluster(
            n_workers=arguments.workers, threads_per_worker=1, dashboard_address=None, silence_logs=logging.CRITICAL))
        connected.register_plugin(DeafToInterruption())
        return connected
    try:
        return Client(arguments.scheduler)
    except (OSError, ValueError) as problem:
        raise GivenUp(f"there is no scheduler at {arguments.scheduler}: {problem}") from problem


def run(arguments):
    """Runs and merges, and returns what merge ended with."""
    # A shard is suspected of killing its workers only after this many of them died with it.
    dask.config.set({"distributed.scheduler.allowed-failures": 10})
    # What is lost is said in one line here, and not by Dask as well.
    logging.disable()
    # Nobody else writes to the private folder: what is merged is what this run collected.
    with held(arguments.parts), tempfile.TemporaryDirectory() as private:
        with client(arguments) as connected:
            collect(connected, arguments, pathlib.Path(private))
        return subprocess.run([arguments.relmodel, "merge", private, *arguments.merge], check=False).returncode


def main():
    try:
        arguments = parse(sys.argv[1:])
        refuse_misplaced(arguments)
        return run(arguments)
    except Ending as ending:
        print(ending, file=sys.stderr)
        return ending.code
    except OSError as problem:
        print(f"error[output]: {problem}", file=sys.stderr)
        return INPUT_OUTPUT
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        return INTERRUPTED


if __name__ == "__main__":
    sys.exit(main())
