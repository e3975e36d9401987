package dev.patronioperator.cluster.execute;

/** Makes passwords for new Secrets. */
@FunctionalInterface
public interface PasswordGenerator {

    String generate();
}
