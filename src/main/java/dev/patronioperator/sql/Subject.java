package dev.patronioperator.sql;

/** What a change is about. The text is for people, in the words of the field; who has to decide by it looks at the type. */
public sealed interface Subject {

    String text();

    record Role(String name) implements Subject {
        @Override
        public String text() {
            return "role " + name;
        }
    }

    /** All that belongs to a role in one database. */
    record Possessions(String role, String database) implements Subject {
        @Override
        public String text() {
            return "what role " + role + " owns in " + database;
        }
    }

    record Database(String name) implements Subject {
        @Override
        public String text() {
            return "database " + name;
        }
    }

    /** What is written down of a database, as opposed to the database itself. */
    record DatabaseNotes(String database) implements Subject {
        @Override
        public String text() {
            return "record of database " + database;
        }
    }

    record Schema(String name, String database) implements Subject {
        @Override
        public String text() {
            return "schema " + database + "." + name;
        }
    }

    record DefaultPrivileges(String database) implements Subject {
        @Override
        public String text() {
            return "default privileges in " + database;
        }
    }

    record Extension(String name, String database) implements Subject {
        @Override
        public String text() {
            return "extension " + name + " in " + database;
        }
    }

    record LookupFunction(String database) implements Subject {
        @Override
        public String text() {
            return "pooler's lookup function in " + database;
        }
    }

    record Publication(String name, String database) implements Subject {
        @Override
        public String text() {
            return "publication " + name + " in " + database;
        }
    }
}
