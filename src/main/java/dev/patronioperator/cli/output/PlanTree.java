package dev.patronioperator.cli.output;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.patronioperator.cli.PlannedManifest;
import dev.patronioperator.cli.manifest.ManifestProblem;
import dev.patronioperator.plan.Deferred;
import dev.patronioperator.plan.FieldPath;
import dev.patronioperator.plan.Plan;
import dev.patronioperator.plan.PlannedStep;
import dev.patronioperator.plan.Reason;

/** Plans as a tree of maps, for JSON and YAML. Field names are an interface: they are added to, never changed. */
final class PlanTree {

    private PlanTree() {}

    static Map<String, Object> of(List<PlannedCluster> clusters, List<ManifestProblem> problems) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("clusters", clusters.stream().map(PlanTree::of).toList());
        tree.put("problems", problems.stream().map(PlanTree::of).toList());
        return tree;
    }

    private static Map<String, Object> of(PlannedCluster cluster) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("namespace", cluster.manifest().namespace());
        tree.put("name", cluster.manifest().name());
        tree.put("file", cluster.manifest().origin().file());
        add(tree, cluster.planned());
        return tree;
    }

    /** What planning came to. */
    static void add(Map<String, Object> tree, PlannedManifest manifest) {
        switch (manifest) {
            case PlannedManifest.Planned(Plan plan, var objects, var warnings) -> {
                tree.put("impact", plan.impact().name());
                tree.put("changes", plan.changesAnything());
                tree.put("steps", plan.steps().stream().map(PlanTree::of).toList());
                tree.put("deferred", plan.deferred().stream().map(PlanTree::of).toList());
                tree.put("warnings", warnings);
            }
            case PlannedManifest.Rejected(var problems) -> tree.put("rejected", problems);
            case PlannedManifest.Failed(var reason) -> tree.put("failed", reason);
        }
    }

    private static Map<String, Object> of(PlannedStep planned) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("step", planned.step().text());
        tree.put("impact", planned.impact().name());
        tree.put("reasons", planned.reasons().stream().map(PlanTree::of).toList());
        return tree;
    }

    private static Map<String, Object> of(Deferred later) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("what", later.what());
        tree.put("until", later.until());
        tree.put("reasons", later.reasons().stream().map(PlanTree::of).toList());
        return tree;
    }

    private static Map<String, Object> of(Reason reason) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("code", reason.code().name());
        tree.put("field", reason.path().map(FieldPath::toString).orElse(""));
        tree.put("before", reason.before());
        tree.put("after", reason.after());
        return tree;
    }

    private static Map<String, Object> of(ManifestProblem problem) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("file", problem.origin().file());
        tree.put("document", problem.origin().document());
        tree.put("line", problem.origin().line());
        tree.put("field", problem.field());
        tree.put("message", problem.message());
        return tree;
    }
}
