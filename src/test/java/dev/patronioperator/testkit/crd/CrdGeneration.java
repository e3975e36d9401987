package dev.patronioperator.testkit.crd;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.crdv2.generator.CRDPostProcessor;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;

/**
 * Makes the definition of a custom resource from its class: fabric8's generator reads the types and their annotations, and
 * {@link SchemaRefinements} add what these cannot say. The result is a committed file, written by a test
 * ({@link dev.patronioperator.testkit.GeneratedFile}).
 */
public final class CrdGeneration {

    private static final ObjectMapper YAML = YAMLMapper.builder()
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .addModule(new SimpleModule().addSerializer(Double.class, new PlainNumber()))
            .build();

    private CrdGeneration() {}

    public static CustomResourceDefinition of(Class<? extends HasMetadata> resource, SchemaRefinements refinements) {
        var captured = new ArrayList<CustomResourceDefinition>();
        new CRDGenerator()
                .withOutput(new Discarded())
                .withParallelGenerationEnabled(false)
                .withPostProcessor(new CRDPostProcessor() {
                    @Override
                    public HasMetadata process(HasMetadata crd, String version) {
                        captured.add((CustomResourceDefinition) crd);
                        return crd;
                    }
                })
                .customResourceClasses(List.of(resource))
                .forCRDVersions("v1")
                .generate();
        var crd = captured.getFirst();
        crd.getMetadata().setLabels(Map.of("app.kubernetes.io/name", "patroni-operator"));
        crd.getSpec().getNames().setListKind(crd.getSpec().getNames().getKind() + "List");
        crd.getSpec().getVersions().forEach(version -> {
            columnsAsWritten(resource, version);
            refinements.applyTo(version.getSchema().getOpenAPIV3Schema());
        });
        return crd;
    }

    public static String yaml(CustomResourceDefinition crd) {
        try {
            return "# Generated from " + crd.getSpec().getNames().getKind()
                    + " in src/main/java/dev/patronioperator/api. Do not edit.\n" + YAML.writeValueAsString(crd);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The generator sorts columns by path, but people read them in the order in which they are declared. */
    private static void columnsAsWritten(Class<?> resource, CustomResourceDefinitionVersion version) {
        var order = Arrays.stream(resource.getAnnotationsByType(AdditionalPrinterColumn.class))
                .map(AdditionalPrinterColumn::name)
                .toList();
        var columns = new ArrayList<>(version.getAdditionalPrinterColumns());
        columns.sort(Comparator.comparingInt(column -> order.indexOf(column.getName())));
        version.setAdditionalPrinterColumns(columns);
    }

    /** Bounds are doubles in the model and whole numbers for readers. */
    private static final class PlainNumber extends StdSerializer<Double> {
        private static final long serialVersionUID = 1L;

        PlainNumber() {
            super(Double.class);
        }

        @Override
        public void serialize(Double value, JsonGenerator json, SerializerProvider provider) throws IOException {
            if (value == Math.rint(value)) {
                json.writeNumber(value.longValue());
            } else {
                json.writeNumber(value);
            }
        }
    }

    private static final class Discarded implements CRDGenerator.CRDOutput<ByteArrayOutputStream> {
        @Override
        public ByteArrayOutputStream outputFor(String crdName) {
            return new ByteArrayOutputStream();
        }

        @Override
        public void close() throws IOException {}
    }
}
