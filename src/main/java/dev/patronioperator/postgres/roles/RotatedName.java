package dev.patronioperator.postgres.roles;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.Optional;

import dev.patronioperator.sql.Sql;

/**
 * What the login is called that takes over from a role at a rotation: the role's name and the day, {@code orders260131}. The Zalando
 * operator names them so, and what it made has to be recognised.
 */
public final class RotatedName {

    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("uuMMdd", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);
    private static final int DIGITS = 6;

    private RotatedName() {}

    /** The name of the login that takes over at that moment; the day is that of UTC. */
    public static String of(String role, Instant at) {
        return role + DAY.format(at.atZone(ZoneOffset.UTC));
    }

    /** Whether PostgreSQL would keep such a name whole. */
    public static boolean fits(String role) {
        return Sql.isName(role + "0".repeat(DIGITS));
    }

    /** The day on which a login took over from the role; empty if the name is not that of such a login. */
    public static Optional<LocalDate> day(String role, String login) {
        return login.startsWith(role) ? day(login.substring(role.length())) : Optional.empty();
    }

    private static Optional<LocalDate> day(String digits) {
        try {
            return digits.length() == DIGITS ? Optional.of(LocalDate.parse(digits, DAY)) : Optional.empty();
        } catch (DateTimeException noDay) {
            return Optional.empty();
        }
    }
}
