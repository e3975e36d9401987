package dev.patronioperator.cluster.validate;

/** The data volume. That it does not shrink is seen by the planner, which knows its size. */
final class VolumeCheck implements SpecCheck {

    @Override
    public void check(Subject subject, Problems problems) {
        var volume = subject.spec().volume();
        if (volume == null) {
            return;
        }
        boolean nothing = "0".equals(volume.size())
                || Amounts.read("spec.volume.size", volume.size(), problems)
                        .filter(size -> size.signum() == 0)
                        .isPresent();
        if (nothing) {
            problems.refuse("spec.volume.size", volume.size(), "leaves no room for data");
        }
        problems.within("spec.volume.iops", volume.iops(), 0, 80_000);
        problems.within("spec.volume.throughput", volume.throughput(), 0, 2_000);
        if (volume.storageClass() != null && !volume.storageClass().isEmpty()) {
            problems.matches(
                    "spec.volume.storageClass",
                    volume.storageClass(),
                    Forms.OBJECT_NAME,
                    "cannot be the name of a StorageClass");
        }
        SubPaths.check("spec.volume.subPath", volume.subPath(), problems);
    }
}
