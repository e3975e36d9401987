package dev.patronioperator.cluster.observe;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import org.junit.jupiter.api.Test;

import dev.patronioperator.kubernetes.ObjectReader;
import dev.patronioperator.plan.Known;
import dev.patronioperator.plan.ObjectRef;

import static org.assertj.core.api.Assertions.assertThat;

class PodNeedsTest {

    private static final StatefulSet SET = new KubernetesSerialization()
            .unmarshal(
                    """
                    metadata: {name: orders, namespace: ns}
                    spec:
                      template:
                        spec:
                          volumes:
                          - {name: data, emptyDir: {}}
                          - {name: tls, secret: {secretName: tls}}
                          - {name: keys, secret: {secretName: there, items: [{key: a, path: a}, {key: b, path: b}]}}
                          - {name: maybe, secret: {secretName: maybe, optional: true}}
                          - {name: settings, configMap: {name: settings}}
                          initContainers:
                          - name: first
                            envFrom: [{secretRef: {name: of-init}}, {configMapRef: {name: maybe, optional: true}}]
                          containers:
                          - name: postgres
                            env:
                            - {name: PLAIN, value: x}
                            - {name: FIELD, valueFrom: {fieldRef: {fieldPath: metadata.name}}}
                            - {name: PASSWORD, valueFrom: {secretKeyRef: {name: ours, key: password}}}
                            - {name: OTHER, valueFrom: {secretKeyRef: {name: there, key: c}}}
                            - {name: MAYBE, valueFrom: {secretKeyRef: {name: there, key: d, optional: true}}}
                            envFrom: [{configMapRef: {name: more}}]
                    """,
                    StatefulSet.class);

    private static List<String> missing(ObjectReader reader) {
        return PodNeeds.missing(SET, Set.of(new ObjectRef("v1", "Secret", "ns", "ours")), reader);
    }

    @Test
    void whatIsNotThereIsNamedAndSoAreKeys() {
        assertThat(missing(new Reader(Known.of(Optional.empty()))))
                .containsExactly(
                        "ConfigMap more",
                        "ConfigMap settings",
                        "Secret of-init",
                        "Secret tls",
                        "the key b of Secret there",
                        "the key c of Secret there");
    }

    @Test
    void whatCannotBeReadKeepsNobodyWaiting() {
        assertThat(missing(new Reader(Known.unknown("forbidden")))).doesNotContain("Secret tls", "ConfigMap more");
    }

    /** One Secret is there; of the others it is known, or not, that they are not. */
    private record Reader(Known<Optional<HasMetadata>> others) implements ObjectReader {

        private static final Secret THERE = new SecretBuilder()
                .withNewMetadata()
                .withName("there")
                .endMetadata()
                .addToData("a", "")
                .build();

        @Override
        public <T extends HasMetadata> Known<Optional<T>> get(Class<T> type, String namespace, String name) {
            return name.equals("there")
                    ? Known.of(Optional.of(type.cast(THERE)))
                    : others.map(none -> Optional.empty());
        }

        @Override
        public <T extends HasMetadata> Known<List<T>> list(
                Class<T> type, String namespace, Map<String, String> labels) {
            throw new UnsupportedOperationException();
        }
    }
}
