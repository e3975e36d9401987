package dev.patronioperator.api;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/**
 * Change events of tables for one application. Written by us from {@code spec.streams} of a cluster, carried out by another operator that
 * also owns the CRD: ours is never installed over it.
 */
@Group("zalando.org")
@Version("v1")
@Kind("FabricEventStream")
@Singular("fabriceventstream")
@Plural("fabriceventstreams")
@ShortNames("fes")
@Categories("all")
public class FabricEventStream extends CustomResource<FabricEventStreamSpec, Void> implements Namespaced {

    private static final long serialVersionUID = 1L;
}
