package dev.patronioperator.controller;

import java.util.List;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;

import dev.patronioperator.api.PartStatus;
import dev.patronioperator.api.Postgresql;
import dev.patronioperator.api.PostgresqlStatus;
import dev.patronioperator.controller.observe.ObservedObjects;
import dev.patronioperator.controller.observe.PartObserver;
import dev.patronioperator.controller.planning.PartObjects;
import dev.patronioperator.controller.status.PartCondition;
import dev.patronioperator.kubernetes.ObjectReader;
import dev.patronioperator.settings.Settings;

/** A part of a cluster that consists of objects only and has a controller of its own: its poolers, its logical backup. */
public interface ClusterPart {

    /** The condition that says how the part is. */
    String condition();

    /** Where its objects are found. */
    PartObserver.Scope scope(Postgresql cluster, Settings settings);

    /**
     * The objects it should consist of.
     *
     * @param manifest the one in force
     * @param reader for what they are made of beside manifest and settings
     */
    PartObjects desired(Postgresql manifest, Settings settings, ObjectReader reader);

    /** How it is, as far as its objects say, once they are as they should be. */
    PartCondition.Finding finding(PartObjects desired, ObservedObjects observed);

    /** The part's own part of a status; null where there is none. */
    PartStatus of(PostgresqlStatus status);

    /** A status that says nothing but this. */
    PostgresqlStatus status(List<Condition> conditions, PartStatus part);

    /** What may be shown of an object: the same, without secrets. */
    default HasMetadata shown(HasMetadata object) {
        return object;
    }
}
