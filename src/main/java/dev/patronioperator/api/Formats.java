package dev.patronioperator.api;

/**
 * The text formats of manifest values as regular expressions, each accepting all that the Zalando Postgres Operator's CRD accepts,
 * so that no manifest in use is turned away at admission. Values that match and still make no sense are refused by a rule with a message.
 */
final class Formats {

    /** CPU cores: thousandths with the suffix {@code m}, or a decimal number with at most three places. */
    static final String CPU = "^(\\d+m|\\d+(\\.\\d{1,3})?)$";

    /** Bytes: a whole number, or a decimal number with one of the suffixes E P T G M K, each with or without {@code i}. */
    static final String MEMORY = "^(\\d+(e\\d+)?|\\d+(\\.\\d+)?(e\\d+)?[EPTGMK]i?)$";

    /**
     * Five cron fields, or a word such as {@code @daily}. Wider than the Zalando operator's, which has no lists, ranges and names although
     * its CronJobs take them; what is no schedule is refused with a message later.
     */
    static final String CRON = "^(@[a-z]+( \\S+)?|[0-9A-Za-z*?,/-]+(\\s+[0-9A-Za-z*?,/-]+){4})$";

    private static final String CLOCK = "(2[0-3]|[01]?\\d):[0-5]?\\d";
    private static final String DAY = "(Mon|Tue|Wed|Thu|Fri|Sat|Sun)";

    /** {@code HH:MM-HH:MM} every day, or {@code Sat:HH:MM-HH:MM} on one day of the week. */
    static final String WINDOW = "^ *(" + DAY + ":)?" + CLOCK + "-" + CLOCK + " *$";

    private static final String DATE = "[0-9]+-(0[1-9]|1[012])-(0[1-9]|[12][0-9]|3[01])";
    private static final String TIME = "([01][0-9]|2[0-3]):[0-5][0-9]:([0-5][0-9]|60)(\\.[0-9]+)?";

    /** RFC 3339 with a numeric offset; {@code Z} is not accepted. */
    static final String TIMESTAMP = "^" + DATE + "[Tt]" + TIME + "[+-]([01][0-9]|2[0-3]):[0-5][0-9]$";

    /** RFC 3339 within four-digit years, with {@code Z} or a numeric offset. */
    static final String POINT_IN_TIME =
            "^[1-9]\\d{3}-(0[1-9]|1[012])-(0[1-9]|[12]\\d|3[01])T([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(\\.\\d{1,6})?"
                    + "(Z|[+-](0\\d|1[0-7]):[0-5]\\d)$";

    private static final String OCTET = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    private static final String IPV4 = "(" + OCTET + "\\.){3}" + OCTET + "/(3[0-2]|[1-2]\\d|\\d)";
    private static final String HEX = "[0-9a-fA-F]{1,4}";
    private static final String IPV6 = "((" + HEX + ":){7}" + HEX
            + "|(" + HEX + ":){1,7}:"
            + "|(" + HEX + ":){1,6}:" + HEX
            + "|(" + HEX + ":){1,5}(:" + HEX + "){1,2}"
            + "|(" + HEX + ":){1,4}(:" + HEX + "){1,3}"
            + "|(" + HEX + ":){1,3}(:" + HEX + "){1,4}"
            + "|(" + HEX + ":){1,2}(:" + HEX + "){1,5}"
            + "|" + HEX + ":(:" + HEX + "){1,6}"
            + "|:((:" + HEX + "){1,7}|:))"
            + "/(12[0-8]|1[01][0-9]|[1-9]?[0-9])";

    /** An IPv4 or IPv6 network with its prefix length. */
    static final String CIDR = "^(" + IPV4 + "|" + IPV6 + ")$";

    private Formats() {}
}
