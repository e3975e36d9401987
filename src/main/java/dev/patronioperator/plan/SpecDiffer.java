package dev.patronioperator.plan;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.fabric8.kubernetes.api.model.Quantity;

/**
 * Finds what is to change on an object: every wanted field that is absent or has another value, and every field of ours that is not
 * wanted any more.
 *
 * <p>Documents are trees of maps, lists and scalars. What the API server, the kubelet, admission webhooks and other field managers add
 * does not count; neither do the order of lists whose items have names, the order of sets, the spelling of quantities, nor the
 * difference between nothing and empty. The observed document is never changed.
 *
 * <p>What somebody added counts where it changes the meaning of what is ours ({@link WholeValues}): one more label in a selector. What
 * an admission webhook makes of our own request does not ({@link FieldOwnership#isAsAdmitted}): it would do it again.
 */
public final class SpecDiffer {

    private static final Set<String> QUANTITY_PARENTS = Set.of("requests", "limits", "capacity");
    private static final Set<String> QUANTITIES = Set.of("sizeLimit", "divisor");

    /** An empty directory is a volume; no directory is not. */
    private static final Set<String> SAYS_SOMETHING_WHEN_EMPTY = Set.of("emptyDir");

    /** Parts that describe the past or are written by others only. */
    private static final Set<String> IGNORED_AT_ROOT = Set.of("status", "apiVersion", "kind", "subsets");

    private static final Set<String> SECRET_FIELDS = Set.of("data", "stringData");

    private static final Set<String> METADATA = Set.of("labels", "annotations", "ownerReferences", "finalizers");

    /** Flags and numbers that the API server does not store if they are false or 0. */
    private static final Set<String> OMITTED_WHEN_ZERO = Set.of(
            "readOnly",
            "hostNetwork",
            "hostPID",
            "hostIPC",
            "hostPort",
            "stdin",
            "stdinOnce",
            "tty",
            "publishNotReadyAddresses",
            "minReadySeconds",
            "initialDelaySeconds");

    private final FieldOwnership ownership;
    private final List<FieldDifference> found = new ArrayList<>();

    private final boolean secret;
    private final Sides sides;

    /** What stands on the two sides. */
    private enum Sides {
        /** What is wanted, and an object that others have added to. */
        WANTED_AND_FOUND,
        /** A template, and an object that was made from it and may hold more. */
        TEMPLATE_AND_MADE,
        /** Two templates; only what the first one has no more counts. */
        NOW_AND_BEFORE
    }

    private SpecDiffer(FieldOwnership ownership, boolean secret, Sides sides) {
        this.ownership = ownership;
        this.secret = secret;
        this.sides = sides;
    }

    /**
     * Compares an object with what it should be.
     *
     * @param desired the wanted fields, and only those
     * @param observed the object as it is
     * @param ownership who wrote which fields of the observed object
     * @return the differences in the order of the desired document, then of the observed one
     */
    public static List<FieldDifference> differences(
            Map<String, ?> desired, Map<String, ?> observed, FieldOwnership ownership) {
        var differ = new SpecDiffer(ownership, "Secret".equals(desired.get("kind")), Sides.WANTED_AND_FOUND);
        differ.compareRoot(desired, observed);
        return List.copyOf(differ.found);
    }

    /**
     * Finds what an object made from a template lacks of it. What was added to the object on its way (tolerations, containers,
     * variables, volumes) does not count.
     */
    public static List<FieldDifference> missing(Map<String, ?> template, Map<String, ?> made) {
        var differ = new SpecDiffer(FieldOwnership.NONE, false, Sides.TEMPLATE_AND_MADE);
        differ.compareRoot(template, made);
        return List.copyOf(differ.found);
    }

    /**
     * Finds what a template has lost, whoever had put it there, but for what the API server fills in.
     *
     * @param now all of the template
     * @param before all of an earlier one
     */
    public static List<FieldDifference> lost(Map<String, ?> now, Map<String, ?> before) {
        var differ = new SpecDiffer(FieldOwnership.NONE, false, Sides.NOW_AND_BEFORE);
        differ.compareRoot(now, before);
        return List.copyOf(differ.found);
    }

    private void compareRoot(Map<String, ?> desired, Map<String, ?> observed) {
        var wanted = new LinkedHashMap<String, Object>(desired);
        var actual = new LinkedHashMap<String, Object>(observed);
        IGNORED_AT_ROOT.forEach(wanted::remove);
        IGNORED_AT_ROOT.forEach(actual::remove);
        wanted.put("metadata", onlyOurMetadata(wanted.get("metadata")));
        actual.put("metadata", onlyOurMetadata(actual.get("metadata")));
        compareMaps(FieldPath.ROOT, wanted, actual, false);
    }

    private static Map<String, Object> onlyOurMetadata(Object metadata) {
        var kept = new LinkedHashMap<String, Object>();
        if (metadata instanceof Map<?, ?> map) {
            METADATA.stream().sorted().filter(map::containsKey).forEach(key -> kept.put(key, map.get(key)));
        }
        return kept;
    }

    /**
     * @param whole whether the value belongs to one manager as a whole, so that nothing may be added to it
     */
    private void compare(FieldPath path, Object desired, Object observed, boolean whole) {
        switch (desired) {
            case Map<?, ?> map when observed == null -> compareMaps(path, map, Map.of(), isWhole(path, whole));
            case Map<?, ?> map
            when observed instanceof Map<?, ?> other -> compareMaps(path, map, other, isWhole(path, whole));
            case List<?> list when observed == null -> compareLists(path, list, List.of(), whole);
            case List<?> list when observed instanceof List<?> other -> compareLists(path, list, other, whole);
            default -> compareValues(path, desired, observed);
        }
    }

    /** The value of a variable is one text, also where it is shown as the document that it holds. */
    private boolean isWhole(FieldPath path, boolean within) {
        return !mayHoldMore() && (within || WholeValues.isAtomicMap(path) || isValueOfVariable(path));
    }

    private static boolean isValueOfVariable(FieldPath path) {
        var segments = path.segments();
        return segments.size() > 1
                && "value".equals(segments.getLast().toString())
                && segments.get(segments.size() - 2) instanceof FieldPath.Segment.Item;
    }

    private void compareMaps(FieldPath path, Map<?, ?> desired, Map<?, ?> observed, boolean whole) {
        desired.forEach((key, value) -> {
            var at = path.field(String.valueOf(key));
            var other = observed.get(key);
            if (SAYS_SOMETHING_WHEN_EMPTY.contains(key) && other == null) {
                differs(at, value, null);
            } else if (isNothing(value)) {
                removed(at, other, whole);
            } else {
                compare(at, value, other, whole);
            }
        });
        observed.forEach((key, value) -> {
            var field = String.valueOf(key);
            if (desired.containsKey(key) || isNothing(value) && !SAYS_SOMETHING_WHEN_EMPTY.contains(field)) {
                return;
            }
            if (!mayHoldMore() && WholeValues.excludes(path, field, desired)) {
                differs(path.field(field), null, value);
            } else {
                removed(path.field(field), value, whole);
            }
        });
    }

    private void compareLists(FieldPath path, List<?> desired, List<?> observed, boolean whole) {
        var field = path.lastField();
        var items = desired.isEmpty() ? observed : desired;
        var keys = MergeKeys.of(field, items);
        boolean ours = !mayHoldMore() && (whole || WholeValues.isAtomicList(path, items));
        if (keys.isPresent()) {
            compareByKey(path, keys.get(), desired, observed, ours);
        } else if (MergeKeys.isSet(field)) {
            compareSets(path, desired, observed, ours);
        } else if (desired.size() != observed.size()) {
            differs(path, desired, observed);
        } else {
            for (int i = 0; i < desired.size(); i++) {
                compare(path.item(String.valueOf(i), String.valueOf(i)), desired.get(i), observed.get(i), ours);
            }
        }
    }

    private void compareSets(FieldPath path, List<?> desired, List<?> observed, boolean whole) {
        var wanted = new HashSet<Object>(desired);
        var actual = new HashSet<Object>(observed);
        if (sides == Sides.NOW_AND_BEFORE) {
            if (!wanted.containsAll(actual)) {
                differs(path, null, observed);
            }
        } else if (!(whole ? actual.equals(wanted) : actual.containsAll(wanted))) {
            differs(path, desired, observed);
        }
    }

    private void compareByKey(FieldPath path, List<String> keys, List<?> desired, List<?> observed, boolean whole) {
        var left = new LinkedHashMap<String, Map<?, ?>>();
        observed.forEach(item -> left.put(MergeKeys.json(keys, (Map<?, ?>) item), (Map<?, ?>) item));
        for (Object item : desired) {
            var wanted = (Map<?, ?>) item;
            var key = MergeKeys.json(keys, wanted);
            var at = path.item(MergeKeys.label(keys, wanted), key);
            var actual = left.remove(key);
            if (actual == null) {
                differs(at, wanted, null);
            } else {
                compareMaps(at, wanted, actual, whole);
            }
        }
        left.forEach((key, item) -> {
            var at = path.item(MergeKeys.label(keys, item), key);
            if (whole || owns(at) || takesTheNameOfAnother(path, item, desired)) {
                differs(at, null, item);
            }
        });
    }

    /** Ports are told apart by their number, but no two may have the same name. */
    private static boolean takesTheNameOfAnother(FieldPath path, Map<?, ?> item, List<?> desired) {
        return "ports".equals(path.lastField())
                && item.get("name") instanceof String name
                && desired.stream().anyMatch(wanted -> name.equals(((Map<?, ?>) wanted).get("name")));
    }

    private void compareValues(FieldPath path, Object desired, Object observed) {
        if (!sameValue(path, desired, observed)) {
            differs(path, desired, observed);
        }
    }

    private static boolean sameValue(FieldPath path, Object desired, Object observed) {
        if (observed == null) {
            return OMITTED_WHEN_ZERO.contains(path.lastField())
                    && Set.of("false", "0").contains(desired.toString());
        }
        if (desired instanceof Map || desired instanceof List) {
            return false;
        }
        if (desired instanceof Number && observed instanceof Number) {
            return new BigDecimal(desired.toString()).compareTo(new BigDecimal(observed.toString())) == 0;
        }
        return desired.toString().equals(observed.toString())
                || isQuantity(path) && sameQuantity(desired.toString(), observed.toString());
    }

    private static boolean isQuantity(FieldPath path) {
        var segments = path.segments();
        return QUANTITIES.contains(path.lastField())
                || segments.size() > 1
                        && QUANTITY_PARENTS.contains(
                                segments.get(segments.size() - 2).toString());
    }

    private static boolean sameQuantity(String one, String other) {
        try {
            return Quantity.getAmountInBytes(new Quantity(one))
                            .compareTo(Quantity.getAmountInBytes(new Quantity(other)))
                    == 0;
        } catch (IllegalArgumentException notAQuantity) {
            return false;
        }
    }

    /** A field that nobody wants: it goes if it is ours, or part of a value of ours, and not merely the API server's default. */
    private void removed(FieldPath path, Object observed, boolean whole) {
        if (isNothing(observed) || isSecret(path)) {
            return;
        }
        if (whole) {
            if (!ServerDefaults.explains(path, observed)) {
                differs(path, null, observed);
            }
        } else if (observed instanceof Map<?, ?> map && !ownership.ownsWhole(path)) {
            map.forEach((key, value) -> removed(path.field(String.valueOf(key)), value, false));
        } else if (observed instanceof List<?> list
                && MergeKeys.of(path.lastField(), list).isPresent()) {
            compareByKey(path, MergeKeys.of(path.lastField(), list).get(), List.of(), list, false);
        } else if (owns(path) && !ServerDefaults.explains(path, observed)) {
            differs(path, null, observed);
        }
    }

    private boolean mayHoldMore() {
        return sides == Sides.TEMPLATE_AND_MADE;
    }

    private boolean owns(FieldPath path) {
        return sides == Sides.NOW_AND_BEFORE || ownership.owns(path);
    }

    private void differs(FieldPath path, Object desired, Object observed) {
        if (ownership.isAsAdmitted(path) || sides == Sides.NOW_AND_BEFORE && desired != null) {
            return;
        }
        boolean hidden = isSecret(path);
        found.add(new FieldDifference(
                path,
                hidden ? hiddenText(observed) : text(observed),
                hidden ? hiddenText(desired) : text(desired),
                ownership.writers(path),
                desired == null && !ownership.goesWhenNotApplied(path)));
    }

    /** What a Secret holds is never taken away: we leave out what is generated, and whoever wrote it, somebody logs in with it. */
    private boolean isSecret(FieldPath path) {
        return secret && SECRET_FIELDS.contains(path.segments().getFirst().toString());
    }

    private static boolean isNothing(Object value) {
        return switch (value) {
            case null -> true;
            case Map<?, ?> map -> map.isEmpty();
            case List<?> list -> list.isEmpty();
            case String text -> text.isEmpty();
            default -> false;
        };
    }

    private static String hiddenText(Object value) {
        return value == null ? "" : "(hidden)";
    }

    private static String text(Object value) {
        return value == null ? "" : value.toString();
    }
}
