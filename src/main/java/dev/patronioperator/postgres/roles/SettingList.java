package dev.patronioperator.postgres.roles;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.patronioperator.sql.Sql;

/**
 * The value of a parameter that is a list of names, such as {@code search_path}: {@code "$user", data}. PostgreSQL writes a name with
 * quotes only where it needs some, so such values are compared as lists, never as texts; and in a statement each name is a literal of
 * its own, since one literal would be one name.
 *
 * @param names in order, unquoted
 */
public record SettingList(List<String> names) {

    /** All parameters with the flag GUC_LIST_QUOTE (PostgreSQL's variable_is_guc_list_quote). */
    private static final Set<String> PARAMETERS = Set.of(
            "local_preload_libraries",
            "search_path",
            "session_preload_libraries",
            "shared_preload_libraries",
            "temp_tablespaces",
            "unix_socket_directories");

    private static final Pattern ELEMENT = Pattern.compile("\\G\\s*(?:\"((?:[^\"]|\"\")*)\"|([^\",]*))\\s*(?:,|$)");

    public SettingList {
        names = List.copyOf(names);
    }

    static boolean isList(String parameter) {
        return PARAMETERS.contains(parameter.toLowerCase(Locale.ROOT));
    }

    /** Reads the form that {@code pg_db_role_setting} has; unquoted names are in lower case there already. */
    public static SettingList parse(String value) {
        var names = new ArrayList<String>();
        var elements = ELEMENT.matcher(value);
        while (elements.find() && elements.end() > elements.start()) {
            var name = elements.group(1) != null
                    ? elements.group(1).replace("\"\"", "\"")
                    : elements.group(2).strip();
            if (!name.isEmpty()) {
                names.add(name);
            }
        }
        return new SettingList(names);
    }

    /** All names quoted, which reads back as the same list. */
    public String text() {
        return names.stream()
                .map(name -> '"' + name.replace("\"", "\"\"") + '"')
                .collect(Collectors.joining(", "));
    }

    /** For {@code SET … TO}: an empty list is one empty name. */
    Sql values() {
        return names.isEmpty()
                ? Sql.value("")
                : Sql.list(names.stream().map(Sql::value).toList());
    }

    /** Whether two values of a parameter mean the same. */
    static boolean same(String parameter, String one, String other) {
        return isList(parameter) ? parse(one).equals(parse(other)) : one.equals(other);
    }

    /** A value of a parameter as it stands in a statement. */
    static Sql value(String parameter, String value) {
        return isList(parameter) ? parse(value).values() : Sql.value(value);
    }
}
