package dev.patronioperator.cli.output;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.patronioperator.api.Postgresql;
import dev.patronioperator.api.PostgresqlStatus;
import dev.patronioperator.cli.PlannedManifest;
import dev.patronioperator.plan.Plan;
import dev.patronioperator.plan.PlanText;

/** Prints why a cluster is as it is: what the operator last said of it, and what it would do now. */
public final class ExplanationPrinter {

    private final PrintWriter out;

    public ExplanationPrinter(PrintWriter out) {
        this.out = out;
    }

    public void print(Postgresql cluster, PlannedManifest now) {
        var status = Optional.ofNullable(cluster.getStatus());
        out.println("postgresql " + cluster.getMetadata().getNamespace() + "/"
                + cluster.getMetadata().getName() + ": "
                + status.map(PostgresqlStatus::postgresClusterStatus).orElse("not looked at yet"));
        status.ifPresent(known -> said(cluster, known));
        wanted(now);
        out.flush();
    }

    private void said(Postgresql cluster, PostgresqlStatus status) {
        var generation = cluster.getMetadata().getGeneration();
        if (generation != null && status.observedGeneration() != null && status.observedGeneration() < generation) {
            out.println("The newest manifest is generation " + generation + "; generation "
                    + status.observedGeneration() + " is the last that was accepted.");
        }
        conditions(status);
        instances(status);
        waiting(status);
    }

    private void conditions(PostgresqlStatus status) {
        var rows = new ArrayList<List<String>>();
        for (var condition : orEmpty(status.conditions())) {
            rows.add(List.of(
                    condition.getType(),
                    condition.getStatus(),
                    text(condition.getReason()),
                    text(condition.getLastTransitionTime()),
                    text(condition.getMessage()).replace("\n", "; ")));
        }
        table("Conditions", List.of("TYPE", "STATUS", "REASON", "SINCE", "MESSAGE"), rows);
    }

    private void instances(PostgresqlStatus status) {
        var rows = new ArrayList<List<String>>();
        for (var instance : orEmpty(status.instances())) {
            rows.add(List.of(
                    instance.name(),
                    text(instance.role()),
                    text(instance.state()),
                    text(instance.timeline()),
                    text(instance.lag()),
                    Boolean.TRUE.equals(instance.pendingRestart()) ? "yes" : "no"));
        }
        table("Instances", List.of("NAME", "ROLE", "STATE", "TIMELINE", "LAG", "PENDING-RESTART"), rows);
    }

    private void waiting(PostgresqlStatus status) {
        if (status.plan() != null && status.plan().waitingFor() != null) {
            out.println("\nWaits for: " + status.plan().waitingFor());
        }
        if (status.rollout() != null) {
            out.println("\nRolling update: " + text(status.rollout().phase()) + ", since "
                    + text(status.rollout().startedAt()) + ", at "
                    + text(status.rollout().instance()));
        }
    }

    private void wanted(PlannedManifest now) {
        out.println();
        switch (now) {
            case PlannedManifest.Planned(Plan plan, var objects, var warnings) -> {
                out.println("Plan now: " + PlanText.summary(plan));
                PlanText.lines(plan).forEach(out::println);
                warnings.forEach(warning -> out.println("warning: " + warning));
            }
            case PlannedManifest.Rejected(var problems) -> {
                out.println("The manifest is refused; the cluster is looked after as it was accepted last:");
                problems.forEach(problem -> out.println("  " + problem));
            }
            case PlannedManifest.Failed(var reason) -> out.println("No plan can be made: " + reason);
        }
    }

    /** Columns as wide as their widest cell, the last one as it comes. */
    private void table(String title, List<String> header, List<List<String>> rows) {
        if (rows.isEmpty()) {
            return;
        }
        var all = new ArrayList<List<String>>();
        all.add(header);
        all.addAll(rows);
        out.println("\n" + title + ":");
        for (var row : all) {
            var line = new StringBuilder("  ");
            for (var column = 0; column < row.size(); column++) {
                var index = column;
                var width = all.stream()
                        .mapToInt(cells -> cells.get(index).length())
                        .max()
                        .orElse(0);
                line.append(row.get(column));
                line.repeat(' ', width - row.get(column).length() + 3);
            }
            out.println(line.toString().stripTrailing());
        }
    }

    private static <T> List<T> orEmpty(List<T> list) {
        return list == null ? List.of() : list;
    }

    private static String text(Object value) {
        return value == null ? "-" : value.toString();
    }
}
