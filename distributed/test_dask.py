#!/usr/bin/env python3
"""Holds the Dask driver to its word, each time with a scheduler and workers of its own.

    python3 distributed/test_dask.py [RELMODEL]

What the driver prints is compared with the one big run, byte by byte: with one of two workers killed in its shard by
SIGKILL (no worker takes its place), with strange parts among the kept ones, and with all workers killed and a new one.
Runs that can not end well are held to their exit code and to what they say: wrong options, a full disk, Ctrl-C. Needs
dask (see requirements.txt); scripts/test does not run it.
"""

import json
import os
import pathlib
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
MODEL = HERE.parent / "models" / "checkout.relmodel.yaml"
SHARDS = 6
PATIENCE_SECONDS = 120


def options(seed):
    return ["--replications", "120000", "--seed", str(seed)]


def children(pid):
    """The ids of the processes that `pid` started, and of theirs."""
    found = []
    for task in pathlib.Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            started = [int(child) for child in task.read_text().split()]
        except (FileNotFoundError, ProcessLookupError):
            continue
        for child in started:
            found += [child, *children(child)]
    return found


def is_simulating(worker):
    """Whether a shard is under way; that the driver asks about options has no --threads."""
    for pid in children(worker.pid):
        try:
            if b"--threads" in pathlib.Path(f"/proc/{pid}/cmdline").read_bytes():
                return True
        except (FileNotFoundError, ProcessLookupError):
            continue
    return False


def is_there(pid):
    """Whether a process runs; one that has ended and waits for its parent to ask does not."""
    try:
        return pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
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


class Cluster:
    """A scheduler, its workers and the drivers that ask it, in a folder of their own; all end with it."""

    def __init__(self, relmodel, workers):
        self.relmodel = relmodel
        self.processes = []
        self.scratch = tempfile.TemporaryDirectory()
        self.folder = pathlib.Path(self.scratch.name)
        self.parts = self.folder / "parts"
        self.address = self.folder / "scheduler.json"
        self.workers = []
        self.count = workers

    def __enter__(self):
        self.keep(start(["-m", "distributed.cli.dask_scheduler", "--port", "0", "--no-dashboard",
                         "--scheduler-file", str(self.address)], stderr=subprocess.DEVNULL))
        wait("the scheduler", lambda: self.address.exists() and self.address.read_text().strip().endswith("}"))
        for _ in range(self.count):
            self.add_worker()
        return self

    def __exit__(self, *problem):
        for process in self.processes:
            stop(process)
        self.scratch.cleanup()

    def keep(self, process):
        self.processes.append(process)
        return process

    def add_worker(self):
        """Without a nanny: a worker that is killed stays dead."""
        self.workers.append(self.keep(start(
            ["-m", "distributed.cli.dask_worker", "--scheduler-file", str(self.address), "--nthreads", "1", "--no-nanny",
             "--no-dashboard", "--local-directory", str(self.folder / f"worker-{len(self.workers)}")],
            stderr=subprocess.DEVNULL)))

    def driver(self, seed, *own, **more):
        scheduler = json.loads(self.address.read_text())["address"]
        return self.keep(start(
            [str(HERE / "dask_simulate.py"), str(MODEL), "--shards", str(SHARDS), "--scheduler", scheduler,
             "--relmodel", self.relmodel, "--parts", str(self.parts), *own, "--", *options(seed), "--", "--format", "json"],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, **more))

    def all_simulate(self):
        wait("all workers to simulate", lambda: all(map(is_simulating, self.workers)))


def end(driver):
    """The code with which a driver ends, what it printed, and what it said."""
    printed, said = driver.communicate(timeout=PATIENCE_SECONDS * 5)
    return driver.returncode, printed, said.decode()


def check_killed_worker(relmodel, whole):
    with Cluster(relmodel, workers=2) as cluster:
        driver = cluster.driver(7)
        cluster.all_simulate()
        os.kill(cluster.workers[1].pid, signal.SIGKILL)
        code, merged, said = end(driver)
        assert code == 0, f"the driver ended with {code}: {said}"
        assert cluster.workers[0].poll() is None, "the other worker was to live"
        assert merged == whole, "the merged result is not that of the one big run"


def check_folder_in_use(relmodel, whole):
    """A second run leaves the folder to the first, and what others write there is merged by nobody."""
    with Cluster(relmodel, workers=2) as cluster:
        first = cluster.driver(7)
        cluster.all_simulate()
        code, merged, said = end(cluster.driver(8))
        assert (code, merged) == (74, b""), f"the second driver ended with {code}: {said}"
        assert said == f"error[output]: {cluster.parts} is in use by another run; give each run a folder of its own\n", said
        wait("a part that is kept", lambda: list(cluster.parts.glob("part-*.json")))
        for path in cluster.parts.glob("part-*.json"):
            path.write_text("strange")
        code, merged, said = end(first)
        assert (code, merged) == (0, whole), f"the first driver ended with {code}: {said}"
        assert len(list(cluster.parts.glob("part-*.json"))) == SHARDS
        # The folder is free again, and the parts of another seed are replaced.
        code, merged, said = end(cluster.driver(8))
        assert code == 0 and json.loads(merged)["results"]["seed"] == "8", f"the next driver ended with {code}: {said}"


def check_no_worker(relmodel, whole):
    """All workers die: the run says that it waits, and goes on with the next one, or gives up when told how long."""
    with Cluster(relmodel, workers=2) as cluster:
        driver = cluster.driver(7, "--patience", "600")
        cluster.all_simulate()
        for worker in cluster.workers:
            os.kill(worker.pid, signal.SIGKILL)
        os.set_blocking(driver.stderr.fileno(), False)
        said = b""

        def is_told():
            nonlocal said
            said += driver.stderr.read() or b""
            return b"there is no worker; waiting for one (at most 600 s; Ctrl-C ends)\n" in said

        wait("the driver to say that it waits", is_told)
        cluster.add_worker()
        os.set_blocking(driver.stderr.fileno(), True)
        code, merged, more = end(driver)
        assert (code, merged) == (0, whole), f"the driver ended with {code}: {more}"
        assert "a worker is there\n" in more, more
        os.kill(cluster.workers[2].pid, signal.SIGKILL)
        code, merged, said = end(cluster.driver(7, "--patience", "2"))
        assert (code, merged) == (69, b""), f"the driver without workers ended with {code}: {said}"
        assert said == f"given up, after 0 of {SHARDS} shards: there was no worker for 2 s\n", said


def run(relmodel, *words, simulate=(), merge=()):
    """A run on workers of its own that ends before they have anything to do."""
    driver = start(
        [str(HERE / "dask_simulate.py"), str(MODEL), "--relmodel", relmodel, "--shards", str(SHARDS), *words, "--", *simulate,
         "--", *merge], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    try:
        return end(driver)
    finally:
        stop(driver)


def check_misplaced_options(relmodel, whole):
    for words in (["-o", "x.json"], ["--output=x.json"], ["--shard", "1/2"], ["--threads", "2"], ["--until", "1%"],
                  ["--rare"], ["--trace", "3"], ["--misspelt"], ["--help"], ["--replications", str(SHARDS - 1)]):
        code, printed, said = run(relmodel, simulate=words)
        assert (code, printed) == (64, b"") and said.startswith("Error: "), f"{words} ended with {code}: {said}"
    code, _, said = run(relmodel, merge=["--misspelt"])
    assert code == 64 and "--misspelt" in said, f"--misspelt of merge ended with {code}: {said}"
    code, _, said = run(relmodel, "--misspelt")
    assert code == 64 and "--misspelt" in said, f"--misspelt ended with {code}: {said}"


def check_output_failures(relmodel, whole):
    """A part too large for what the system lets the driver write stands for a full disk."""
    with Cluster(relmodel, workers=1) as cluster:
        def limit():
            resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))

        code, printed, said = end(cluster.driver(7, preexec_fn=limit))
        assert (code, printed) == (74, b""), f"the driver with little room ended with {code}: {said}"
        assert said.startswith("error[output]: ") and said.endswith(" can not be written: File too large\n"), said
        assert not list(cluster.parts.iterdir()), "a half file was left"
        code, merged, said = end(cluster.driver(7))
        assert (code, merged) == (0, whole), f"the driver ended with {code}: {said}"
        umask = os.umask(0o022)
        os.umask(umask)
        modes = {path.stat().st_mode & 0o777 for path in cluster.parts.iterdir()}
        assert modes == {0o666 & ~umask}, f"the kept parts have the modes {modes}"
    with tempfile.NamedTemporaryFile() as file:
        code, printed, said = run(relmodel, "--parts", file.name)
        assert (code, said) == (74, f"error[output]: {file.name} can not be written: File exists\n"), f"{code}: {said}"


def check_interruption(relmodel, whole):
    """Ctrl-C is for all processes of the terminal; an interruption of the driver alone ends its workers as well."""
    for send in (os.kill, os.killpg):
        driver = start(
            [str(HERE / "dask_simulate.py"), str(MODEL), "--relmodel", relmodel, "--shards", str(SHARDS), "--workers", "2",
             "--", "--replications", "4000000"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        try:
            wait("a worker to simulate", lambda: is_simulating(driver))
            started = children(driver.pid)
            send(driver.pid, signal.SIGINT)
            code, printed, said = end(driver)
            assert (code, printed) == (130, b""), f"the interrupted driver ended with {code}: {said}"
            assert said == f"interrupted, after 0 of {SHARDS} shards: nothing is merged\n", said
            wait("all that it started to end", lambda: not any(map(is_there, started)))
        finally:
            stop(driver)


CHECKS = {
    "one worker of two killed: the same bytes as the one big run": check_killed_worker,
    "two runs and one folder: the second is refused, and the first merges its own parts": check_folder_in_use,
    "no worker left: it waits, says so, and goes on with the next; or gives up": check_no_worker,
    "options that no shard can have: refused before any work": check_misplaced_options,
    "output that can not be written: one line, and no half file": check_output_failures,
    "Ctrl-C: one line, and no process left": check_interruption,
}


def main():
    relmodel = sys.argv[1] if len(sys.argv) > 1 else shutil.which("relmodel") or str(HERE.parent / "scripts" / "relmodel")
    whole = subprocess.run([relmodel, "simulate", str(MODEL), *options(7), "--format", "json"],
                           capture_output=True, check=True).stdout
    for what, check in CHECKS.items():
        check(relmodel, whole)
        print(what, flush=True)


if __name__ == "__main__":
    main()
