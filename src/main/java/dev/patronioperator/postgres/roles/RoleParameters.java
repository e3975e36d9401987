package dev.patronioperator.postgres.roles;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Parameters of roles by name. To PostgreSQL {@code timezone} and {@code TimeZone} are one, and it stores its own spelling. */
public final class RoleParameters {

    private RoleParameters() {}

    /** A copy that knows a parameter in any case. */
    public static SortedMap<String, String> byName(Map<String, String> parameters) {
        var byName = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        byName.putAll(parameters);
        return byName;
    }
}
