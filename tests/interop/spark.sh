#!/usr/bin/env bash
# The Spark job beside one machine: the same bytes from local threads and from a master with two workers,
# and a part that is wrong fails the job by name. The same parts under GNU parallel.
source "$(dirname "$0")/support/install.sh"
apt openjdk-17-jre-headless parallel procps
pip spark pyspark==3.5.3
cargo build -q --release --locked --bin officedir --example generate

program=$root/target/release/officedir
spark=$("$python" -c 'import os, pyspark; print(os.path.dirname(pyspark.__file__))')
export SPARK_HOME=$spark SPARK_LOCAL_IP=127.0.0.1 PYSPARK_PYTHON=$python
export SPARK_LOG_DIR=$work/spark/log SPARK_WORKER_DIR=$work/spark/worker SPARK_NO_DAEMONIZE=1
rm -rf "$work/spark" && mkdir -p "$SPARK_LOG_DIR" "$SPARK_WORKER_DIR" && cd "$work/spark"
"$root/target/release/examples/generate" 3000 --ndjson > whole.ndjson
tail -n +2 whole.ndjson > offices && split -n l/4 offices offices-
head -1 whole.ndjson > header.ndjson

job() {
  local master=$1
  shift
  "$spark/bin/spark-submit" --master "$master" --conf spark.ui.enabled=false \
    "$root/examples/spark/officedir_job.py" --program "$program" --header header.ndjson "$@" &> log.txt
}

compare() {
  local master=$1 target
  shift
  for target in "$@"; do
    "$program" export whole.ndjson --to "$target" --out - > whole.out
    job "$master" --to "$target" --out parts.out offices-a?
    cmp whole.out parts.out
    echo "$master: $target is that of one machine, $(stat -c %s parts.out) bytes"
  done
}

compare 'local[2]' csv:dialect=full vcard xml ndjson

class=org.apache.spark.deploy
"$spark/bin/spark-class" $class.master.Master --host 127.0.0.1 --port 7077 --webui-port 0 &> master.txt &
sleep 5
for worker in 1 2; do
  "$spark/bin/spark-class" $class.worker.Worker --cores 1 --memory 1g --webui-port 0 \
    spark://127.0.0.1:7077 &> "worker-$worker.txt" &
done
trap 'kill $(jobs -p) 2>/dev/null; wait' EXIT
compare spark://127.0.0.1:7077 vcard

sed -i '100s/"country":"\([A-Z]*\)"/"country":"XX"/' offices-ac
office=$(sed -n '100s/^{"id":"\([^"]*\)".*/\1/p' offices-ac)
rm parts.out
if job 'local[2]' --to csv:dialect=full --out parts.out offices-a?; then
  echo 'a bad office did not fail the job' && exit 1
fi
grep -q 'offices-ac' log.txt && grep -q "$office" log.txt && [ ! -e parts.out ]
echo "a bad office fails the job, by file (offices-ac) and office ($office)"

in_parts() {
  parallel --pipe --keep-order --block 300k "$program" "$@" --header header.ndjson < offices
}
"$program" export whole.ndjson --to csv:dialect=full --out - > whole.out
in_parts validate --part > heads
"$program" validate --merge heads --offices 3000 --references references.json
{
  "$program" export --part=head --to csv:dialect=full --header header.ndjson
  in_parts export --part --to csv:dialect=full --references references.json
} > parts.out
cmp whole.out parts.out
echo 'GNU parallel: csv is that of one machine'

if head -n -1 heads | "$program" validate --merge - --offices 3000; then
  echo 'a part that is cut off was merged' && exit 1
fi
if sed '/^{"part":/q' heads | "$program" validate --merge - --offices 3000; then
  echo 'one part was merged for all' && exit 1
fi
echo 'a part that is cut off and parts that are missing are not merged'
