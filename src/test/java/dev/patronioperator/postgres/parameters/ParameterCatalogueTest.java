package dev.patronioperator.postgres.parameters;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.patronioperator.plan.Impact;
import dev.patronioperator.postgres.parameters.ServerParameter.Type;
import dev.patronioperator.sql.Sql;
import dev.patronioperator.testkit.EmbeddedServer;

import static org.assertj.core.api.Assertions.assertThat;

class ParameterCatalogueTest {

    @ParameterizedTest
    @CsvSource({
        "12, max_connections, RESTART",
        "18, shared_buffers, RESTART",
        "17, work_mem, RELOAD",
        "17, log_connections, RELOAD",
        "17, autovacuum_max_workers, RESTART",
        "18, autovacuum_max_workers, RELOAD",
        "12, primary_conninfo, RESTART",
        "13, primary_conninfo, RELOAD",
        "17, pg_stat_statements.max, RESTART",
        "17, cron.database_name, RESTART",
        "17, timescaledb.max_background_workers, RESTART",
        "17, Timezone, RELOAD",
        "17, block_size, NONE"
    })
    void aChangeCostsWhatTheServerSays(String major, String parameter, Impact impact) {
        assertThat(ParameterCatalogue.of(major).impact(parameter)).contains(impact);
    }

    @Test
    void whatIsNotOnRecordIsLeftToPostgres() {
        assertThat(ParameterCatalogue.of("17").impact("bg_mon.listen_address")).isEmpty();
        assertThat(ParameterCatalogue.of("12").impact("wal_keep_size")).isEmpty();
    }

    @Test
    void aServerOutsideTheRecordIsTakenForItsNeighbour() {
        assertThat(ParameterCatalogue.of("11")).isSameAs(ParameterCatalogue.of("12"));
        assertThat(ParameterCatalogue.of("99")).isSameAs(ParameterCatalogue.of("18"));
        assertThat(ParameterCatalogue.of("")).isSameAs(ParameterCatalogue.of("18"));
    }

    @Test
    void typesAndUnitsAreRecorded() {
        assertThat(ParameterCatalogue.of("17").find("shared_buffers"))
                .contains(new ServerParameter(
                        "shared_buffers", Type.INTEGER, Optional.of("8kB"), ParameterContext.POSTMASTER));
    }

    /** The server of the tests knows no parameter otherwise than the record does. */
    @Test
    void aRunningServerAgrees() {
        var known = EmbeddedServer.shared()
                .with(
                        "postgres",
                        session -> session.query(
                                Sql.of("SELECT name, vartype, unit, context FROM pg_settings"), row -> parameter(row)));
        var version = EmbeddedServer.shared()
                .with("postgres", session -> session.query(Sql.of("SHOW server_version"), row -> row.getString(1)))
                .getFirst();
        var catalogue = ParameterCatalogue.of(version.replaceFirst("\\..*", ""));

        assertThat(known).hasSizeGreaterThan(300).allSatisfy(parameter -> assertThat(catalogue.find(parameter.name()))
                .contains(parameter));
    }

    private static ServerParameter parameter(ResultSet row) throws SQLException {
        return new ServerParameter(
                row.getString("name"),
                Type.valueOf(row.getString("vartype").toUpperCase(Locale.ROOT)),
                Optional.ofNullable(row.getString("unit")),
                ParameterContext.of(row.getString("context")));
    }
}
