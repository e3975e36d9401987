package dev.patronioperator.cluster.execute;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;

import dev.patronioperator.cluster.observe.ObservedCluster;
import dev.patronioperator.cluster.observe.ObservedInstance;
import dev.patronioperator.cluster.observe.PoolerPause;
import dev.patronioperator.kubernetes.Applier;
import dev.patronioperator.manifest.Credentials;
import dev.patronioperator.manifest.SecretText;
import dev.patronioperator.manifest.ServicePorts;
import dev.patronioperator.plan.Known;
import dev.patronioperator.plan.ObjectRef;
import dev.patronioperator.plan.Outcome;
import dev.patronioperator.plan.Step;
import dev.patronioperator.postgres.session.PoolerConsole;
import dev.patronioperator.postgres.session.PoolerConsole.Answer;
import dev.patronioperator.postgres.session.SqlServer;

/**
 * What is said to a connection pooler, to all of its pods at the same time: each has a few seconds to answer. A pooler that cannot be
 * told to wait holds up nothing.
 */
final class PoolerEffects {

    private static final Duration SOON = Duration.ofSeconds(1);

    private final Applier applier;
    private final PoolerPods pods;
    private final PoolerConsole console;
    private final ObservedCluster observed;

    PoolerEffects(Applier applier, PoolerPods pods, PoolerConsole console, ObservedCluster observed) {
        this.applier = applier;
        this.pods = pods;
        this.console = console;
        this.observed = observed;
    }

    /** Noted first, for all pods; those that could not be reached are left out again, as nobody has to let them go on. */
    Outcome pause(Step.PausePooler step) {
        return with(step.pooler(), (found, service, password) -> {
            var ready = found.stream().filter(ObservedInstance::isReady).toList();
            if (ready.isEmpty()) {
                return new Outcome.Unchanged();
            }
            var pause = new PoolerPause(
                    observed.at(),
                    step.from(),
                    ready.stream().map(PoolerEffects::name).toList());
            var noted = note(service, Optional.of(pause));
            var answers = ask(ready, step.pooler().user(), password, console::pause);
            var reached = pause.pods().stream()
                    .filter(pod -> !(answers.get(pod) instanceof Answer.NotReached))
                    .toList();
            if (reached.size() < ready.size()) {
                note(noted, reached.isEmpty() ? Optional.empty() : Optional.of(pause.with(reached)));
            }
            return outcome(step, answers, "its clients see the primary go");
        });
    }

    /** Pods that are gone have taken their clients along, and those that came later were never paused. */
    Outcome resume(Step.ResumePooler step) {
        return with(step.pooler(), (found, service, password) -> {
            var pause = PoolerPause.notedOn(service);
            if (pause.isEmpty()) {
                return new Outcome.Unchanged();
            }
            var paused = found.stream()
                    .filter(pod -> pause.get().pods().contains(name(pod)))
                    .toList();
            var answers = ask(paused, step.pooler().user(), password, console::resume);
            if (answers.values().stream().allMatch(Answer.Done.class::isInstance)) {
                note(service, step.inVain() ? pause.map(p -> p.givenUp(observed.at())) : Optional.empty());
            }
            return outcome(step, answers, "its clients wait");
        });
    }

    @FunctionalInterface
    private interface Work {
        Outcome with(List<Pod> pods, Service notes, String password);
    }

    private Outcome with(Step.Pooler pooler, Work work) {
        var service = find(pooler.notes(), Service.class);
        var password =
                find(pooler.credentials(), Secret.class).flatMap(secret -> SecretText.of(secret, Credentials.PASSWORD));
        if (service.isEmpty() || password.isEmpty()) {
            return new Outcome.Failed(pooler.name() + " cannot be asked: "
                    + (service.isEmpty() ? pooler.notes() + " is missing" : pooler.credentials() + " has no password"));
        }
        return switch (pods.withLabels(pooler.pods())) {
            case Known.Unknown<List<Pod>>(String because) ->
                new Outcome.Pending("the pods of " + pooler.name() + ": " + because, SOON);
            case Known.Value<List<Pod>>(List<Pod> found) -> work.with(found, service.get(), password.get());
        };
    }

    private <T> Optional<T> find(ObjectRef ref, Class<T> type) {
        return observed.find(ref).filter(type::isInstance).map(type::cast);
    }

    private Service note(Service service, Optional<PoolerPause> pause) {
        var metadata = new ObjectMetaBuilder(service.getMetadata()).removeFromAnnotations(PoolerPause.ANNOTATION);
        pause.ifPresent(now -> metadata.addToAnnotations(PoolerPause.ANNOTATION, now.text()));
        var noted = new ServiceBuilder(service).withMetadata(metadata.build()).build();
        applier.edit(service, ignored -> noted);
        return noted;
    }

    private static SortedMap<String, Answer> ask(
            List<Pod> pods, String user, String password, Function<SqlServer, Answer> command) {
        var asked = new TreeMap<String, CompletableFuture<Answer>>();
        try (var eachByItself = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var pod : pods) {
                asked.put(
                        name(pod),
                        CompletableFuture.supplyAsync(() -> ask(pod, user, password, command), eachByItself));
            }
        }
        var answers = new TreeMap<String, Answer>();
        asked.forEach((pod, answer) -> answers.put(pod, answer.join()));
        return answers;
    }

    private static Answer ask(Pod pod, String user, String password, Function<SqlServer, Answer> command) {
        var address = pod.getStatus() == null ? null : pod.getStatus().getPodIP();
        return address == null
                ? new Answer.NotReached("it has no address")
                : command.apply(
                        new SqlServer(List.of(address), ServicePorts.POSTGRES, user, password, Optional.empty()));
    }

    private static Outcome outcome(Step step, SortedMap<String, Answer> answers, String consequence) {
        var problems = answers.entrySet().stream()
                .flatMap(answer -> problem(answer.getValue()).map(text -> answer.getKey() + ": " + text).stream())
                .collect(Collectors.joining("; "));
        return problems.isEmpty()
                ? new Outcome.Done()
                : new Outcome.Failed(step.text() + " failed, " + consequence + ": " + problems);
    }

    private static Optional<String> problem(Answer answer) {
        return switch (answer) {
            case Answer.Done ignored -> Optional.empty();
            case Answer.NotReached(String because) -> Optional.of("cannot be reached: " + because);
            case Answer.UnderWay(String because) -> Optional.of("has not finished in time: " + because);
        };
    }

    private static String name(Pod pod) {
        return pod.getMetadata().getName();
    }
}
