package dev.patronioperator.config;

import java.util.Map;
import java.util.Optional;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;

import dev.patronioperator.api.OperatorConfiguration;
import dev.patronioperator.settings.codec.Models;
import dev.patronioperator.settings.decoding.ConfigMapDecoder;
import dev.patronioperator.settings.decoding.Decoded;
import dev.patronioperator.settings.decoding.ResourceDecoder;

/** One version of the object that holds the configuration, in either form. */
sealed interface ConfigurationDocument {

    HasMetadata object();

    Decoded decode(Models models);

    /** What tells this version of its content apart; a status that was written is not another version. */
    String version();

    default String name() {
        var metadata = object().getMetadata();
        return object().getKind() + " " + metadata.getNamespace() + "/" + metadata.getName();
    }

    record FromConfigMap(ConfigMap object) implements ConfigurationDocument {
        @Override
        public Decoded decode(Models models) {
            return new ConfigMapDecoder()
                    .decode(Optional.ofNullable(object.getData()).orElse(Map.of()));
        }

        @Override
        public String version() {
            return object.getMetadata().getResourceVersion();
        }
    }

    record FromResource(OperatorConfiguration object) implements ConfigurationDocument {
        @Override
        public Decoded decode(Models models) {
            return new ResourceDecoder(models)
                    .decode(Optional.ofNullable(object.getConfiguration()).orElse(Map.of()));
        }

        @Override
        public String version() {
            return String.valueOf(object.getMetadata().getGeneration());
        }
    }
}
