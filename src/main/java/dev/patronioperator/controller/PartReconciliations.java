package dev.patronioperator.controller;

import java.time.Clock;

import jakarta.enterprise.context.ApplicationScoped;

import dev.patronioperator.kubernetes.Deleter;
import dev.patronioperator.kubernetes.Events;
import dev.patronioperator.kubernetes.ObjectTrees;
import dev.patronioperator.settings.SettingsProvider;

/** Puts together what looks after one part of every cluster. */
@ApplicationScoped
public class PartReconciliations {

    private final ObjectTrees trees;
    private final OperatorVersion version;
    private final Clock clock;
    private final AcceptedManifest accepted;
    private final SettingsProvider settings;
    private final Events events;
    private final Deleter deleter;

    public PartReconciliations(
            ObjectTrees trees,
            OperatorVersion version,
            Clock clock,
            AcceptedManifest accepted,
            SettingsProvider settings,
            Events events,
            Deleter deleter) {
        this.trees = trees;
        this.version = version;
        this.clock = clock;
        this.accepted = accepted;
        this.settings = settings;
        this.events = events;
        this.deleter = deleter;
    }

    public PartReconciliation of(ClusterPart part) {
        return new PartReconciliation(part, pipeline(part), accepted, settings, events, deleter);
    }

    /** What the part's controller goes by, for those who only look. */
    public PartPipeline pipeline(ClusterPart part) {
        return new PartPipeline(part, trees, version, clock);
    }
}
