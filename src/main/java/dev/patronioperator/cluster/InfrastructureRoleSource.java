package dev.patronioperator.cluster;

import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;

import dev.patronioperator.api.Postgresql;
import dev.patronioperator.kubernetes.ObjectReader;
import dev.patronioperator.kubernetes.OperatorNamespace;
import dev.patronioperator.manifest.infrastructure.InfrastructureCredentials;
import dev.patronioperator.manifest.infrastructure.InfrastructureRoles;
import dev.patronioperator.settings.Settings;

/**
 * The infrastructure roles that all clusters have. One that is described badly or not at all keeps no cluster from being looked after: it
 * is said once, and what was made for it stays.
 */
@ApplicationScoped
class InfrastructureRoleSource {

    private static final Logger LOG = Logger.getLogger(InfrastructureRoleSource.class);

    private final OperatorNamespace operator;
    private volatile List<String> said = List.of();

    InfrastructureRoleSource(OperatorNamespace operator) {
        this.operator = operator;
    }

    List<InfrastructureCredentials> of(Postgresql cluster, Settings settings, ObjectReader reader) {
        var metadata = cluster.getMetadata();
        var others = reader.ofOthers(metadata.getNamespace(), metadata.getName());
        var read = InfrastructureRoles.read(settings, operator.name(), others);
        if (!read.problems().equals(said)) {
            said = read.problems();
            said.forEach(problem -> LOG.warnf("Some infrastructure roles are not known: %s", problem));
        }
        return read.roles();
    }
}
