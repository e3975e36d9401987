package dev.patronioperator.pooler;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;

import dev.patronioperator.api.PartStatus;
import dev.patronioperator.api.Postgresql;
import dev.patronioperator.api.PostgresqlStatus;
import dev.patronioperator.controller.ClusterPart;
import dev.patronioperator.controller.observe.ObservedObjects;
import dev.patronioperator.controller.observe.PartObserver;
import dev.patronioperator.controller.planning.Ownership;
import dev.patronioperator.controller.planning.PartObjects;
import dev.patronioperator.controller.status.PartCondition.Finding;
import dev.patronioperator.kubernetes.ObjectReader;
import dev.patronioperator.kubernetes.OperatorNamespace;
import dev.patronioperator.kubernetes.naming.Labels;
import dev.patronioperator.kubernetes.naming.MemberRole;
import dev.patronioperator.manifest.Identity;
import dev.patronioperator.pooler.desired.PoolerInputs;
import dev.patronioperator.pooler.desired.PoolerObjects;
import dev.patronioperator.pooler.model.PoolerModel;
import dev.patronioperator.pooler.observe.PoolerSecrets;
import dev.patronioperator.pooler.status.PoolerFinding;
import dev.patronioperator.settings.Settings;

/** The connection poolers as a part of a cluster: for each role a Deployment, its Service and its user list. */
@ApplicationScoped
public class PoolerPart implements ClusterPart {

    private static final String CONDITION = "PoolerReady";
    private static final PoolerInputs NONE = new PoolerInputs(Optional.empty(), new TreeSet<>());

    private final OperatorNamespace operator;

    public PoolerPart(OperatorNamespace operator) {
        this.operator = operator;
    }

    @Override
    public String condition() {
        return CONDITION;
    }

    @Override
    public PartObserver.Scope scope(Postgresql cluster, Settings settings) {
        return new PartObserver.Scope(
                cluster.getMetadata().getNamespace(),
                Identity.of(cluster, settings).labels().poolerSelector(),
                List.of(Deployment.class, Service.class, Secret.class));
    }

    @Override
    public PartObjects desired(Postgresql manifest, Settings settings, ObjectReader reader) {
        var model = PoolerModel.accept(manifest, settings);
        var secrets = new PoolerSecrets(model, reader);
        var inputs = model.exposure().isEmpty() ? NONE : secrets.read(settings, operator.name());
        var objects = PoolerObjects.render(model, inputs);
        boolean waits = !model.exposure().isEmpty() && inputs.passwords().isEmpty();
        return new PartObjects(
                objects.objects(),
                objects.unwanted(),
                ownership(model.identity()),
                waits
                        ? Optional.of("Secret " + secrets.credentialsName()
                                + " with the password of the poolers' role, and those of infrastructure roles")
                        : Optional.empty());
    }

    private static Ownership ownership(Identity identity) {
        return new Ownership(
                identity.name(),
                identity.labels().nameKey(),
                Labels.POOLER,
                Arrays.stream(MemberRole.values()).map(identity.names()::pooler).collect(Collectors.toSet()));
    }

    @Override
    public Finding finding(PartObjects desired, ObservedObjects observed) {
        return PoolerFinding.of(desired.wanted().stream()
                .filter(Deployment.class::isInstance)
                .flatMap(wanted -> observed.find(wanted).stream())
                .map(Deployment.class::cast)
                .toList());
    }

    @Override
    public PartStatus of(PostgresqlStatus status) {
        return status.pooler();
    }

    @Override
    public PostgresqlStatus status(List<Condition> conditions, PartStatus part) {
        return new PostgresqlStatus(null, null, conditions, null, null, null, null, part, null, null);
    }

    /** A user list holds passwords. */
    @Override
    public HasMetadata shown(HasMetadata object) {
        return object instanceof Secret secret
                ? new SecretBuilder(secret).withData(null).build()
                : object;
    }
}
