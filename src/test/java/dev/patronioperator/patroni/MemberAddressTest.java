package dev.patronioperator.patroni;

import java.util.Optional;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class MemberAddressTest {

    @Test
    void ipv6AddressIsPutInBrackets() {
        assertThat(MemberAddress.ofPod("orders-0", "fd00::7").url()).isEqualTo("http://[fd00::7]:8008");
    }

    @Test
    void announcedSchemeAndPortAreUsedButNotTheAnnouncedHost() {
        var address = MemberAddress.ofPod("orders-0", "10.0.0.1", Optional.of("https://evil.example:9443/patroni"));
        assertThat(address.url()).isEqualTo("https://10.0.0.1:9443");
    }

    @Test
    void announcementThatCannotBeReadIsLeftOut() {
        assertThat(MemberAddress.ofPod("orders-0", "10.0.0.1", Optional.of("ht tp:/x")))
                .isEqualTo(MemberAddress.ofPod("orders-0", "10.0.0.1"));
    }
}
