package dev.patronioperator.teams.http;

import java.time.Clock;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Vertx;

import dev.patronioperator.teams.TeamsApi;

/** One client with one memory for all clusters. */
final class TeamsApiProducer {

    private TeamsApiProducer() {}

    @Produces
    @Singleton
    static TeamsApi teamsApi(Vertx vertx, ObjectMapper mapper, Clock clock) {
        return new CachedTeamsApi(new HttpTeamsApi(vertx, mapper, HttpTeamsApi.Deadlines.USUAL), clock);
    }
}
