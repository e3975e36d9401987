package dev.patronioperator.teams;

import java.util.List;
import java.util.Optional;

/** What is known of the members of a team after the Teams API was asked, or why it was not. */
public sealed interface TeamAnswer {

    /** These, in the order and spelling of the API. */
    record Members(List<String> names) implements TeamAnswer {
        public Members {
            names = List.copyOf(names);
        }
    }

    /** The API knows no team of that name. */
    record NoSuchTeam() implements TeamAnswer {}

    /**
     * The API gave no usable answer.
     *
     * @param because for people; never holds the token
     * @param heard whether it answered at all
     * @param lastKnown what it said when it last gave one
     */
    record Unclear(String because, boolean heard, Optional<List<String>> lastKnown) implements TeamAnswer {}
}
