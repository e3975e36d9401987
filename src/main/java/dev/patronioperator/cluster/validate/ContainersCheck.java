package dev.patronioperator.cluster.validate;

import java.util.List;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;

import dev.patronioperator.api.SidecarSpec;
import dev.patronioperator.settings.parameters.KubernetesParameters;

/** Sidecars and init containers: allowed at all, complete, and named so that a Pod can hold them. */
final class ContainersCheck implements SpecCheck {

    private static final String POSTGRES = "postgres";

    @Override
    public void check(Subject subject, Problems problems) {
        var spec = subject.spec();
        var names = problems.unique("the name").taken(POSTGRES, "the PostgreSQL container");
        sidecars(subject, Absent.asEmpty(spec.sidecars()), names, problems);
        // The old spelling counts only where the new one is absent.
        if (spec.initContainers() != null) {
            initContainers(subject, "spec.initContainers", spec.initContainers(), names, problems);
        } else {
            initContainers(
                    subject, "spec.init_containers", Absent.asEmpty(spec.legacyInitContainers()), names, problems);
        }
    }

    private static void sidecars(
            Subject subject, List<SidecarSpec> sidecars, Problems.Unique names, Problems problems) {
        if (!sidecars.isEmpty() && !subject.setting(KubernetesParameters.ENABLE_SIDECARS)) {
            problems.refuse("spec.sidecars", "are not allowed: enable_sidecars of the operator configuration is off");
        }
        for (int i = 0; i < sidecars.size(); i++) {
            var sidecar = sidecars.get(i);
            var field = "spec.sidecars[" + i + "]";
            var name = sidecar.name() == null || sidecar.name().isEmpty() ? "sidecar-" + i : sidecar.name();
            problems.dnsLabel(field + ".name", name);
            names.add(field + ".name", name);
            image(field, sidecar.image(), problems);
            ports(field, Absent.asEmpty(sidecar.ports()), problems);
        }
    }

    private static void initContainers(
            Subject subject, String field, List<Container> containers, Problems.Unique names, Problems problems) {
        if (!containers.isEmpty() && !subject.setting(KubernetesParameters.ENABLE_INIT_CONTAINERS)) {
            problems.refuse(field, "are not allowed: enable_init_containers of the operator configuration is off");
        }
        for (int i = 0; i < containers.size(); i++) {
            var container = containers.get(i);
            var at = field + "[" + i + "]";
            if (problems.present(at + ".name", container.getName(), "the name of the container")) {
                problems.dnsLabel(at + ".name", container.getName());
                names.add(at + ".name", container.getName());
            }
            image(at, container.getImage(), problems);
            ports(at, Absent.asEmpty(container.getPorts()), problems);
        }
    }

    private static void image(String field, String image, Problems problems) {
        if (problems.present(field + ".image", image, "the image of the container")
                && image.chars().anyMatch(Character::isWhitespace)) {
            problems.refuse(field + ".image", image, "is no image: it has blanks");
        }
    }

    private static void ports(String field, List<ContainerPort> ports, Problems problems) {
        for (int i = 0; i < ports.size(); i++) {
            var at = field + ".ports[" + i + "].containerPort";
            if (problems.present(at, ports.get(i).getContainerPort(), "the port the container listens on")) {
                problems.within(at, ports.get(i).getContainerPort(), 1, 65_535);
            }
        }
    }
}
