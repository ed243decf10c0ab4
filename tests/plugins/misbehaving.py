#!/usr/bin/env python3
"""Programs that break the protocol, one for each name that the file is run by."""

import json
import os
import subprocess
import sys
import time


def say(kind, **members):
    print(json.dumps({kind: members}), flush=True)


def hello(**members):
    say("hello", **({"protocols": [1], "file": "bad.txt"} | members))


def offices():
    """Every office, until the end."""
    for line in sys.stdin:
        [(kind, body)] = json.loads(line).items()
        if kind == "office":
            yield body
        elif kind == "end":
            return


def silent():
    time.sleep(600)


def silent_but_loud():
    """Says no hello but floods standard error."""
    while True:
        sys.stderr.write("\x1b[31mnoise " * 10 + "\n")


def dripping():
    """Sends its hello byte by byte, for ever."""
    while True:
        print("{", end="", flush=True)
        time.sleep(0.05)


def stalling():
    hello()
    time.sleep(600)


def waiting():
    stalling()


def slow():
    hello()
    while True:
        say("chunk", text=".")
        time.sleep(0.05)


def crashing():
    hello()
    for at, office in enumerate(offices()):
        say("chunk", text=office["id"])
        if at == 7:
            sys.exit("Traceback: it went wrong here")


def killed():
    hello()
    os.kill(os.getpid(), 11)


def reporting_an_error():
    hello()
    next(offices())
    say("error", message="the moon is in the wrong phase")
    time.sleep(600)


def colouring():
    """Says what a terminal would obey."""
    hello(options=[{"name": "\x1b[31ma", "help": "\x1b[31mhelp"}])
    for office in offices():
        say("loss", office=office["id"] + "\u009b31m", pointer="/name\u202e", why="\x1b[31mred")
    say("error", message="the end\x1b]0;title\x07")


def flooding():
    hello()
    while True:
        say("chunk", text="x" * 60_000)


def flooding_a_line():
    hello()
    while True:
        sys.stdout.write("x" * 60_000)


def flooding_reports():
    hello()
    while True:
        say("loss", office="japan-office", why="x")


def climbing():
    hello()
    say("chunk", file="../climbed", text="x")
    list(offices())


def absolute():
    hello()
    say("chunk", file="/etc/climbed", text="x")
    list(offices())


def taking_a_name():
    hello()
    say("chunk", file="OFFICES.xml", text="x")
    list(offices())


def reopening():
    hello()
    for name in ["a", "b", "a"]:
        say("chunk", file=name, text="x")
    list(offices())


def deaf():
    os.close(0)
    hello()
    time.sleep(600)


def deaf_and_done():
    os.close(0)
    hello()
    say("done", offices=0)


def miscounting():
    hello()
    say("done", offices=len(list(offices())) - 1)


def done_early():
    hello()
    next(offices())
    say("done", offices=15)
    time.sleep(600)


def done_and_on():
    hello()
    say("done", offices=len(list(offices())))
    say("chunk", text="x")


def done_and_failing():
    hello()
    say("done", offices=len(list(offices())))
    sys.exit(3)


def done_and_staying():
    hello()
    say("done", offices=len(list(offices())))
    time.sleep(600)


def done_and_closing():
    """Closes its output and does not end."""
    hello()
    say("done", offices=len(list(offices())))
    os.close(1)
    time.sleep(600)


def never_done():
    hello()
    list(offices())


def of_the_future():
    hello(protocols=[2, 3])
    time.sleep(600)


def garbage():
    print("Hello, world!", flush=True)
    time.sleep(600)


def garbage_later():
    hello()
    sys.stdout.buffer.write(b'{"chunk":{"text":"\xff"}}\n')
    sys.stdout.flush()
    time.sleep(600)


def unknown_message():
    hello()
    say("chunck", text="x")
    time.sleep(600)


def unknown_member():
    hello()
    say("chunk", txet="x")
    time.sleep(600)


def bad_base64():
    hello()
    say("chunk", base64="#")
    time.sleep(600)


def cut_off():
    hello()
    list(offices())
    print('{"done":{"off', end="", flush=True)


def two_hellos():
    hello()
    hello()
    time.sleep(600)


def not_hello():
    say("done", offices=0)
    time.sleep(600)


def leaving_a_child():
    """Ends, and leaves a child that holds its output."""
    hello()
    list(offices())
    subprocess.Popen(["sleep", "600"])


def leaving_a_session():
    """Is done, and leaves a child that holds its output in a session of its own."""
    hello()
    count = len(list(offices()))
    subprocess.Popen(["sleep", "600"], start_new_session=True)
    say("done", offices=count)


def leaving_a_daemon():
    """Does all that it should, and leaves a child that has let go of everything."""
    hello()
    count = len(list(offices()))
    null = subprocess.DEVNULL
    subprocess.Popen(["sleep", "600"], start_new_session=True, stdin=null, stdout=null, stderr=null)
    say("chunk", text="fine\n")
    say("done", offices=count)


def stubborn():
    """Fails at the first office, and stays when its input ends before."""
    hello()
    if any(True for _ in offices()):
        sys.exit(1)
    time.sleep(600)


def sloppy():
    """Takes any protocol, any end of its input, and no member that it does not know; writes the time,
    and reports about what there is not."""
    hello()
    known = {"addresses", "phones", "emails", "websites", "time_zone", "updated", "source", "notes"}
    known |= {"id", "name", "kind", "alternate_names", "region", "parent", "full_name"}
    known |= {"kind_name", "parent_name", "region_name", "labels", "postal_label", "email_addresses"}
    count = 0
    for count, office in enumerate(offices(), 1):
        if set(office) - known:
            sys.exit("KeyError")
        say("chunk", text=str(time.time_ns()))
        if office["id"] == "seat":
            say("loss", office="seat", pointer="/fax", why="x")
    say("done", offices=count)


if __name__ == "__main__":
    behaviour = os.path.basename(sys.argv[0]).removeprefix("officedir-writer-")
    globals()[behaviour.replace("-", "_")]()
