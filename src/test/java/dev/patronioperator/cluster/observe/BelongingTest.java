package dev.patronioperator.cluster.observe;

import java.util.Map;

import io.fabric8.kubernetes.api.model.FieldsV1;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntryBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import org.junit.jupiter.api.Test;

import dev.patronioperator.kubernetes.naming.Labels;

import static org.assertj.core.api.Assertions.assertThat;

/** A name is not enough to take an object for the cluster's own; whatever an operator or Patroni made is. */
class BelongingTest {

    private static final String LABEL = "cluster-name";
    private static final Labels LABELS =
            new Labels("orders", "acid", Map.of("application", "spilo"), LABEL, "spilo-role", Map.of());
    private final Belonging orders = new Belonging("orders", LABELS);

    @Test
    void whatHasNoMarkAtAllIsSomebodyElses() {
        assertThat(orders.objection(named(new Service()))).contains("it does not carry the label cluster-name=orders");
        assertThat(orders.objection(writtenBy("kubectl", named(new StatefulSet()))))
                .isPresent();
    }

    @Test
    void whatAnotherControlsIsIts() {
        assertThat(orders.objection(controlledBy("Helm", "shop", labelled("orders", named(new Service())))))
                .contains("it belongs to Helm shop");
        assertThat(orders.objection(controlledBy("ExternalSecret", "postgres", named(new Secret()))))
                .contains("it belongs to ExternalSecret postgres");
    }

    @Test
    void whatIsAnotherClustersIsIts() {
        assertThat(orders.objection(labelled("invoices", named(new Secret()))))
                .contains("it belongs to the cluster invoices");
        assertThat(orders.objection(writtenBy("patroni-operator", labelled("invoices", named(new Service())))))
                .contains("it belongs to the cluster invoices");
    }

    /** The peer hands the owners of the manifest on to all that it makes. */
    @Test
    void whatThePeerMadeIsTheClustersWhoeverOwnsIt() {
        assertThat(orders.objection(writtenBy("postgres-operator", labelled("orders", named(new Service())))))
                .isEmpty();
        assertThat(orders.objection(controlledBy(
                        "Shop", "shop", writtenBy("postgres-operator", labelled("orders", named(new StatefulSet()))))))
                .isEmpty();
    }

    @Test
    void whatPatroniMadeAndWhatADeletedClusterLeftIsTheClusters() {
        assertThat(orders.objection(labelled("orders", named(new Service())))).isEmpty();
        assertThat(orders.objection(controlledBy("postgresql", "orders", named(new StatefulSet()))))
                .isEmpty();
    }

    @Test
    void aLabelThatSomebodyTookOrChangedMakesItNobodyElses() {
        assertThat(orders.objection(writtenBy("patroni-operator", named(new Service()))))
                .isEmpty();

        var relabelled = labelled("invoices", writtenBy("patroni-operator", named(new Service())));
        relabelled.getMetadata().getManagedFields().getFirst().setFieldsV1(new FieldsV1());
        assertThat(orders.objection(relabelled)).isEmpty();
    }

    @Test
    void credentialsThatSomebodyPutThereAreUsed() {
        assertThat(orders.objection(named(new Secret()))).isEmpty();
    }

    @Test
    void whatClustersShareIsNobodysAlone() {
        assertThat(orders.objection(controlledBy("Shop", "shop", named(new ServiceAccount()))))
                .isEmpty();
    }

    private static <T extends HasMetadata> T named(T object) {
        object.setMetadata(new ObjectMetaBuilder()
                .withNamespace("ns")
                .withName("orders")
                .withLabels(null)
                .build());
        return object;
    }

    private static <T extends HasMetadata> T labelled(String cluster, T object) {
        object.getMetadata().setLabels(Map.of(LABEL, cluster, "application", "spilo"));
        return object;
    }

    private static <T extends HasMetadata> T controlledBy(String kind, String name, T object) {
        object.setMetadata(new ObjectMetaBuilder(object.getMetadata())
                .addNewOwnerReference()
                .withKind(kind)
                .withName(name)
                .withController(true)
                .endOwnerReference()
                .build());
        return object;
    }

    private static <T extends HasMetadata> T writtenBy(String manager, T object) {
        var fields = new FieldsV1();
        fields.setAdditionalProperty("f:metadata", Map.of("f:labels", Map.of("f:" + LABEL, Map.of())));
        object.setMetadata(new ObjectMetaBuilder(object.getMetadata())
                .withManagedFields(new ManagedFieldsEntryBuilder()
                        .withManager(manager)
                        .withFieldsV1(fields)
                        .build())
                .build());
        return object;
    }
}
