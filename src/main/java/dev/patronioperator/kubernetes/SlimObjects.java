package dev.patronioperator.kubernetes;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import jakarta.inject.Singleton;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.std.DelegatingDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.fabric8.kubernetes.api.model.FieldsV1;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.Pod;
import io.quarkus.kubernetes.client.KubernetesClientObjectMapperCustomizer;

/**
 * Forgets what nobody asks for as soon as an object has been read, so that it takes no room in the caches: who wrote which field is half
 * of an object, and it matters only for objects that we write, and only outside of their status.
 */
@Singleton
public class SlimObjects implements KubernetesClientObjectMapperCustomizer {

    @Override
    public void customize(ObjectMapper mapper) {
        mapper.registerModule(new SimpleModule("slim-objects").setDeserializerModifier(new Modifier()));
    }

    private static final class Modifier extends BeanDeserializerModifier {

        private static final long serialVersionUID = 1L;

        @Override
        public JsonDeserializer<?> modifyDeserializer(
                DeserializationConfig config, BeanDescription bean, JsonDeserializer<?> deserializer) {
            var type = bean.getBeanClass();
            if (type == Pod.class) {
                return new Slimming<>(deserializer, Pod.class, SlimObjects::forgetWriters);
            }
            if (type == ManagedFieldsEntry.class) {
                return new Slimming<>(deserializer, ManagedFieldsEntry.class, SlimObjects::forgetStatus);
            }
            if (type == FieldsV1.class) {
                return new Slimming<>(deserializer, FieldsV1.class, SlimObjects::compact);
            }
            return deserializer;
        }
    }

    private static void forgetWriters(Pod pod) {
        if (pod.getMetadata() != null) {
            pod.getMetadata().setManagedFields(List.of());
        }
    }

    private static void forgetStatus(ManagedFieldsEntry entry) {
        if (entry.getSubresource() != null && !entry.getSubresource().isEmpty()) {
            entry.setFieldsV1(null);
        }
    }

    private static void compact(FieldsV1 fields) {
        fields.getAdditionalProperties().replaceAll((name, below) -> compact(below));
    }

    /** Most nodes have nothing below them; immutable maps take a fraction of the room. */
    private static Object compact(Object node) {
        if (!(node instanceof Map<?, ?> map)) {
            return node;
        }
        var compact = new HashMap<Object, Object>();
        map.forEach((name, below) -> compact.put(name, compact(below)));
        return Map.copyOf(compact);
    }

    /** Reads as before, and takes something away. */
    private static final class Slimming<T> extends DelegatingDeserializer {

        private static final long serialVersionUID = 1L;

        private final Class<T> type;
        private final transient Consumer<T> slim;

        private Slimming(JsonDeserializer<?> reads, Class<T> type, Consumer<T> slim) {
            super(reads);
            this.type = type;
            this.slim = slim;
        }

        @Override
        protected JsonDeserializer<?> newDelegatingInstance(JsonDeserializer<?> reads) {
            return new Slimming<>(reads, type, slim);
        }

        @Override
        public Object deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            var read = super.deserialize(parser, context);
            if (type.isInstance(read)) {
                slim.accept(type.cast(read));
            }
            return read;
        }
    }
}
