package dev.patronioperator.sql;

/**
 * Something in a database that is not as it should be and that no statement of the operator's can put right.
 *
 * @param about what it is about, in the words of the field: {@code extension postgis in shop}
 * @param problem what is in the way
 * @param remedy what a person can do
 */
public record Obstacle(String about, String problem, String remedy) {

    @Override
    public String toString() {
        return about + ": " + problem + ". " + remedy;
    }
}
