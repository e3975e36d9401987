package dev.patronioperator.testkit;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.PodIP;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;

/** The status that a kubelet would report of a pod. */
final class PlayedPod {

    /** What most pods share: Endpoints refuse loopback addresses, and no other needs no rights. */
    static final String ADDRESS = machineAddress();

    private PlayedPod() {}

    static PodStatus status(Pod pod, PodTrouble trouble) {
        return status(pod, trouble, ADDRESS);
    }

    static PodStatus status(Pod pod, PodTrouble trouble, String address) {
        var pulled = trouble != PodTrouble.IMAGE_CANNOT_BE_PULLED;
        var ready = trouble == null;
        var status = new PodStatusBuilder()
                .withPhase(pulled ? "Running" : "Pending")
                .withStartTime(pod.getMetadata().getCreationTimestamp())
                .withConditions(
                        condition("PodScheduled", true, pod),
                        condition("Initialized", true, pod),
                        condition("ContainersReady", ready, pod),
                        condition("Ready", ready, pod))
                .withContainerStatuses(pod.getSpec().getContainers().stream()
                        .map(container -> containerStatus(container, pulled, ready))
                        .toList());
        return pulled ? status.withPodIP(address).withPodIPs(new PodIP(address)).build() : status.build();
    }

    static boolean isAlready(Pod pod, PodStatus wanted) {
        var now = pod.getStatus();
        return Objects.equals(now.getPhase(), wanted.getPhase())
                && isReady(now) == isReady(wanted)
                && waiting(now).equals(waiting(wanted));
    }

    static Pod with(Pod pod, PodStatus wanted) {
        return new PodBuilder(pod).withStatus(wanted).build();
    }

    private static boolean isReady(PodStatus status) {
        return status.getConditions().stream()
                .anyMatch(condition -> condition.getType().equals("Ready")
                        && condition.getStatus().equals("True"));
    }

    private static List<String> waiting(PodStatus status) {
        return status.getContainerStatuses().stream()
                .map(ContainerStatus::getState)
                .filter(state -> state.getWaiting() != null)
                .map(state -> state.getWaiting().getReason())
                .toList();
    }

    private static ContainerStatus containerStatus(Container container, boolean pulled, boolean ready) {
        var status = new ContainerStatusBuilder()
                .withName(container.getName())
                .withImage(container.getImage())
                .withImageID("")
                .withReady(ready)
                .withStarted(pulled)
                .withRestartCount(0);
        if (pulled) {
            status.withNewState().withNewRunning(Instant.now().toString()).endState();
        } else {
            status.withNewState()
                    .withNewWaiting("Back-off pulling image \"" + container.getImage() + "\"", "ImagePullBackOff")
                    .endState();
        }
        return status.build();
    }

    private static PodCondition condition(String type, boolean holds, Pod pod) {
        return new PodConditionBuilder()
                .withType(type)
                .withStatus(holds ? "True" : "False")
                .withReason(holds ? null : "ContainersNotReady")
                .withMessage(holds ? null : "containers with unready status: [postgres]")
                .withLastTransitionTime(pod.getMetadata().getCreationTimestamp())
                .build();
    }

    private static String machineAddress() {
        try {
            return NetworkInterface.networkInterfaces()
                    .filter(PlayedPod::isUsable)
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> !address.isLinkLocalAddress() && address.getAddress().length == 4)
                    .map(InetAddress::getHostAddress)
                    .findFirst()
                    .orElse("10.251.0.1");
        } catch (SocketException e) {
            throw new IllegalStateException("the machine's network interfaces cannot be listed", e);
        }
    }

    private static boolean isUsable(NetworkInterface network) {
        try {
            return network.isUp()
                    && !network.isLoopback()
                    && Stream.of("docker", "br-", "veth", "cni").noneMatch(network.getName()::startsWith);
        } catch (SocketException e) {
            return false;
        }
    }
}
