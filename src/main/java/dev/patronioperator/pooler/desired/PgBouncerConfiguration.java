package dev.patronioperator.pooler.desired;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import io.fabric8.kubernetes.api.model.DownwardAPIVolumeFile;
import io.fabric8.kubernetes.api.model.DownwardAPIVolumeFileBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;

import dev.patronioperator.manifest.TlsFiles;
import dev.patronioperator.pooler.model.PoolerModel;

/**
 * PgBouncer's configuration where the manifest has keys of its own for it; without them the image's template is used, and the pods are as
 * the Zalando operator makes them.
 *
 * <p>The image writes {@code pgbouncer.ini} from a template next to it, in which it replaces variables of the environment. The template
 * is laid over by one that says the same and then includes the manifest's keys, which have the last word and in which nothing is replaced.
 * Both files come from annotations of the pod: what changes them makes the pods anew, and no further object has to be kept.
 *
 * @param parameters by key
 * @param authority what certificates are verified with
 */
record PgBouncerConfiguration(Map<String, String> parameters, Optional<String> authority) {

    static final String TEMPLATE = "patroni-operator.dev/pgbouncer.ini";
    static final String PARAMETERS = "patroni-operator.dev/pgbouncer-parameters";

    private static final String VOLUME = "pgbouncer-configuration";
    private static final String TEMPLATE_FILE = "pgbouncer.ini.tmpl";
    private static final String PARAMETERS_FILE = "parameters.ini";
    private static final String FOLDER = "/etc/pgbouncer/";

    private static final String CERTIFICATE = "/etc/ssl/certs/pgbouncer.crt";

    /** The certificate is there whether it comes from a Secret or is made by the image. */
    private static final String BEGIN =
            """
            [databases]
            * = host=$PGHOST port=$PGPORT auth_user='$PGUSER'
            postgres = host=$PGHOST port=$PGPORT auth_user='$PGUSER'

            [pgbouncer]
            listen_addr = *
            listen_port = $CONNECTION_POOLER_PORT
            unix_socket_dir =
            pool_mode = $CONNECTION_POOLER_MODE
            default_pool_size = $CONNECTION_POOLER_DEFAULT_SIZE
            reserve_pool_size = $CONNECTION_POOLER_RESERVE_SIZE
            max_client_conn = $CONNECTION_POOLER_MAX_CLIENT_CONN
            max_db_connections = $CONNECTION_POOLER_MAX_DB_CONN
            max_prepared_statements = 200
            admin_users = $PGUSER
            stats_users = $INFRASTRUCTURE_ROLES
            auth_type = md5
            auth_file = /etc/pgbouncer/userlist.txt
            auth_dbname = postgres
            auth_query = SELECT * FROM "$PGSCHEMA".user_lookup($1)
            client_tls_sslmode = require
            client_tls_cert_file = /etc/ssl/certs/pgbouncer.crt
            client_tls_key_file = /etc/ssl/certs/pgbouncer.key
            server_tls_sslmode = require
            idle_transaction_timeout = 600
            server_login_retry = 5
            ignore_startup_parameters = extra_float_digits,options
            log_connections = 0
            log_disconnections = 0
            """;

    static Optional<PgBouncerConfiguration> of(PoolerModel model) {
        return model.parameters().isEmpty()
                ? Optional.empty()
                : Optional.of(new PgBouncerConfiguration(
                        model.parameters(), model.tls().flatMap(TlsFiles::authority)));
    }

    Map<String, String> annotations() {
        // PgBouncer does not start without one, even where nothing is verified.
        var verifiedWith = authority.orElse(CERTIFICATE);
        var verification = "client_tls_ca_file = " + verifiedWith + "\nserver_tls_ca_file = " + verifiedWith + "\n";
        var lines = parameters.entrySet().stream()
                .map(parameter -> parameter.getKey() + " = " + parameter.getValue() + "\n")
                .collect(Collectors.joining());
        return Map.of(
                TEMPLATE, BEGIN + verification + "%include " + FOLDER + PARAMETERS_FILE + "\n", PARAMETERS, lines);
    }

    Volume volume() {
        return new VolumeBuilder()
                .withName(VOLUME)
                .withNewDownwardAPI()
                .withItems(file(TEMPLATE_FILE, TEMPLATE), file(PARAMETERS_FILE, PARAMETERS))
                .endDownwardAPI()
                .build();
    }

    /** File by file: the folder is the image's, which writes into it. */
    List<VolumeMount> mounts() {
        return List.of(mount(TEMPLATE_FILE), mount(PARAMETERS_FILE));
    }

    private static DownwardAPIVolumeFile file(String path, String annotation) {
        return new DownwardAPIVolumeFileBuilder()
                .withPath(path)
                .withNewFieldRef()
                .withApiVersion("v1")
                .withFieldPath("metadata.annotations['" + annotation + "']")
                .endFieldRef()
                .build();
    }

    private static VolumeMount mount(String file) {
        return new VolumeMountBuilder()
                .withName(VOLUME)
                .withMountPath(FOLDER + file)
                .withSubPath(file)
                .withReadOnly(true)
                .build();
    }
}
