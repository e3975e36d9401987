package dev.patronioperator.pooler.desired;

import java.util.Optional;

/**
 * What the pooler of a role has now and keeps as long as it means the same as what it should have: order and spelling of a list are no
 * reason to write a Secret or to make pods anew.
 *
 * @param userList the text of its user list, with passwords
 * @param revision how often the user list has changed; 0 for one that is as it was made
 * @param statisticsUsers the value of the variable that names them
 * @param certificate what is noted of its certificate
 */
public record PoolerBefore(
        Optional<String> userList, int revision, Optional<String> statisticsUsers, Certificate certificate) {

    /**
     * What a pooler's Deployment says of the certificate.
     *
     * @param exists whether there is a Deployment
     * @param seen the fingerprint noted with it; empty if nobody has noted one yet
     * @param pods the one on its pods
     */
    public record Certificate(boolean exists, Optional<String> seen, Optional<String> pods) {

        /** There is no Deployment. */
        public static final Certificate NONE = new Certificate(false, Optional.empty(), Optional.empty());
    }

    /** There is no such pooler. */
    public static final PoolerBefore NOTHING = new PoolerBefore(Optional.empty(), 0, Optional.empty());

    /** One that says nothing of a certificate. */
    public PoolerBefore(Optional<String> userList, int revision, Optional<String> statisticsUsers) {
        this(userList, revision, statisticsUsers, Certificate.NONE);
    }

    /** Without the list: a record prints all it holds. */
    @Override
    public String toString() {
        return "PoolerBefore[revision " + revision + "]";
    }
}
