package dev.patronioperator.controller;

import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;

import dev.patronioperator.api.Postgresql;
import dev.patronioperator.settings.SettingsProvider;

/** Has all clusters looked at again when the operator's configuration changes. */
public final class SettingsEvents {

    private SettingsEvents() {}

    public static EventSource<?, Postgresql> of(SettingsProvider settings, EventSourceContext<Postgresql> context) {
        var source = new SimpleInboundEventSource<Postgresql>("configuration");
        settings.onChange(change -> context.getPrimaryCache()
                .list(PrimaryFilters::isOurs)
                .map(ResourceID::fromResource)
                .forEach(source::propagateEvent));
        return source;
    }
}
