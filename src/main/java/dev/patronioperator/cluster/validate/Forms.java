package dev.patronioperator.cluster.validate;

import java.util.regex.Pattern;

/** Forms of names that more than one check asks for. They match whole values. */
final class Forms {

    static final Pattern DNS_LABEL = Pattern.compile("(?=.{1,63}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?");

    /** The stricter form of Services, with a letter in front. */
    static final Pattern SERVICE_NAME = Pattern.compile("(?=.{1,63}$)[a-z]([-a-z0-9]*[a-z0-9])?");

    static final Pattern LABEL_VALUE = Pattern.compile("(?=.{0,63}$)([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?");

    /** Names of objects such as Secrets. */
    static final Pattern OBJECT_NAME =
            Pattern.compile("(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");

    /** Key of a label or annotation, with its optional domain. */
    static final Pattern QUALIFIED_NAME = Pattern.compile(
            "([a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?");

    /** Roles as they are named in a manifest; a name with a dot carries the namespace of its Secret. */
    static final Pattern ROLE = Pattern.compile("[a-z0-9]([-_a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-_a-z0-9]*[a-z0-9])?)*");

    static final String ROLE_FORM =
            "is no role name: a-z, 0-9, - and _, starting and ending with a letter or digit; with a dot only to "
                    + "separate a namespace";

    /** Databases and schemas. */
    static final Pattern DATABASE = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");

    static final String DATABASE_FORM = "is no name for it: letters, digits and _, not starting with a digit";

    /** PostgreSQL cuts longer identifiers. */
    static final int IDENTIFIER_LIMIT = 63;

    static final Pattern ENVIRONMENT_VARIABLE = Pattern.compile("[-._a-zA-Z][-._a-zA-Z0-9]*");

    private Forms() {}
}
