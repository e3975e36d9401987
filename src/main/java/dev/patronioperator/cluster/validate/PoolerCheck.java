package dev.patronioperator.cluster.validate;

import java.util.List;
import java.util.regex.Pattern;

import dev.patronioperator.manifest.TlsFiles;
import dev.patronioperator.manifest.pgbouncer.PgBouncerKeys;
import dev.patronioperator.manifest.pgbouncer.ValueForm;

/** The connection pooler. Its user and schema become parts of SQL in every database. */
final class PoolerCheck implements SpecCheck {

    private static final String SENT_BY_DRIVERS = "extra_float_digits";
    private static final Pattern MODE = Pattern.compile("session|transaction");

    @Override
    public void check(Subject subject, Problems problems) {
        var pooler = subject.spec().connectionPooler();
        if (pooler == null) {
            return;
        }
        problems.within("spec.connectionPooler.numberOfInstances", pooler.numberOfInstances(), 1, Integer.MAX_VALUE);
        problems.within("spec.connectionPooler.maxDBConnections", pooler.maxDBConnections(), 0, Integer.MAX_VALUE);
        if (pooler.mode() != null && !pooler.mode().isEmpty()) {
            problems.matches(
                    "spec.connectionPooler.mode", pooler.mode(), MODE, "is no pool mode: session or transaction");
        }
        if (pooler.user() != null && !pooler.user().isEmpty()) {
            UsersCheck.name("spec.connectionPooler.user", pooler.user(), problems);
        }
        if (pooler.schema() != null && !pooler.schema().isEmpty()) {
            DatabasesCheck.identifier("spec.connectionPooler.schema", pooler.schema(), problems);
        }
        boolean authority =
                TlsFiles.of(subject.spec().tls()).flatMap(TlsFiles::authority).isPresent();
        Absent.asEmpty(pooler.parameters()).forEach((key, value) -> parameter(key, value, authority, problems));
    }

    private static void parameter(String key, String value, boolean authority, Problems problems) {
        var field = "spec.connectionPooler.parameters[" + key + "]";
        var owner = PgBouncerKeys.owner(key);
        var form = PgBouncerKeys.form(key);
        if (owner.isPresent()) {
            problems.refuse(field, "is not for a manifest to set: " + owner.get());
        } else if (form.isEmpty()) {
            problems.refuse(field, "is no key of pgbouncer.ini that is known");
        } else if (value == null) {
            problems.refuse(field, "has no value");
        } else if (!form.get().fits(value)) {
            problems.refuse(field, value, form.get().explanation());
        } else if (form.get() == ValueForm.TLS_MODE && value.startsWith("verify") && !authority) {
            problems.refuse(field, value, "needs an authority to verify with: spec.tls.caFile");
        } else if (key.equals("ignore_startup_parameters")
                && !List.of(value.split(" *, *")).contains(SENT_BY_DRIVERS)) {
            problems.refuse(field, value, "lacks " + SENT_BY_DRIVERS + ", which JDBC clients send");
        }
    }
}
