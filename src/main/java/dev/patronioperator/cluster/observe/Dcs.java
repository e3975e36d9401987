package dev.patronioperator.cluster.observe;

import dev.patronioperator.patroni.model.ConfigRecord;
import dev.patronioperator.patroni.model.LeaderRecord;
import dev.patronioperator.patroni.model.SyncRecord;

/** What Patroni keeps about the cluster in Kubernetes objects; read from the caches, costs no request. */
public record Dcs(LeaderRecord leader, ConfigRecord config, SyncRecord sync) {}
