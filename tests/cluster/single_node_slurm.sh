#!/bin/sh
# A SLURM of one node on this machine, to try cogov's engine and job arrays with; needs root and Debian's
# packages slurm-wlm and munge (apt-get install slurm-wlm munge).
#
#   tests/cluster/single_node_slurm.sh start FOLDER   # prints what to export
#   tests/cluster/single_node_slurm.sh stop FOLDER
#
# Everything it writes is in FOLDER. The node says it has four processors, whatever it has.
set -eu

command=$1
folder=$(mkdir -p "$2" && cd "$2" && pwd)
host=$(hostname -s)
export SLURM_CONF="$folder/slurm.conf"

running() { [ -f "$folder/$1.pid" ] && kill -0 "$(cat "$folder/$1.pid")" 2>/dev/null; }

case $command in
start)
    mkdir -p "$folder/state" "$folder/spool"
    chmod 755 "$folder"
    [ -f "$folder/munge.key" ] || (umask 077; head -c 1024 /dev/urandom > "$folder/munge.key")
    cat > "$SLURM_CONF" <<CONF
ClusterName=one
SlurmctldHost=$host(127.0.0.1)
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket=$folder/munge.socket
StateSaveLocation=$folder/state
SlurmdSpoolDir=$folder/spool
SlurmctldPidFile=$folder/slurmctld.pid
SlurmdPidFile=$folder/slurmd.pid
SlurmctldLogFile=$folder/slurmctld.log
SlurmdLogFile=$folder/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
MpiDefault=none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SlurmdParameters=config_overrides
ReturnToService=2
MailProg=/bin/true
KillWait=5
NodeName=$host NodeAddr=127.0.0.1 CPUs=4 RealMemory=8000 State=UNKNOWN
PartitionName=debug Nodes=$host Default=YES MaxTime=INFINITE State=UP
CONF
    running munged || munged --force --key-file="$folder/munge.key" --socket="$folder/munge.socket" \
        --pid-file="$folder/munged.pid" --log-file="$folder/munged.log" --seed-file="$folder/munged.seed"
    running slurmctld || slurmctld
    running slurmd || slurmd -N "$host"
    for _ in $(seq 100); do
        [ "$(sinfo --noheader --format=%T 2>/dev/null)" = idle ] && echo "export SLURM_CONF=$SLURM_CONF" && exit 0
        sleep 0.2
    done
    echo "SLURM did not start; see the logs in $folder" >&2
    exit 1
    ;;
stop)
    scancel --state=RUNNING --state=PENDING --full 2>/dev/null || true
    for daemon in slurmd slurmctld munged; do
        running $daemon && kill "$(cat "$folder/$daemon.pid")"
    done
    ;;
*)
    echo "usage: $0 start|stop FOLDER" >&2
    exit 2
    ;;
esac
