package dev.patronioperator.manifest.pgbouncer;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The keys of section {@code [pgbouncer]}, as PgBouncer 1.24 lists them ({@code SHOW CONFIG}), and what 1.25 added.
 *
 * <p>The list is closed: who logs in and how, where PgBouncer listens and what it writes is the operator's to say, and a key of a later
 * release may be about just that.
 */
public final class PgBouncerKeys {

    private static final SortedMap<String, ValueForm> FREE = new TreeMap<>();
    private static final SortedMap<String, String> OWNED = new TreeMap<>();

    static {
        free(
                ValueForm.NUMBER,
                "default_pool_size min_pool_size reserve_pool_size max_client_conn max_db_client_connections",
                "max_user_connections max_user_client_connections max_prepared_statements max_packet_size pkt_buf",
                "sbuf_loopcnt listen_backlog tcp_socket_buffer tcp_keepcnt tcp_keepidle tcp_keepintvl",
                "tcp_user_timeout tcp_defer_accept stats_period verbose");
        free(
                ValueForm.SECONDS,
                "autodb_idle_timeout cancel_wait_timeout client_idle_timeout client_login_timeout dns_max_ttl",
                "dns_nxdomain_ttl dns_zone_check_period idle_transaction_timeout query_timeout query_wait_notify",
                "query_wait_timeout reserve_pool_timeout server_check_delay server_connect_timeout",
                "server_idle_timeout server_lifetime server_login_retry suspend_timeout",
                "transaction_timeout");
        free(
                ValueForm.SWITCH,
                "application_name_add_host disable_pqexec log_connections log_disconnections log_pooler_errors",
                "log_stats server_fast_close server_reset_query_always server_round_robin tcp_keepalive");
        free(ValueForm.TLS_MODE, "client_tls_sslmode server_tls_sslmode");
        free(
                ValueForm.WORDS,
                "ignore_startup_parameters track_extra_parameters client_tls_ciphers client_tls13_ciphers",
                "client_tls_dheparams client_tls_ecdhcurve client_tls_protocols server_tls_ciphers",
                "server_tls13_ciphers server_tls_protocols");
        free(ValueForm.RESET, "server_check_query server_reset_query");
        owned("it is spec.connectionPooler.mode", "pool_mode");
        owned("it is spec.connectionPooler.maxDBConnections", "max_db_connections");
        owned(
                "it follows from spec.tls",
                "client_tls_ca_file client_tls_cert_file client_tls_key_file server_tls_ca_file");
        owned("the pooler shows the server no certificate of its own", "server_tls_cert_file server_tls_key_file");
        owned(
                "who logs in is decided by the database",
                "auth_dbname auth_file auth_hba_file auth_ident_file auth_ldap_options auth_query auth_type auth_user");
        owned("the pooler's own role administers it", "admin_users");
        owned("infrastructure roles may read it", "stats_users");
        owned(
                "the Service leads there",
                "listen_addr listen_port unix_socket_dir unix_socket_group unix_socket_mode so_reuseport peer_id");
        owned("the container has it its own way", "conffile job_name logfile pidfile resolv_conf service_name user");
        owned("the container's log is its output", "syslog syslog_facility syslog_ident");
    }

    private PgBouncerKeys() {}

    /** What the value of a key has to look like; nothing if the key is not for a manifest to set, or not known. */
    public static Optional<ValueForm> form(String key) {
        return Optional.ofNullable(FREE.get(key));
    }

    /** Who decides about a key that is not for a manifest to set. */
    public static Optional<String> owner(String key) {
        return Optional.ofNullable(OWNED.get(key));
    }

    /** All keys that a manifest may set. */
    public static Map<String, ValueForm> all() {
        return Map.copyOf(FREE);
    }

    private static void free(ValueForm form, String... lines) {
        Arrays.stream(lines).flatMap(line -> Arrays.stream(line.split(" "))).forEach(key -> FREE.put(key, form));
    }

    private static void owned(String by, String keys) {
        Arrays.stream(keys.split(" ")).forEach(key -> OWNED.put(key, by));
    }
}
