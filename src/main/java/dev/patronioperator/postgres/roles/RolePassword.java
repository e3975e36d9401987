package dev.patronioperator.postgres.roles;

/** The password that a role should have. */
public sealed interface RolePassword {

    /** Whatever it has. */
    record AsItIs() implements RolePassword {}

    /** None: the role cannot log in with a password. */
    record None() implements RolePassword {}

    /** This one: in plain text, or a verifier as {@code pg_authid} holds it. */
    record Given(String text) implements RolePassword {
        /** Nothing of it: a record prints all it holds. */
        @Override
        public String toString() {
            return "Given[…]";
        }
    }
}
