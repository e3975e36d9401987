package dev.patronioperator.api;

import java.io.IOException;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Volume;

/**
 * Reads the source of a volume, which the API server does not check. One that is no source, such as {@code emptyDir: 5}, is kept as
 * additional properties instead of failing: a failure would make the list of all clusters unreadable because of one of them.
 */
public final class VolumeSourceReader extends JsonDeserializer<Volume> {

    @Override
    public Volume deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        JsonNode source = parser.readValueAsTree();
        try {
            return parser.getCodec().treeToValue(source, Volume.class);
        } catch (JsonProcessingException unreadable) {
            var kept = new Volume();
            source.properties().forEach(field -> kept.setAdditionalProperty(field.getKey(), field.getValue()));
            return kept;
        }
    }
}
