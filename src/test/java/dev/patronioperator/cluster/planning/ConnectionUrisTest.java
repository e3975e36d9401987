package dev.patronioperator.cluster.planning;

import java.net.URI;
import java.util.Properties;

import org.junit.jupiter.api.Test;
import org.postgresql.Driver;

import dev.patronioperator.settings.parameters.UsersParameters;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code uri} and {@code jdbc-uri} in the Secrets of roles. */
class ConnectionUrisTest {

    private static final String HOST = "acid-test.ns.svc.cluster.local:5432";
    private static final String AWKWARD = "a/b?c&d=e:f@g%h +i{username}'é";

    @Test
    void nobodyGetsThemWithoutAsking() {
        var database = new OperatedDatabase("users: {ua_app: []}\n").settle();

        assertThat(database.value("ua_app", "uri")).isEmpty();
        assertThat(database.value("ua_app", "jdbc-uri")).isEmpty();
    }

    @Test
    void theySayWhatThePasswordSaysAfterEveryChange() {
        var database = asked("users: {ub_app: []}\nusersWithInPlaceSecretRotation: [ub_app]\n");
        saysTheSame(database, "ub_app", "postgres");

        database.edit("ub_app", "password", AWKWARD);
        database.settle();
        saysTheSame(database, "ub_app", "postgres");

        database.at("2026-04-01T12:00:01Z").settle();
        assertThat(database.password("ub_app")).isNotEqualTo(AWKWARD);
        saysTheSame(database, "ub_app", "postgres");
    }

    @Test
    void aNewLoginIsInThemAtTheMomentInWhichItIsToldToApplications() {
        var database = asked("users: {uc_app: []}\nusersWithSecretRotation: [uc_app]\n")
                .at("2026-04-01T12:00:01Z");

        while (database.user("uc_app").equals("uc_app")) {
            database.pass();
        }

        saysTheSame(database, "uc_app", "postgres");
    }

    @Test
    void theDatabaseIsTheOneThatTheRoleIsFor() {
        var database = asked(
                """
                users: {ud_owner: [], ud_app: []}
                databases: {ud_first: ud_owner, ud_second: ud_owner}
                preparedDatabases: {ud_ready: {defaultUsers: true}}
                """);

        saysTheSame(database, "ud_owner", "ud_first");
        saysTheSame(database, "ud_app", "postgres");
        saysTheSame(database, "ud_ready_reader_user", "ud_ready");
        saysTheSame(database, "postgres", "postgres");

        var only = asked("users: {ue_owner: [], ue_app: []}\ndatabases: {ue: ue_owner}\n");
        saysTheSame(only, "ue_app", "ue");
    }

    @Test
    void whatSomebodyElseWroteUnderTheseNamesStays() {
        var database = new OperatedDatabase("users: {uf_app: []}\n").settle();
        database.edit("uf_app", "uri", "postgresql://by.hand/");

        database.configured(settings -> settings.with(UsersParameters.ENABLE_URIS_IN_SECRETS, true))
                .settle();

        assertThat(database.value("uf_app", "uri")).isEqualTo("postgresql://by.hand/");
        assertThat(database.value("uf_app", "jdbc-uri")).isNotEmpty();
    }

    @Test
    void switchedOffThoseThatAreThereAreStillKeptRight() {
        var database = asked("users: {ug_app: []}\n");
        database.configured(settings -> settings.with(UsersParameters.ENABLE_URIS_IN_SECRETS, false));

        database.edit("ug_app", "password", "another");
        database.settle();

        saysTheSame(database, "ug_app", "postgres");
    }

    @Test
    void aVerifierIsNoPasswordToConnectWith() {
        var database = new OperatedDatabase("users: {uh_app: []}\n").settle();
        database.edit("uh_app", "password", "md5a0b1c2d3e4f5a0b1c2d3e4f5a0b1c2d3");

        database.configured(settings -> settings.with(UsersParameters.ENABLE_URIS_IN_SECRETS, true));

        assertThat(database.settle().value("uh_app", "uri")).isEmpty();
    }

    private static OperatedDatabase asked(String manifest) {
        return new OperatedDatabase(manifest)
                .configured(settings -> settings.with(UsersParameters.ENABLE_URIS_IN_SECRETS, true))
                .settle();
    }

    /** As Java reads URIs, and as the driver reads its own. */
    private static void saysTheSame(OperatedDatabase secrets, String role, String database) {
        var uri = URI.create(secrets.value(role, "uri"));
        assertThat(uri.getUserInfo()).isEqualTo(secrets.user(role) + ":" + secrets.password(role));
        assertThat(uri.getRawAuthority()).endsWith("@" + HOST);
        assertThat(uri.getPath()).isEqualTo("/" + database);
        assertThat(uri.getQuery()).isEqualTo("sslmode=require");
        var properties = Driver.parseURL(secrets.value(role, "jdbc-uri"), new Properties());
        assertThat(properties)
                .containsEntry("user", secrets.user(role))
                .containsEntry("password", secrets.password(role))
                .containsEntry("PGHOST", "acid-test.ns.svc.cluster.local")
                .containsEntry("PGDBNAME", database)
                .containsEntry("sslmode", "require");
    }
}
