package dev.patronioperator.cluster.execute;

import java.util.List;
import java.util.Map;

import io.fabric8.kubernetes.api.model.Pod;

import dev.patronioperator.plan.Known;

/** Finds the pods of a pooler, which the cluster does not watch. */
@FunctionalInterface
public interface PoolerPods {

    Known<List<Pod>> withLabels(Map<String, String> labels);
}
