package dev.patronioperator.cluster.validate;

/** What no cluster can do without. */
final class RequiredFieldsCheck implements SpecCheck {

    @Override
    public void check(Subject subject, Problems problems) {
        var spec = subject.spec();
        if (spec.teamId() == null) {
            problems.refuse("spec.teamId", "is missing: the team that owns the cluster; may be empty");
        }
        if (problems.present("spec.numberOfInstances", spec.numberOfInstances(), "how many instances there are")) {
            problems.within("spec.numberOfInstances", spec.numberOfInstances(), 0, Integer.MAX_VALUE);
        }
        if (problems.present("spec.postgresql", spec.postgresql(), "the version of PostgreSQL")) {
            problems.present(
                    "spec.postgresql.version",
                    spec.postgresql().version(),
                    "the major version of PostgreSQL, such as \"17\"");
        }
        if (problems.present("spec.volume", spec.volume(), "the data volume")) {
            problems.present("spec.volume.size", spec.volume().size(), "the size of the data volume, such as 10Gi");
        }
    }
}
