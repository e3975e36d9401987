package dev.patronioperator.postgres.roles;

import java.util.Locale;

import dev.patronioperator.sql.Sql;

/** What a role may do, as in {@code CREATE ROLE}; the column of {@code pg_authid} that says so. */
public enum RoleAttribute {
    SUPERUSER("rolsuper"),
    INHERIT("rolinherit"),
    CREATEROLE("rolcreaterole"),
    CREATEDB("rolcreatedb"),
    LOGIN("rolcanlogin"),
    REPLICATION("rolreplication"),
    BYPASSRLS("rolbypassrls");

    private final String column;

    RoleAttribute(String column) {
        this.column = column;
    }

    /** The column of {@code pg_authid}. */
    public String column() {
        return column;
    }

    Sql keyword(boolean granted) {
        return granted ? Sql.keyword(this) : Sql.of("NO?", Sql.keyword(this));
    }

    String shown(boolean granted) {
        return (granted ? "" : "no") + name().toLowerCase(Locale.ROOT);
    }
}
