package dev.patronioperator.cluster.validate;

/** When the logical backup runs; the CronJob it becomes is refused by Kubernetes otherwise. */
final class BackupScheduleCheck implements SpecCheck {

    @Override
    public void check(Subject subject, Problems problems) {
        var schedule = subject.spec().logicalBackupSchedule();
        if (schedule != null && !schedule.isEmpty()) {
            CronSchedule.problem(schedule)
                    .ifPresent(problem ->
                            problems.refuse("spec.logicalBackupSchedule", schedule, "is no schedule: " + problem));
        }
    }
}
