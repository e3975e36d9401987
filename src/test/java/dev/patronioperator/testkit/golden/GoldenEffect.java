package dev.patronioperator.testkit.golden;

import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Whom an update disturbed.
 *
 * @param recreated objects that were deleted and made again, as {@code Kind namespace/name}
 * @param podsReplaced database pods that were deleted and made again
 * @param podsRemoved database pods that went
 * @param restarts members whose PostgreSQL was restarted through Patroni, in order
 * @param switchoversFrom members that had to hand over the leader key, in order
 */
public record GoldenEffect(
        List<String> recreated,
        List<String> podsReplaced,
        List<String> podsRemoved,
        List<String> restarts,
        List<String> switchoversFrom) {

    public static final GoldenEffect NONE = new GoldenEffect(List.of(), List.of(), List.of(), List.of(), List.of());

    public GoldenEffect {
        recreated = List.copyOf(recreated);
        podsReplaced = List.copyOf(podsReplaced);
        podsRemoved = List.copyOf(podsRemoved);
        restarts = List.copyOf(restarts);
        switchoversFrom = List.copyOf(switchoversFrom);
    }

    static GoldenEffect of(JsonNode effect) {
        return new GoldenEffect(
                YamlTrees.texts(effect.path("recreated")),
                YamlTrees.texts(effect.path("podsReplaced")),
                YamlTrees.texts(effect.path("podsRemoved")),
                YamlTrees.texts(effect.path("restarts")),
                YamlTrees.texts(effect.path("switchoversFrom")));
    }
}
