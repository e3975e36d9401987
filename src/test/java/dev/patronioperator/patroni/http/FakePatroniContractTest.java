package dev.patronioperator.patroni.http;

import org.junit.jupiter.api.AfterEach;

import dev.patronioperator.patroni.MemberAddress;
import dev.patronioperator.patroni.PatroniClient;
import dev.patronioperator.testkit.FakePatroni;
import dev.patronioperator.testkit.PatroniClients;

/** The fake keeps to the contract. */
class FakePatroniContractTest extends PatroniContract {

    private final FakePatroni patroni = FakePatroni.cluster("orders", 2);
    private final PatroniClients clients = new PatroniClients();

    @AfterEach
    void close() {
        clients.close();
        patroni.close();
    }

    @Override
    PatroniClient client() {
        return clients.patient();
    }

    @Override
    String scope() {
        return "orders";
    }

    @Override
    MemberAddress leader() {
        return patroni.address("orders-0");
    }

    @Override
    MemberAddress replica() {
        return patroni.address("orders-1");
    }
}
