package dev.patronioperator.plan;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;

import dev.patronioperator.sql.SqlChange;

/**
 * Something to do. Sealed, so that a new kind of step does not compile until it has a handler and a text.
 *
 * <p>Every step can be carried out twice without harm: what must happen once carries the identity (uid, leader) of what it acts on.
 */
public sealed interface Step {

    /** What the step does, in the words of the plan: {@code Apply StatefulSet orders}. */
    String text();

    /**
     * Makes the object, or changes it so that the fields we own are as wanted; fields of others stay.
     *
     * @param removed fields that have to go and would not go by being left out, because others hold them too
     */
    record Apply(HasMetadata desired, List<FieldPath> removed) implements Step {
        public Apply {
            removed = List.copyOf(removed);
        }

        public Apply(HasMetadata desired) {
            this(desired, List.of());
        }

        /** The step that makes these differences go away. */
        public static Apply of(HasMetadata desired, List<FieldDifference> differences) {
            return new Apply(
                    desired,
                    differences.stream()
                            .filter(FieldDifference::stays)
                            .map(FieldDifference::path)
                            .toList());
        }

        public ObjectRef object() {
            return ObjectRef.of(desired);
        }

        @Override
        public String text() {
            return "Apply " + object();
        }
    }

    /**
     * Makes a Secret whose passwords are generated at that moment; one that exists is left as it is.
     *
     * @param template the Secret without its passwords
     * @param generatedKeys the data keys that get a generated password
     */
    record CreateSecret(Secret template, List<String> generatedKeys) implements Step {
        public CreateSecret {
            generatedKeys = List.copyOf(generatedKeys);
        }

        public ObjectRef object() {
            return ObjectRef.of(template);
        }

        @Override
        public String text() {
            return "Create " + object();
        }
    }

    /**
     * Changes values of a Secret, if it is still as it was read. What is secret comes about when the step is carried out: no plan holds a
     * password.
     *
     * @param doing what it is for, in the words of the plan: {@code Change the password in}
     * @param values by data key
     */
    record EditSecret(ObjectRef object, String doing, Map<String, SecretValue> values) implements Step {
        public EditSecret {
            values = Map.copyOf(values);
        }

        @Override
        public String text() {
            return doing + " " + object;
        }
    }

    /** Deletes exactly the object with this uid; another one of the same name is not touched. */
    record Delete(ObjectRef object, String uid) implements Step {
        @Override
        public String text() {
            return "Delete " + object;
        }
    }

    /** Deletes the StatefulSet but not its pods, and makes it again, because Kubernetes forbids the change in place. */
    record ReplaceStatefulSet(StatefulSet desired, String uid) implements Step {
        @Override
        public String text() {
            return "Replace " + ObjectRef.of(desired) + " (pods stay)";
        }
    }

    /** Asks for a larger data volume; storage that can grow does so while the database runs. */
    record GrowVolume(ObjectRef claim, Quantity size) implements Step {
        @Override
        public String text() {
            return "Grow " + claim + " to " + size;
        }
    }

    /** Asks Patroni to hand the leader key from one member to another. */
    record Switchover(String from, String candidate) implements Step {
        @Override
        public String text() {
            return "Switchover " + from + " -> " + candidate;
        }
    }

    /**
     * Keeps the clients of a pooler waiting while the primary moves or restarts. It holds until {@link ResumePooler}, so it is noted on an object
     * first.
     *
     * @param pooler whom to ask for it
     * @param from the member that leads
     */
    record PausePooler(Pooler pooler, String from) implements Step {
        @Override
        public String text() {
            return "Pause pooler " + pooler.name();
        }
    }

    /**
     * Lets the clients of a pooler go on.
     *
     * @param inVain whether they have waited for nothing; it is noted, so that they need not again
     */
    record ResumePooler(Pooler pooler, boolean inVain) implements Step {
        @Override
        public String text() {
            return "Resume pooler " + pooler.name();
        }
    }

    /**
     * A pooler and how to speak to it.
     *
     * @param name what it is called
     * @param pods the labels of its pods
     * @param user its administrator
     * @param credentials the Secret with the administrator's password
     * @param notes the object on which is noted that it was paused
     */
    record Pooler(String name, Map<String, String> pods, String user, ObjectRef credentials, ObjectRef notes) {
        public Pooler {
            pods = Map.copyOf(pods);
        }
    }

    /** Deletes a pod so that its StatefulSet makes it again from the present template. */
    record RecreatePod(ObjectRef pod, String uid) implements Step {
        @Override
        public String text() {
            return "Recreate " + pod;
        }
    }

    /** Changes labels and annotations of a pod that stays; nothing for a value takes the key away. */
    record UpdatePod(ObjectRef pod, Map<String, Optional<String>> labels, Map<String, Optional<String>> annotations)
            implements Step {
        public UpdatePod {
            labels = Map.copyOf(labels);
            annotations = Map.copyOf(annotations);
        }

        @Override
        public String text() {
            return "Update " + pod + " in place";
        }
    }

    /** Changes Patroni's dynamic configuration; a null value removes a key. */
    record PatchDcs(Map<String, Object> patch) implements Step {
        @Override
        public String text() {
            return "Patch Patroni configuration: " + String.join(", ", new java.util.TreeSet<>(patch.keySet()));
        }
    }

    /**
     * Restarts PostgreSQL on one member through Patroni, if it still says that a restart is pending.
     *
     * @param unlessStartedSince a server that has started since then is left alone: what it still lacks it cannot get before its
     *     primary has it
     * @param onceReplayed the member whose WAL has to be replayed first, as far as it has come
     */
    record RestartPostgres(String member, Optional<Instant> unlessStartedSince, Optional<String> onceReplayed)
            implements Step {

        public RestartPostgres(String member) {
            this(member, Optional.empty(), Optional.empty());
        }

        /** Before its primary: once for each configuration, as a second restart would change nothing. */
        public static RestartPostgres once(String member, Optional<Instant> forConfigurationOf) {
            return new RestartPostgres(member, forConfigurationOf, Optional.empty());
        }

        /** After its primary: a standby learns what its primary runs with from the WAL. */
        public static RestartPostgres after(String primary, String member) {
            return new RestartPostgres(member, Optional.empty(), Optional.of(primary));
        }

        @Override
        public String text() {
            return "Restart PostgreSQL on " + member;
        }
    }

    /** Changes something inside PostgreSQL, all of it or nothing. */
    record RunSql(SqlChange change) implements Step {
        @Override
        public String text() {
            return "Change " + change.about().text();
        }
    }

    /** Gives a role that can no longer log in the password of its Secret, from inside the pod, where none is asked for. */
    record RestoreLogin(ObjectRef pod, String role) implements Step {
        @Override
        public String text() {
            return "Set the password of role " + role + " from its Secret, inside " + pod;
        }
    }

    /** Nothing can be done until something has happened that we are told of, or time has passed. */
    record Await(String what, Duration checkAgainIn) implements Step {
        @Override
        public String text() {
            return "Wait for " + what;
        }
    }

    /** Something that the manifest asks for and that is not done; only said. */
    record Refuse(String what) implements Step {
        @Override
        public String text() {
            return "Refuse to " + what;
        }
    }
}
