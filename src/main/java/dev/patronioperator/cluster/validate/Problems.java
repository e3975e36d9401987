package dev.patronioperator.cluster.validate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Collects problems while the checks run; every question answers whether all is well, so that a check can go on from there. */
final class Problems {

    private final List<SpecProblem> found = new ArrayList<>();

    List<SpecProblem> found() {
        return List.copyOf(found);
    }

    /** The value is wrong; the explanation continues the sentence {@code "value" …}. */
    void refuse(String field, Object value, String explanation) {
        found.add(new SpecProblem(field, String.valueOf(value), explanation));
    }

    /** Something is wrong that is not one value, or whose value must not be shown. */
    void refuse(String field, String explanation) {
        found.add(new SpecProblem(field, "", explanation));
    }

    boolean present(String field, Object value, String what) {
        boolean absent = value == null || value instanceof String text && text.isBlank();
        if (absent) {
            refuse(field, "is missing: " + what);
        }
        return !absent;
    }

    /** An absent value is right; whether it may be absent is asked by {@link #present}. */
    boolean matches(String field, String value, Pattern form, String explanation) {
        boolean wrong = value != null && !form.matcher(value).matches();
        if (wrong) {
            refuse(field, value, explanation);
        }
        return !wrong;
    }

    boolean within(String field, Number value, long least, long most) {
        boolean outside = value != null && (value.longValue() < least || value.longValue() > most);
        if (outside) {
            refuse(field, value, "is out of range: " + least + " to " + most);
        }
        return !outside;
    }

    /** The form Kubernetes asks of the names of containers, volumes and Services. */
    boolean dnsLabel(String field, String value) {
        return matches(
                field,
                value,
                Forms.DNS_LABEL,
                "is not a DNS label: a-z, 0-9 and -, starting and ending with a letter or digit, "
                        + "at most 63 characters");
    }

    /** A set of values of which none may come twice. */
    Unique unique(String what) {
        return new Unique(what);
    }

    final class Unique {
        private final String what;
        private final Map<String, String> firstAt = new HashMap<>();

        private Unique(String what) {
            this.what = what;
        }

        /** Takes a value in advance, such as the name of a container that every Pod has. */
        Unique taken(String value, String by) {
            firstAt.put(value, by);
            return this;
        }

        void add(String field, String value) {
            if (value != null) {
                Optional.ofNullable(firstAt.putIfAbsent(value, field))
                        .ifPresent(other -> refuse(field, value, "is " + what + " of " + other + " already"));
            }
        }
    }
}
