package dev.patronioperator.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRule;

import dev.patronioperator.plan.ImpactRules;
import dev.patronioperator.testkit.crd.SchemaNodes;

/** The reference of a custom resource as a page: a table for each object, in the order of the definition. */
final class ReferencePage {

    private static final String KUBERNETES_REFERENCE =
            "https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.34/#";

    /** Types that Kubernetes documents apart from the core ones. */
    private static final List<String> META = List.of("Condition", "LabelSelector");

    private final StringBuilder page = new StringBuilder();

    private ReferencePage() {}

    static String of(CustomResourceDefinition definition, String introduction) {
        var reference = new ReferencePage();
        var names = definition.getSpec().getNames();
        var version = definition.getSpec().getVersions().getFirst();
        reference
                .page
                .append(
                        "<!-- Generated from the custom resource definition by ReferencePagesTest. Do not edit. -->\n\n# ")
                .append(names.getKind())
                .append("\n\n")
                .append(introduction.strip())
                .append("\n\n`apiVersion: ")
                .append(definition.getSpec().getGroup())
                .append('/')
                .append(version.getName())
                .append("`, `kind: ")
                .append(names.getKind())
                .append("`, short name `")
                .append(String.join("`, `", names.getShortNames()))
                .append("`.\n");
        var schema = version.getSchema().getOpenAPIV3Schema();
        reference.rules(schema);
        SchemaNodes.of(schema).forEach(reference::section);
        return reference.page.toString();
    }

    private void section(String path, JSONSchemaProps node) {
        boolean ofKubernetes = KubernetesTypes.of(path).isPresent() || KubernetesTypes.isInside(path);
        if (path.isEmpty()
                || ofKubernetes
                || node.getProperties() == null
                || node.getProperties().isEmpty()) {
            return;
        }
        page.append("\n## ").append(shown(path)).append("\n");
        rules(node);
        boolean ofManifest = ImpactRules.of(
                        path + "." + node.getProperties().keySet().iterator().next())
                .isPresent();
        page.append(
                ofManifest
                        ? "\n| field | type | | a change costs |\n| --- | --- | --- | --- |\n"
                        : "\n| field | type | |\n| --- | --- | --- |\n");
        node.getProperties().forEach((name, field) -> page.append("| `")
                .append(name)
                .append('`')
                .append(node.getRequired().contains(name) ? " (required)" : "")
                .append(" | ")
                .append(type(path + "." + name, field))
                .append(" | ")
                .append(text(field))
                .append(ofManifest ? " | " + impact(path + "." + name) : "")
                .append(" |\n"));
    }

    /** Sections say it field by field. */
    private static String impact(String field) {
        return ImpactRules.of(field)
                .map(rule -> "**" + rule.impact() + "** " + cell(rule.why()))
                .orElse("");
    }

    private void rules(JSONSchemaProps node) {
        var rules = messages(node);
        if (!rules.isEmpty()) {
            page.append("\nRefused by the API server unless:\n\n");
            rules.forEach(rule -> page.append("- ").append(cell(rule)).append('\n'));
        }
    }

    private static String type(String path, JSONSchemaProps field) {
        var kubernetes = KubernetesTypes.of(path);
        if (kubernetes.isPresent()) {
            var link = "[" + kubernetes.get() + "](" + KUBERNETES_REFERENCE
                    + kubernetes.get().toLowerCase(Locale.ROOT)
                    + (META.contains(kubernetes.get()) ? "-v1-meta)" : "-v1-core)");
            return "array".equals(field.getType()) ? "list of " + link : link;
        }
        return plainType(field);
    }

    private static String plainType(JSONSchemaProps field) {
        return switch (field.getType()) {
            case "array" -> "list of " + plainType(field.getItems().getSchema());
            case "object" ->
                field.getAdditionalProperties() == null
                        ? "object"
                        : "map to " + plainType(field.getAdditionalProperties().getSchema());
            default -> field.getType();
        };
    }

    private static String text(JSONSchemaProps field) {
        var parts = new ArrayList<String>();
        Optional.ofNullable(field.getDescription()).map(ReferencePage::cell).ifPresent(parts::add);
        allowed(field).ifPresent(parts::add);
        messages(field).forEach(message -> parts.add(cell("Refused with: " + message + ".")));
        return String.join(" ", parts);
    }

    private static Optional<String> allowed(JSONSchemaProps field) {
        var values = innermost(field).getEnum();
        if (values != null && !values.isEmpty()) {
            return Optional.of("One of "
                    + values.stream()
                            .map(JsonNode::asText)
                            .map(value -> "`" + value + "`")
                            .collect(Collectors.joining(", "))
                    + ".");
        }
        if (field.getMinimum() != null && field.getMinimum() > Integer.MIN_VALUE && field.getMaximum() != null) {
            return Optional.of(
                    field.getMaximum() == Integer.MAX_VALUE
                            ? "At least " + field.getMinimum().longValue() + "."
                            : field.getMinimum().longValue() + " to "
                                    + field.getMaximum().longValue() + ".");
        }
        return Optional.empty();
    }

    private static JSONSchemaProps innermost(JSONSchemaProps field) {
        if (field.getItems() != null) {
            return innermost(field.getItems().getSchema());
        }
        return field.getAdditionalProperties() != null
                        && field.getAdditionalProperties().getSchema() != null
                ? innermost(field.getAdditionalProperties().getSchema())
                : field;
    }

    private static List<String> messages(JSONSchemaProps node) {
        return Optional.ofNullable(node.getXKubernetesValidations()).orElse(List.of()).stream()
                .map(ValidationRule::getMessage)
                .toList();
    }

    /** A path as people read it. */
    private static String shown(String path) {
        return path.replace("{}", ".*").replace("[]", "[*]");
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("<", "&lt;");
    }
}
