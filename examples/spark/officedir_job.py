#!/usr/bin/env python3
"""Validates and exports a directory of one office per line on Apache Spark.

    spark-submit officedir_job.py --header HEADER --to TARGET --out FILE OFFICES…

HEADER is any directory file with the organisation and the regions; OFFICES are files of one office a
line without a header, each of which is a part. TARGET is a target of `officedir export`, such as csv:dialect=full or
vcard:version=4.0. The program must be on the PATH of every worker; HEADER and the folder of FILE must be
at the same place for all of them.

FILE gets byte for byte what `officedir export` gives for the whole. Nothing is written where a part, or
what the parts say of each other, has an error, or where a part does not arrive as it was written: Spark
counts the offices, and the merge compares. Findings are in the task's error, as JSON.
"""
import argparse
import os
import shlex
import subprocess
import sys
import tempfile

from pyspark.sql import SparkSession


def main():
    arguments = parse()
    context = SparkSession.builder.appName("officedir").getOrCreate().sparkContext
    context.setLogLevel("ERROR")
    # One RDD a file, so that a finding names the file; their union keeps the files' order.
    parts = [(path, context.textFile(path)) for path in arguments.offices]

    def pipe(*command):
        # Without checkCode a part that failed would be missing silently.
        lines = [
            part.pipe(shlex.join([*command, "--input-name", path]), checkCode=True)
            for path, part in parts
        ]
        return context.union(lines).toLocalIterator()

    program, out = [arguments.program], os.path.abspath(arguments.out)
    header = ["--header", os.path.abspath(arguments.header)]
    with tempfile.TemporaryDirectory(dir=os.path.dirname(out)) as scratch:
        os.chmod(scratch, 0o755)
        references = os.path.join(scratch, "references.json")
        # Blank lines are none of an office.
        offices = sum(part.filter(lambda line: line.strip()).count() for _, part in parts)
        merge(program, offices, pipe(*program, "validate", "--part", *header), references)
        export = [*program, "export", "--to", arguments.to, *header, "--references", references]
        staged = os.path.join(scratch, "staged")
        with open(staged, "wb") as file:
            file.write(subprocess.check_output([*export, "--part=head"]))
            for line in pipe(*export, "--part"):
                file.write(line.encode() + b"\n")
            file.write(subprocess.check_output([*export, "--part=tail"]))
        os.replace(staged, out)


def merge(program, offices, heads, references):
    """Checks that the parts have all offices, and these against each other."""
    command = [*program, "validate", "--merge", "-", "--offices", str(offices), "--references", references]
    with subprocess.Popen(command, stdin=subprocess.PIPE) as process:
        for head in heads:
            process.stdin.write(head.encode() + b"\n")
    if process.returncode:
        sys.exit(process.returncode)


def parse():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--header", required=True)
    parser.add_argument("--to", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--program", default="officedir")
    parser.add_argument("offices", nargs="+")
    return parser.parse_args()


if __name__ == "__main__":
    main()
