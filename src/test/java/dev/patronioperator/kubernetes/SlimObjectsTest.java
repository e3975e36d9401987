package dev.patronioperator.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import org.junit.jupiter.api.Test;

import dev.patronioperator.plan.FieldPath;

import static org.assertj.core.api.Assertions.assertThat;

class SlimObjectsTest {

    private static final String WRITERS =
            """
            "managedFields":[
              {"manager":"patroni-operator","operation":"Apply","apiVersion":"apps/v1","fieldsType":"FieldsV1",
               "fieldsV1":{"f:spec":{"f:replicas":{},"f:template":{"f:spec":{"f:containers":{"k:{\\"name\\":\\"postgres\\"}":{".":{},"f:image":{}}}}}}}},
              {"manager":"kube-controller-manager","operation":"Update","apiVersion":"apps/v1","fieldsType":"FieldsV1","subresource":"status",
               "fieldsV1":{"f:status":{"f:replicas":{}}}}]
            """;

    private final ObjectMapper mapper = new ObjectMapper();
    private final KubernetesSerialization serialization = new KubernetesSerialization(mapper, true);

    SlimObjectsTest() {
        new SlimObjects().customize(mapper);
    }

    @Test
    void nobodyAsksWhoWroteAPod() {
        var pod = serialization.unmarshal(
                "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"x-0\"," + WRITERS + "}}", Pod.class);

        assertThat(pod.getMetadata().getName()).isEqualTo("x-0");
        assertThat(pod.getMetadata().getManagedFields()).isEmpty();
    }

    @Test
    void whatIsOursStaysKnown() {
        var set = set();

        var ownership = new ObjectTrees(mapper).ownership(set);

        assertThat(ownership.owns(FieldPath.of("spec.replicas"))).isTrue();
        assertThat(ownership.owns(FieldPath.of("spec.template.spec.containers")
                        .item("postgres", "{\"name\":\"postgres\"}")
                        .field("image")))
                .isTrue();
        assertThat(ownership.owns(FieldPath.of("spec.serviceName"))).isFalse();
    }

    @Test
    void whoWroteTheStatusIsForgotten() {
        assertThat(set().getMetadata().getManagedFields().getLast().getFieldsV1())
                .isNull();
    }

    @Test
    void whatIsReadCanBeWrittenAgain() throws JsonProcessingException {
        var written = mapper.readTree(serialization.asJson(set()));

        assertThat(written.at("/metadata/managedFields/0/fieldsV1/f:spec/f:replicas")
                        .isObject())
                .isTrue();
    }

    private StatefulSet set() {
        return serialization.unmarshal(
                "{\"apiVersion\":\"apps/v1\",\"kind\":\"StatefulSet\",\"metadata\":{\"name\":\"x\"," + WRITERS + "}}",
                StatefulSet.class);
    }
}
