package dev.patronioperator.testkit;

/**
 * Something that a played Patroni was asked to change.
 *
 * @param member the name of its pod
 * @param what method and path, such as {@code POST /restart}
 */
public record PatroniCall(String namespace, String member, String what, String body) {}
