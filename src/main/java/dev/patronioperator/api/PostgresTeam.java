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

/** Who, beyond the team that owns a cluster, gets a role in it. All objects of the watched namespaces are read as one. */
@Group(Postgresql.GROUP)
@Version(Postgresql.VERSION)
@Kind("PostgresTeam")
@Singular("postgresteam")
@Plural("postgresteams")
@ShortNames("pgteam")
@Categories("all")
public class PostgresTeam extends CustomResource<PostgresTeamSpec, Void> implements Namespaced {

    private static final long serialVersionUID = 1L;
}
