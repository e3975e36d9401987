package dev.patronioperator.postgres.parameters;

import java.util.Set;

/**
 * The parameters that PostgreSQL reads only when it starts: context {@code postmaster} in {@code pg_settings}, in any of the major
 * versions 13 to 18, and those of the extensions that Spilo preloads.
 *
 * <p>For saying beforehand that a change will restart the server. Whether it really has to is said by PostgreSQL itself, afterwards; so
 * a parameter that is missing here is restarted all the same, only without having been announced.
 *
 * @see <a href="https://www.postgresql.org/docs/current/view-pg-settings.html">pg_settings</a>
 */
public final class StartParameters {

    private static final Set<String> NAMES = Set.of(
            "archive_mode",
            "autovacuum_freeze_max_age",
            "autovacuum_max_workers",
            "autovacuum_multixact_freeze_max_age",
            "autovacuum_worker_slots",
            "bonjour",
            "bonjour_name",
            "cluster_name",
            "commit_timestamp_buffers",
            "cron.database_name",
            "cron.host",
            "cron.max_running_jobs",
            "cron.use_background_workers",
            "data_sync_retry",
            "debug_io_direct",
            "dynamic_shared_memory_type",
            "event_source",
            "hot_standby",
            "huge_page_size",
            "huge_pages",
            "ignore_invalid_pages",
            "io_max_combine_limit",
            "io_max_concurrency",
            "io_method",
            "jit_provider",
            "listen_addresses",
            "logging_collector",
            "max_active_replication_origins",
            "max_connections",
            "max_files_per_process",
            "max_locks_per_transaction",
            "max_logical_replication_workers",
            "max_notify_queue_pages",
            "max_pred_locks_per_transaction",
            "max_prepared_transactions",
            "max_replication_slots",
            "max_wal_senders",
            "max_worker_processes",
            "min_dynamic_shared_memory",
            "multixact_member_buffers",
            "multixact_offset_buffers",
            "notify_buffers",
            "old_snapshot_threshold",
            "pg_stat_statements.max",
            "port",
            "recovery_target",
            "recovery_target_action",
            "recovery_target_inclusive",
            "recovery_target_lsn",
            "recovery_target_name",
            "recovery_target_time",
            "recovery_target_timeline",
            "recovery_target_xid",
            "reserved_connections",
            "serializable_buffers",
            "shared_buffers",
            "shared_memory_type",
            "shared_preload_libraries",
            "subtransaction_buffers",
            "superuser_reserved_connections",
            "timescaledb.max_background_workers",
            "track_activity_query_size",
            "track_commit_timestamp",
            "transaction_buffers",
            "unix_socket_directories",
            "unix_socket_group",
            "unix_socket_permissions",
            "wal_buffers",
            "wal_decode_buffer_size",
            "wal_level",
            "wal_log_hints");

    private StartParameters() {}

    /** Whether a change of this parameter is known to need a restart of the server. */
    public static boolean contains(String parameter) {
        return NAMES.contains(parameter);
    }
}
