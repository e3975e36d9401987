package dev.patronioperator.cluster.validate;

/** Databases and their owners. */
final class DatabasesCheck implements SpecCheck {

    @Override
    public void check(Subject subject, Problems problems) {
        Absent.asEmpty(subject.spec().databases()).forEach((name, owner) -> {
            var field = "spec.databases[" + name + "]";
            identifier(field, name, problems);
            if (problems.present(field, owner, "the role that owns the database")) {
                problems.matches(field, owner, Forms.ROLE, Forms.ROLE_FORM);
            }
        });
    }

    /** The name of a database or schema. */
    static void identifier(String field, String name, Problems problems) {
        problems.matches(field, name, Forms.DATABASE, Forms.DATABASE_FORM);
        if (name.length() > Forms.IDENTIFIER_LIMIT) {
            problems.refuse(field, name, "is too long: PostgreSQL keeps 63 characters");
        }
    }
}
