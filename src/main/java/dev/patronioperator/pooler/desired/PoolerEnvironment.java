package dev.patronioperator.pooler.desired;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

import io.fabric8.kubernetes.api.model.EnvVar;

import dev.patronioperator.kubernetes.naming.MemberRole;
import dev.patronioperator.manifest.Credentials;
import dev.patronioperator.manifest.ServicePorts;
import dev.patronioperator.manifest.TlsFiles;
import dev.patronioperator.manifest.Variables;
import dev.patronioperator.pooler.model.PoolerModel;

/** The environment of a pooler's container: the whole interface to its image. */
public final class PoolerEnvironment {

    /** Names the users of PgBouncer's statistics. */
    public static final String STATISTICS_USERS = "INFRASTRUCTURE_ROLES";

    /** Clients cost next to nothing; connections to the database are what is rationed. */
    private static final int MOST_CLIENTS = 10_000;

    private PoolerEnvironment() {}

    static List<EnvVar> render(PoolerModel model, PoolerInputs inputs, MemberRole role) {
        var most = model.connectionsPerPod();
        var pool = most / 2;
        var reserve = pool / 2;
        var port = String.valueOf(ServicePorts.POSTGRES);
        var secret = model.credentials().secretName(model.identity().name(), model.user());
        var env = new ArrayList<EnvVar>();
        env.add(Variables.of("PGHOST", model.identity().names().service(role)));
        env.add(Variables.of("PGPORT", port));
        env.add(Credentials.fromSecret("PGUSER", secret, Credentials.USERNAME));
        env.add(Variables.of("PGSCHEMA", model.schema()));
        env.add(Credentials.fromSecret("PGPASSWORD", secret, Credentials.PASSWORD));
        env.add(Variables.of("CONNECTION_POOLER_PORT", port));
        env.add(Variables.of("CONNECTION_POOLER_MODE", model.mode()));
        env.add(number("CONNECTION_POOLER_DEFAULT_SIZE", pool));
        env.add(number("CONNECTION_POOLER_MIN_SIZE", reserve));
        env.add(number("CONNECTION_POOLER_RESERVE_SIZE", reserve));
        env.add(number("CONNECTION_POOLER_MAX_CLIENT_CONN", MOST_CLIENTS));
        env.add(number("CONNECTION_POOLER_MAX_DB_CONN", most));
        if (!inputs.infrastructureRoles().isEmpty()) {
            env.add(Variables.of(STATISTICS_USERS, statisticsUsers(inputs, role)));
        }
        model.tls().ifPresent(tls -> addTls(env, tls));
        return env;
    }

    /** The peer writes them in an order of its own; it is kept, since another one would make the pods anew. */
    private static String statisticsUsers(PoolerInputs inputs, MemberRole role) {
        return inputs.before(role)
                .statisticsUsers()
                .filter(text -> new TreeSet<>(List.of(text.split(","))).equals(inputs.infrastructureRoles()))
                .orElseGet(() -> String.join(",", inputs.infrastructureRoles()));
    }

    private static void addTls(List<EnvVar> env, TlsFiles tls) {
        env.add(Variables.of("CONNECTION_POOLER_CLIENT_TLS_CRT", tls.certificate()));
        env.add(Variables.of("CONNECTION_POOLER_CLIENT_TLS_KEY", tls.key()));
        tls.authority().ifPresent(file -> env.add(Variables.of("CONNECTION_POOLER_CLIENT_CA_FILE", file)));
    }

    private static EnvVar number(String name, int value) {
        return Variables.of(name, String.valueOf(value));
    }
}
