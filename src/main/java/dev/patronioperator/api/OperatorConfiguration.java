package dev.patronioperator.api;

import java.util.Map;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crd.generator.annotation.PreserveUnknownFields;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/**
 * The operator's configuration as a custom resource. Its payload is called {@code configuration}, not {@code spec}, and is a tree here: what the parameters
 * are is said once, in the catalogue {@code settings.parameters}, which the schema of this resource is generated from too.
 */
@Group(Postgresql.GROUP)
@Version(Postgresql.VERSION)
@Kind("OperatorConfiguration")
@Singular("operatorconfiguration")
@Plural("operatorconfigurations")
@ShortNames("opconfig")
@Categories("all")
@AdditionalPrinterColumn(
        name = "Image",
        jsonPath = ".configuration.docker_image",
        type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "Cluster-Label",
        jsonPath = ".configuration.kubernetes.cluster_name_label",
        type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "Service-Account",
        jsonPath = ".configuration.kubernetes.pod_service_account_name",
        type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "Min-Instances",
        jsonPath = ".configuration.min_instances",
        type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
        name = "Accepted",
        jsonPath = ".status.conditions[?(@.type=='Accepted')].status",
        type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "Age",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
public class OperatorConfiguration extends CustomResource<Void, OperatorConfigurationStatus> implements Namespaced {

    private static final long serialVersionUID = 1L;

    @PreserveUnknownFields
    @JsonPropertyDescription("The parameters of the operator, in groups.")
    private Map<String, Object> configuration;

    /** The parameters as they were written; null if there are none. */
    public Map<String, Object> getConfiguration() {
        return configuration;
    }

    public void setConfiguration(Map<String, Object> configuration) {
        this.configuration = configuration;
    }
}
