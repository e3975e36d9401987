package dev.patronioperator.api;

import org.junit.jupiter.api.Test;

import dev.patronioperator.testkit.GeneratedFile;
import dev.patronioperator.testkit.crd.CrdGeneration;

/** The committed definitions are those of the code. */
class DefinitionFilesTest {

    @Test
    void postgresqlIsWhatTheRecordsSay() {
        GeneratedFile.of("src/main/kubernetes/crds/postgresqls.acid.zalan.do.yaml")
                .holds(CrdGeneration.yaml(Definitions.postgresql()));
    }

    @Test
    void postgresTeamIsWhatTheRecordSays() {
        GeneratedFile.of("src/main/kubernetes/crds/postgresteams.acid.zalan.do.yaml")
                .holds(CrdGeneration.yaml(Definitions.postgresTeam()));
    }

    @Test
    void operatorConfigurationIsWhatTheCatalogueSays() {
        GeneratedFile.of("src/main/kubernetes/crds/operatorconfigurations.acid.zalan.do.yaml")
                .holds(CrdGeneration.yaml(Definitions.operatorConfiguration()));
    }
}
