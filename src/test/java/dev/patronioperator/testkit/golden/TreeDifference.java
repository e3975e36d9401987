package dev.patronioperator.testkit.golden;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Quantity;

/**
 * One place where an object is not as expected.
 *
 * @param path from the object's root, e.g. {@code spec.template.spec.containers[postgres].env[PGVERSION].value}; items of a list go by name where they have one
 */
public record TreeDifference(String path, JsonNode expected, JsonNode actual) {

    private static final Set<String> QUANTITIES = Set.of("cpu", "memory", "storage", "hugepages-2Mi", "hugepages-1Gi");

    /** Every difference of two objects; defaults of the API server do not count. */
    public static List<TreeDifference> between(JsonNode expected, JsonNode actual) {
        var found = new ArrayList<TreeDifference>();
        compare("", ServerDefaults.strip(expected), ServerDefaults.strip(actual), found);
        return found;
    }

    @Override
    public String toString() {
        return path + ": expected " + expected + ", is " + actual;
    }

    private static void compare(String path, JsonNode expected, JsonNode actual, List<TreeDifference> found) {
        if (expected.isObject() && actual.isObject()) {
            var fields = new TreeSet<String>();
            expected.fieldNames().forEachRemaining(fields::add);
            actual.fieldNames().forEachRemaining(fields::add);
            for (var field : fields) {
                compare(path.isEmpty() ? field : path + "." + field, expected.path(field), actual.path(field), found);
            }
        } else if (expected.isArray() && actual.isArray()) {
            for (var i = 0; i < Math.max(expected.size(), actual.size()); i++) {
                compare(path + "[" + label(expected.path(i), i) + "]", expected.path(i), actual.path(i), found);
            }
        } else if (!same(path, expected, actual)) {
            found.add(new TreeDifference(path, expected, actual));
        }
    }

    private static boolean same(String path, JsonNode expected, JsonNode actual) {
        if (expected.isValueNode()
                && actual.isValueNode()
                && QUANTITIES.contains(path.substring(path.lastIndexOf('.') + 1))) {
            return new Quantity(expected.asText()).equals(new Quantity(actual.asText()));
        }
        return expected.equals(actual)
                || expected.isNumber()
                        && actual.isNumber()
                        && expected.decimalValue().compareTo(actual.decimalValue()) == 0;
    }

    private static String label(JsonNode item, int index) {
        return item.path("name").isTextual() ? item.path("name").asText() : String.valueOf(index);
    }
}
