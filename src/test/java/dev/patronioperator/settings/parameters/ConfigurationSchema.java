package dev.patronioperator.settings.parameters;

import java.util.LinkedHashMap;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.Serialization;

import dev.patronioperator.settings.Parameter;
import dev.patronioperator.settings.ParameterGroup;
import dev.patronioperator.settings.Source;

/** The schema of an OperatorConfiguration's {@code configuration}, made from the catalogue. */
public final class ConfigurationSchema {

    private ConfigurationSchema() {}

    public static JSONSchemaProps ofCatalogue() {
        var root = object("The operator's parameters. Those of a missing group have defaults too.");
        for (var group : Catalogue.groups()) {
            var holder = group.name().map(name -> addGroup(root, name, group)).orElse(root);
            group.parameters().stream()
                    .filter(parameter -> parameter.sources().contains(Source.RESOURCE))
                    .forEach(parameter -> holder.getProperties().put(parameter.key(), leaf(parameter)));
        }
        return root;
    }

    private static JSONSchemaProps addGroup(JSONSchemaProps root, String name, ParameterGroup group) {
        var schema = object(group.title() + ".");
        root.getProperties().put(name, schema);
        return schema;
    }

    private static JSONSchemaProps object(String description) {
        var schema = new JSONSchemaProps();
        schema.setType("object");
        schema.setDescription(description);
        schema.setProperties(new LinkedHashMap<>());
        return schema;
    }

    private static <T> JSONSchemaProps leaf(Parameter<T> parameter) {
        var codec = parameter.codec();
        var schema = Serialization.unmarshal(Serialization.asJson(codec.schema()), JSONSchemaProps.class);
        schema.setDescription(description(parameter));
        if (parameter.unsetWhenEmpty() && schema.getMinimum() != null) {
            schema.setMinimum(0.0);
        }
        var byDefault = parameter.defaults().schema();
        if (!codec.empty().filter(byDefault::equals).isPresent()) {
            schema.setDefault(Serialization.unmarshal(Serialization.asJson(codec.toTree(byDefault)), JsonNode.class));
        }
        return schema;
    }

    private static String description(Parameter<?> parameter) {
        return parameter.description()
                + parameter.unit().map(unit -> " Unit: " + unit + ".").orElse("")
                + parameter
                        .deprecation()
                        .map(why -> " Deprecated: " + why + ".")
                        .orElse("");
    }
}
