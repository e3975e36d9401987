package dev.patronioperator.teams.http;

import java.util.ArrayList;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.patronioperator.http.HttpReply;
import dev.patronioperator.teams.TeamAnswer;

/**
 * What the answers of the Teams API mean: an object whose {@code member} is a list of names; with a status other than 200, one whose
 * {@code error} says why. That there is no such team is only believed of an answer in JSON: a gateway that cannot find the API says 404
 * too. Pure.
 */
final class TeamsApiJson {

    private static final int OK = 200;
    private static final int NOT_FOUND = 404;

    private final ObjectMapper mapper;

    TeamsApiJson(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    TeamAnswer read(int status, String body) {
        return switch (status) {
            case OK -> members(body);
            case NOT_FOUND -> notFound(body);
            default ->
                unclear("the Teams API answered with status " + status
                        + error(body).map(text -> ": " + text).orElse(""));
        };
    }

    private TeamAnswer notFound(String body) {
        return tree(body).isPresent()
                ? new TeamAnswer.NoSuchTeam()
                : unclear("status 404, but not in JSON: somebody other than the Teams API may have answered");
    }

    private TeamAnswer members(String body) {
        var member = tree(body).map(object -> object.path("member"));
        if (member.isEmpty() || !member.get().isArray()) {
            return unclear("the answer of the Teams API is no object with a list named member");
        }
        var names = new ArrayList<String>();
        for (var name : member.get()) {
            if (!name.isTextual()) {
                return unclear("the Teams API names a member that is no text");
            }
            names.add(name.textValue());
        }
        return new TeamAnswer.Members(names);
    }

    private Optional<String> error(String body) {
        return tree(body)
                .map(object -> object.path("error").asText())
                .filter(text -> !text.isBlank())
                .map(HttpReply::oneLine);
    }

    private Optional<JsonNode> tree(String body) {
        try {
            return Optional.of(mapper.readTree(body)).filter(JsonNode::isObject);
        } catch (JsonProcessingException notJson) {
            return Optional.empty();
        }
    }

    private static TeamAnswer unclear(String because) {
        return new TeamAnswer.Unclear(because, true, Optional.empty());
    }
}
