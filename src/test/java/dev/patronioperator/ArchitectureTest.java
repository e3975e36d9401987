package dev.patronioperator;

import java.sql.SQLException;
import java.util.ServiceLoader;

import jakarta.inject.Inject;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.fabric8.kubernetes.client.CustomResource;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/** The directions of docs/architecture.md. A rule may speak of a package that has no class yet: it holds from its first class on. */
class ArchitectureTest {

    private static final String ROOT = "dev.patronioperator";

    /** What decides, as opposed to what looks and acts. */
    private static final String[] PURE = {
        ROOT + ".api..",
        ROOT + ".plan..",
        ROOT + ".settings..",
        ROOT + ".kubernetes.naming..",
        ROOT + ".patroni.model..",
        ROOT + ".patroni.yaml..",
        ROOT + ".postgres.parameters..",
        ROOT + ".sql..",
        ROOT + ".teams",
        ROOT + ".postgres.secrets..",
        ROOT + ".postgres.roles..",
        ROOT + ".postgres.databases..",
        ROOT + ".postgres.streams..",
        ROOT + "..model..",
        ROOT + "..validate..",
        ROOT + "..desired..",
        ROOT + "..planning..",
        ROOT + "..status..",
    };

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.patronioperator");

    /** The custom resource's base class and the driver's exception lie among the clients; they do nothing. */
    private static final DescribedPredicate<JavaClass> CLIENTS = resideInAnyPackage(
                    "io.fabric8.kubernetes.client..",
                    "java.net.http..",
                    "io.vertx..",
                    "org.eclipse.microprofile.rest..",
                    "java.sql..")
            .and(DescribedPredicate.not(type(CustomResource.class)))
            .and(DescribedPredicate.not(type(SQLException.class)))
            .and(DescribedPredicate.not(resideInAnyPackage("io.fabric8.kubernetes.client.utils..")))
            .as("a client");

    @Test
    void decisionsKnowNoClient() {
        check(noClasses()
                .that()
                .resideInAnyPackage(PURE)
                .should()
                .dependOnClassesThat(CLIENTS)
                .because("a plan is made from facts, not by asking"));
    }

    @Test
    void decisionsKnowNoFramework() {
        check(noClasses()
                .that()
                .resideInAnyPackage(PURE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.javaoperatorsdk..", "jakarta.enterprise..", "jakarta.inject..", "io.quarkus.arc..")
                .because("what decides is called with what it needs, in a test as in production"));
    }

    @Test
    void decisionsKnowNoClock() {
        check(noClasses()
                .that()
                .resideInAnyPackage(PURE)
                .should()
                .callMethodWhere(target(nameMatching("now|currentTimeMillis|nanoTime|randomUUID"))
                        .and(target(owner(resideInAnyPackage("java.time..", "java.lang..", "java.util..")))))
                .orShould()
                .dependOnClassesThat(assignableTo(java.time.Clock.class))
                .because("the same facts give the same plan, today and in a test"));
    }

    @Test
    void controllersDoNotKnowEachOther() {
        check(slices().matching(ROOT + ".(cluster|pooler|backup|config|ui)..")
                .should()
                .notDependOnEachOther()
                .because("what they share is in plan, kubernetes, patroni, postgres, settings or api"));
    }

    @Test
    void sharedPartsDoNotKnowTheControllers() {
        check(noClasses()
                .that()
                .resideInAnyPackage(
                        ROOT + ".api..",
                        ROOT + ".plan..",
                        ROOT + ".kubernetes..",
                        ROOT + ".patroni..",
                        ROOT + ".postgres..",
                        ROOT + ".controller..",
                        ROOT + ".manifest..",
                        ROOT + ".teams..",
                        ROOT + ".settings..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        ROOT + ".cluster..",
                        ROOT + ".pooler..",
                        ROOT + ".backup..",
                        ROOT + ".config..",
                        ROOT + ".cli..",
                        ROOT + ".ui.."));
    }

    @Test
    void apiKnowsNothingOfTheOperator() {
        check(noClasses()
                .that()
                .resideInAPackage(ROOT + ".api..")
                .should()
                .dependOnClassesThat(resideInAnyPackage(ROOT + "..")
                        .and(DescribedPredicate.not(resideInAnyPackage(ROOT + ".api..")))));
    }

    /** It handles what others send: whoever uses it says what it means. */
    @Test
    void httpKnowsNothingOfTheOperator() {
        check(noClasses()
                .that()
                .resideInAPackage(ROOT + ".http..")
                .should()
                .dependOnClassesThat(resideInAnyPackage(ROOT + "..")
                        .and(DescribedPredicate.not(resideInAnyPackage(ROOT + ".http..")))));
    }

    @Test
    void postgresAndPatroniKnowNoKubernetes() {
        check(noClasses()
                .that()
                .resideInAnyPackage(ROOT + ".postgres..", ROOT + ".patroni..", ROOT + ".http..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.fabric8..", "io.javaoperatorsdk.."));
    }

    @Test
    void topPackagesHaveNoCycles() {
        check(slices().matching(ROOT + ".(*)..").should().beFreeOfCycles());
    }

    @Test
    void onlyTheHandsWrite() {
        check(noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + "..execute..", ROOT + ".kubernetes..")
                .should()
                .callMethodWhere(target(
                                nameMatching(
                                        "create|createOr.*|update|updateStatus|patch|patchStatus|replace|replaceStatus|edit|editStatus|delete|serverSideApply|scale"))
                        .and(target(owner(resideInAnyPackage("io.fabric8.kubernetes.client..")))))
                .because("every effect goes through a plan"));
    }

    @Test
    void onlySessionsRunStatements() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".postgres.session..")
                .should()
                .callMethodWhere(target(nameMatching("execute.*|prepare.*|addBatch|createStatement|nativeSQL"))
                        .and(target(owner(resideInAnyPackage("java.sql..", "org.postgresql..")))))
                .because("a session takes nothing but Sql, which is quoted in one place"));
    }

    @Test
    void nobodyWaits() {
        check(noClasses()
                .should()
                .callMethodWhere(target(nameMatching("sleep")).and(target(owner(assignableTo(Thread.class)))))
                .because("a step that is not finished says so and is looked at again"));
    }

    @Test
    void mappersAreInjected() {
        check(noClasses()
                .should()
                .callConstructorWhere(target(owner(assignableTo(ObjectMapper.class))))
                .because("the native image knows the classes of the application's own mapper only"));
    }

    @Test
    void nothingIsFoundByName() {
        check(noClasses()
                .should()
                .callMethod(Class.class, "forName", String.class)
                .orShould()
                .dependOnClassesThat()
                .belongToAnyOf(ServiceLoader.class)
                .because("the native image holds what is referred to, not what is looked up"));
    }

    @Test
    void dependenciesAreHandedToConstructors() {
        check(fields().should().notBeAnnotatedWith(Inject.class));
    }

    @Test
    void namesSayWhatThingsDo() {
        check(classes()
                .should()
                .haveSimpleNameNotEndingWith("Utils")
                .andShould()
                .haveSimpleNameNotEndingWith("Util")
                .andShould()
                .haveSimpleNameNotEndingWith("Helper")
                .andShould()
                .haveSimpleNameNotEndingWith("Manager"));
    }

    private static void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(CLASSES);
    }
}
