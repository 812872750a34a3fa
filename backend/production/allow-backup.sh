#!/bin/sh
# Run once by the postgres image, when the cluster is made: lets the backup services read its log.
set -e
echo "host replication mattone all scram-sha-256" >> "$PGDATA/pg_hba.conf"
