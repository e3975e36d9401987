package dev.patronioperator.cluster.status;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.patronioperator.cluster.model.HumanRoles;
import dev.patronioperator.kubernetes.Conditions;

/** What a status says of the teams whose members have roles. Keeps no cluster from being Ready: those who had a role have it still. */
record TeamReport(HumanRoles people) {

    /** Empty where teams are not looked at. */
    static Optional<TeamReport> of(Optional<HumanRoles> people) {
        return people.filter(humans -> humans.members().asked()).map(TeamReport::new);
    }

    void tell(Conditions conditions) {
        var members = people.members();
        var known = members.complete();
        var lines = new ArrayList<String>();
        if (known) {
            lines.add(people.roles().size() + " members of teams have a role");
        } else {
            lines.addAll(members.problems());
            lines.add("Who had a role keeps it until all teams are heard of.");
        }
        lines.addAll(leftOut());
        conditions.with(
                ClusterCondition.TEAM_MEMBERS_KNOWN.type(),
                Conditions.Status.of(known),
                (known ? ClusterReason.TEAMS_HEARD : ClusterReason.TEAMS_SILENT).value(),
                String.join("\n", lines));
    }

    private List<String> leftOut() {
        var lines = new ArrayList<String>();
        people.members().leftOut().stream().map(line -> "Has no role: " + line).forEach(lines::add);
        if (!people.taken().isEmpty()) {
            lines.add("Members whose names are those of other roles, which stay as they are: "
                    + String.join(", ", people.taken()));
        }
        return lines;
    }
}
