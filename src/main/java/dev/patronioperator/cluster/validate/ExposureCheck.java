package dev.patronioperator.cluster.validate;

import java.net.Inet6Address;
import java.util.Map;
import java.util.regex.Pattern;

/** How the cluster is reached from outside, and annotations of what makes it reachable. */
final class ExposureCheck implements SpecCheck {

    private static final Pattern OCTETS = Pattern.compile("((25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(\\.(?!$)|$)){4}");
    private static final Pattern PREFIX = Pattern.compile("0|[1-9]\\d{0,2}");

    @Override
    public void check(Subject subject, Problems problems) {
        var spec = subject.spec();
        var ranges = Absent.asEmpty(spec.allowedSourceRanges());
        for (int i = 0; i < ranges.size(); i++) {
            if (!isNetwork(String.valueOf(ranges.get(i)))) {
                problems.refuse(
                        "spec.allowedSourceRanges[" + i + "]",
                        ranges.get(i),
                        "is no network: address/prefix length, such as " + "10.0.0.0/8 or 2001:db8::/32");
            }
        }
        var ports = problems.unique("the node port");
        nodePort("spec.masterNodePort", spec.masterNodePort(), ports, problems);
        nodePort("spec.replicaNodePort", spec.replicaNodePort(), ports, problems);
        nodePort("spec.masterPoolerNodePort", spec.masterPoolerNodePort(), ports, problems);
        nodePort("spec.replicaPoolerNodePort", spec.replicaPoolerNodePort(), ports, problems);
        annotations("spec.serviceAnnotations", spec.serviceAnnotations(), problems);
        annotations("spec.masterServiceAnnotations", spec.masterServiceAnnotations(), problems);
        annotations("spec.replicaServiceAnnotations", spec.replicaServiceAnnotations(), problems);
        annotations("spec.podAnnotations", spec.podAnnotations(), problems);
    }

    /** 0 leaves the choice to Kubernetes. */
    private static void nodePort(String field, Integer port, Problems.Unique ports, Problems problems) {
        if (problems.within(field, port, 0, 65_535) && port != null && port > 0) {
            ports.add(field, port.toString());
        }
    }

    private static void annotations(String field, Map<String, String> annotations, Problems problems) {
        Absent.asEmpty(annotations)
                .forEach(
                        (key, value) -> problems.matches(
                                field + "[" + key + "]",
                                key,
                                Forms.QUALIFIED_NAME,
                                "is no key of an annotation: a name of at most 63 letters, digits, -, _ and ., with an optional domain and / in front"));
    }

    private static boolean isNetwork(String text) {
        int slash = text.indexOf('/');
        if (slash < 0 || !PREFIX.matcher(text.substring(slash + 1)).matches()) {
            return false;
        }
        var address = text.substring(0, slash);
        int length = Integer.parseInt(text.substring(slash + 1));
        return address.contains(":")
                ? length <= 128 && isIpv6(address)
                : length <= 32 && OCTETS.matcher(address).matches();
    }

    private static boolean isIpv6(String address) {
        if (address.contains(".") || address.contains("%") || address.contains("[")) {
            return false;
        }
        try {
            return Inet6Address.ofLiteral(address) != null;
        } catch (IllegalArgumentException noAddress) {
            return false;
        }
    }
}
