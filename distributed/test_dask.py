#!/usr/bin/env python3
"""Holds the Dask driver to its word: two workers, one of them killed in the middle of its shard, and nothing is lost.

    python3 distributed/test_dask.py [RELMODEL]

Starts a scheduler and two workers of its own, waits until both have a relmodel running, kills one worker with SIGKILL
(no worker takes its place), and compares what the driver prints with the one big run, byte by byte. Needs dask (see
requirements.txt); scripts/test does not run it.
"""

import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
MODEL = HERE.parent / "models" / "checkout.relmodel.yaml"
OPTIONS = ["--replications", "120000", "--seed", "7"]
SHARDS = 6
PATIENCE_SECONDS = 120


def children(pid):
    """The ids of the processes that `pid` started, and of theirs."""
    found = []
    for task in pathlib.Path(f"/proc/{pid}/task").glob("*/children"):
        for child in map(int, task.read_text().split()):
            found += [child, *children(child)]
    return found


def is_simulating(worker):
    for pid in children(worker.pid):
        try:
            if b"--shard" in pathlib.Path(f"/proc/{pid}/cmdline").read_bytes():
                return True
        except (FileNotFoundError, ProcessLookupError):
            continue
    return False


def wait(what, condition):
    end = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        if time.monotonic() > end:
            raise SystemExit(f"waited {PATIENCE_SECONDS} s for {what}")
        time.sleep(0.02)


def start(words, **more):
    return subprocess.Popen([sys.executable, *words], start_new_session=True, **more)


def stop(process):
    """Ends a process and what it left behind: they are a group of their own."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
    process.wait()


def compare(relmodel, folder):
    address = folder / "scheduler.json"
    processes = [start(["-m", "distributed.cli.dask_scheduler", "--port", "0", "--no-dashboard",
                        "--scheduler-file", str(address)], stderr=subprocess.DEVNULL)]
    try:
        wait("the scheduler", address.exists)
        # Without a nanny: a worker that is killed stays dead.
        workers = [start(["-m", "distributed.cli.dask_worker", "--scheduler-file", str(address), "--nthreads", "1",
                          "--no-nanny", "--no-dashboard", "--local-directory", str(folder / f"worker-{name}")],
                         stderr=subprocess.DEVNULL) for name in "ab"]
        processes += workers
        parts = folder / "parts"
        scheduler = json.loads(address.read_text())["address"]
        driver = start(
            [str(HERE / "dask_simulate.py"), str(MODEL), "--shards", str(SHARDS), "--scheduler",
             scheduler, "--relmodel", relmodel, "--parts", str(parts), "--", *OPTIONS, "--", "--format", "json"],
            stdout=subprocess.PIPE)
        processes.append(driver)
        wait("both workers to simulate", lambda: all(map(is_simulating, workers)))
        os.kill(workers[1].pid, signal.SIGKILL)
        done = len(list(parts.glob("*.json")))
        print(f"killed worker b in its shard, with {done} of {SHARDS} shards done")
        merged, _ = driver.communicate(timeout=PATIENCE_SECONDS * 5)
        return driver.returncode, merged, workers[0].poll()
    finally:
        for process in processes:
            stop(process)


def main():
    relmodel = sys.argv[1] if len(sys.argv) > 1 else shutil.which("relmodel") or str(HERE.parent / "scripts" / "relmodel")
    whole = subprocess.run([relmodel, "simulate", str(MODEL), *OPTIONS, "--format", "json"],
                           capture_output=True, check=True).stdout
    with tempfile.TemporaryDirectory() as folder:
        code, merged, survivor = compare(relmodel, pathlib.Path(folder))
    assert code == 0, f"the driver ended with {code}"
    assert survivor is None, "the other worker was to live"
    assert merged == whole, "the merged result is not that of the one big run"
    print(f"{SHARDS} shards, one worker of two killed: the same {len(whole):,} bytes as the one big run")


if __name__ == "__main__":
    main()
