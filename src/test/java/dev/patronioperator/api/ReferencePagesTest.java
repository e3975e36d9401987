package dev.patronioperator.api;

import org.junit.jupiter.api.Test;

import dev.patronioperator.testkit.GeneratedFile;

/** The committed reference pages are those of the definitions. */
class ReferencePagesTest {

    @Test
    void postgresql() {
        GeneratedFile.of("docs/reference/postgresql.md")
                .holds(ReferencePage.of(
                        Definitions.postgresql(),
                        "One highly available PostgreSQL cluster. A field that is absent takes the value of the operator's configuration where its "
                                + "description names one. [Samples](../samples) show whole manifests."));
    }

    @Test
    void postgresTeam() {
        GeneratedFile.of("docs/reference/postgresteam.md")
                .holds(ReferencePage.of(
                        Definitions.postgresTeam(),
                        "Who, beyond the team that owns a cluster, gets a role in it. All objects of the watched namespaces are read as one. Needs "
                                + "`enable_postgres_team_crd`."));
    }
}
