package dev.patronioperator.cluster.validate;

import java.util.regex.Pattern;

/** The connection pooler. Its user and schema become parts of SQL in every database. */
final class PoolerCheck implements SpecCheck {

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
    }
}
