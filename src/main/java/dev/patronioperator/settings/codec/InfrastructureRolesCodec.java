package dev.patronioperator.settings.codec;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import dev.patronioperator.settings.value.InfrastructureRole;

/**
 * Definitions of infrastructure roles: a list of maps in a resource; in a ConfigMap one definition as {@code key:value} pairs (more, separated by blanks or
 * line ends, are read as well).
 */
record InfrastructureRolesCodec() implements Codec<List<InfrastructureRole>> {
    private static final MapCodec MAP = new MapCodec();
    private static final NamespacedNameCodec NAME = new NamespacedNameCodec();
    private static final Map<String, String> TEXTS = texts();

    private static Map<String, String> texts() {
        var texts = new LinkedHashMap<String, String>();
        texts.put("secretname", "Secret that describes the role; a ConfigMap of the same name may say more.");
        texts.put("userkey", "Key of the role's name.");
        texts.put("passwordkey", "Key of its password.");
        texts.put("rolekey", "Key of the role it is a member of.");
        texts.put("defaultuservalue", "Name of the role if there is no such key.");
        texts.put("defaultrolevalue", "Role it is a member of if there is no such key.");
        texts.put("details", "Key of a YAML definition of the role.");
        return texts;
    }

    @Override
    public String type() {
        return "list of infrastructure role";
    }

    @Override
    public String allowed() {
        return "definitions with secretname, userkey or defaultuservalue, passwordkey, and optionally rolekey, defaultrolevalue,"
                + " details, template";
    }

    @Override
    public Map<String, Object> schema() {
        var properties = new LinkedHashMap<String, Object>();
        TEXTS.forEach((key, text) -> properties.put(key, Map.of("type", "string", "description", text)));
        properties.put(
                "template",
                Map.of("type", "boolean", "description", "Whether the Secret describes many roles by numbered keys."));
        return Map.of("type", "array", "items", Map.of("type", "object", "properties", properties));
    }

    @Override
    public Parsed<List<InfrastructureRole>> fromText(String text) {
        return Parsed.all(text.strip()
                .lines()
                .filter(line -> !line.isBlank())
                .map(line -> MAP.fromText(line).then(this::role))
                .toList());
    }

    @Override
    public Parsed<List<InfrastructureRole>> fromTree(Object tree, Models models) {
        return tree instanceof List<?> items
                ? Parsed.all(items.stream().map(this::texts).toList())
                : Parsed.invalid("must be a list");
    }

    private Parsed<InfrastructureRole> texts(Object item) {
        if (!(item instanceof Map<?, ?> map)) {
            return invalid();
        }
        var texts = new LinkedHashMap<String, String>();
        map.forEach((key, value) -> texts.put(key.toString(), String.valueOf(value)));
        return role(texts);
    }

    private Parsed<InfrastructureRole> role(Map<String, String> map) {
        var keysKnown = map.keySet().stream().allMatch(key -> TEXTS.containsKey(key) || key.equals("template"));
        var template = Boolean.parseBoolean(map.get("template"));
        var complete = template
                || (map.containsKey("userkey") || map.containsKey("defaultuservalue"))
                        && map.containsKey("passwordkey");
        if (!keysKnown || !complete || !map.containsKey("secretname")) {
            return invalid();
        }
        return NAME.fromText(map.get("secretname"))
                .map(secret -> new InfrastructureRole(
                        secret,
                        text(map, "userkey"),
                        text(map, "passwordkey"),
                        text(map, "rolekey"),
                        text(map, "defaultuservalue"),
                        text(map, "defaultrolevalue"),
                        text(map, "details"),
                        template));
    }

    private Parsed<InfrastructureRole> invalid() {
        return Parsed.invalid("must be one of the " + allowed());
    }

    private static Optional<String> text(Map<String, String> map, String key) {
        return Optional.ofNullable(map.get(key)).filter(text -> !text.isEmpty());
    }

    @Override
    public Optional<List<InfrastructureRole>> empty() {
        return Optional.of(List.of());
    }

    @Override
    public String toText(List<InfrastructureRole> value) {
        return value.stream().map(role -> MAP.toText(write(role))).collect(Collectors.joining("\n"));
    }

    @Override
    public Object toTree(List<InfrastructureRole> value) {
        return value.stream().map(InfrastructureRolesCodec::tree).toList();
    }

    private static Map<String, Object> tree(InfrastructureRole role) {
        var tree = new LinkedHashMap<String, Object>(write(role));
        tree.computeIfPresent("template", (_, _) -> true);
        return tree;
    }

    private static Map<String, String> write(InfrastructureRole role) {
        var map = new LinkedHashMap<String, String>();
        map.put("secretname", role.secretName().toString());
        role.userKey().ifPresent(text -> map.put("userkey", text));
        role.passwordKey().ifPresent(text -> map.put("passwordkey", text));
        role.roleKey().ifPresent(text -> map.put("rolekey", text));
        role.defaultUserValue().ifPresent(text -> map.put("defaultuservalue", text));
        role.defaultRoleValue().ifPresent(text -> map.put("defaultrolevalue", text));
        role.details().ifPresent(text -> map.put("details", text));
        if (role.template()) {
            map.put("template", "true");
        }
        return map;
    }
}
