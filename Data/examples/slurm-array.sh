#!/bin/sh
# A sweep on a cluster with Slurm, one part per task:  sbatch --array=1-64 slurm-array.sh sweep.yaml /scratch/out
#SBATCH --cpus-per-task=2
#SBATCH --time=01:00:00
#SBATCH --requeue
set -eu
spec=$1 folder=$2
mkdir -p "$folder"
# --resume: a task that is started again after a loss goes on from its journal.
thecal sweep "$spec" -o "$folder/part-$SLURM_ARRAY_TASK_ID.nc" --resume \
  --shard "$SLURM_ARRAY_TASK_ID/$SLURM_ARRAY_TASK_COUNT" --threads "${SLURM_CPUS_PER_TASK:-1}"
# When all are there:  thecal merge "$folder"/part-*.nc -o sweep.nc
