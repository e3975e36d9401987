package dev.patronioperator.manifest;

import java.util.List;

import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.ContainerPortBuilder;

/** The ports of a member's container; the backup container bears them too, though nothing listens there. */
public final class MemberPorts {

    public static final int PATRONI = 8008;

    private static final int BG_MON = 8080;

    public static final List<ContainerPort> ALL = List.of(port(PATRONI), port(ServicePorts.POSTGRES), port(BG_MON));

    private MemberPorts() {}

    private static ContainerPort port(int number) {
        return new ContainerPortBuilder()
                .withContainerPort(number)
                .withProtocol("TCP")
                .build();
    }
}
