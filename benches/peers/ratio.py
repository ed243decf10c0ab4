"""Prints how much faster and smaller the first of two commands is: ratio.py TIMES.json COMMAND COMMAND

The times are hyperfine's; for their memory the commands are run once more.
"""
import json
import os
import shlex
import subprocess
import sys


def memory(command):
    """Peak resident memory in megabytes."""
    process = subprocess.Popen(shlex.split(command), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    assert status == 0, command
    return usage.ru_maxrss / 1000


def main():
    path, *commands = sys.argv[1:]
    with open(path, encoding="utf8") as file:
        results = json.load(file)["results"]
    times = [result["mean"] for result in results]
    for result, command in zip(results, commands, strict=True):
        print(f"{result['command']}: {result['mean']:.3f} s, {memory(command):.0f} MB")
    print(f"{times[1] / times[0]:.1f} times faster")


if __name__ == "__main__":
    main()
