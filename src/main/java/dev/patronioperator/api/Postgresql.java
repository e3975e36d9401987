package dev.patronioperator.api;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/** One highly available PostgreSQL cluster. Kind, group and names are those of the Zalando Postgres Operator: lower-case on purpose. */
@Group(Postgresql.GROUP)
@Version(Postgresql.VERSION)
@Kind(Postgresql.KIND)
@Singular("postgresql")
@Plural("postgresqls")
@ShortNames("pg")
@Categories("all")
@AdditionalPrinterColumn(name = "Team", jsonPath = ".spec.teamId", type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "Version",
        jsonPath = ".spec.postgresql.version",
        type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "Pods",
        jsonPath = ".spec.numberOfInstances",
        type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(name = "Volume", jsonPath = ".spec.volume.size", type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "CPU-Request",
        jsonPath = ".spec.resources.requests.cpu",
        type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "Memory-Request",
        jsonPath = ".spec.resources.requests.memory",
        type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "Age",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
@AdditionalPrinterColumn(
        name = "Status",
        jsonPath = ".status.PostgresClusterStatus",
        type = AdditionalPrinterColumn.Type.STRING)
@ValidationRule(
        value = "oldSelf.hasValue() || size(self.metadata.name) <= 52",
        optionalOldSelf = true,
        message =
                "metadata.name has at most 52 characters: Kubernetes appends a hash to the StatefulSet's name and allows 63")
@ValidationRule(
        value = "oldSelf.hasValue() || self.metadata.name.matches('^[a-z]([-a-z0-9]*[a-z0-9])?$')",
        optionalOldSelf = true,
        message = "metadata.name names the Services of the cluster: a-z, 0-9 and -, starting with a letter, no dots")
public class Postgresql extends CustomResource<PostgresqlSpec, PostgresqlStatus> implements Namespaced {

    public static final String GROUP = "acid.zalan.do";
    public static final String VERSION = "v1";
    public static final String KIND = "postgresql";

    private static final long serialVersionUID = 1L;
}
