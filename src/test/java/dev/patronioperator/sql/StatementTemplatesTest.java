package dev.patronioperator.sql;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.analysis.Analyzer;
import org.objectweb.asm.tree.analysis.AnalyzerException;
import org.objectweb.asm.tree.analysis.SourceInterpreter;
import org.objectweb.asm.tree.analysis.SourceValue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/**
 * No statement is put together out of text: every template in the operator is a constant of the program. Told from the compiled classes,
 * where a text that was joined, formatted or handed on comes from something else than a constant.
 */
class StatementTemplatesTest {

    private static final Path CLASSES = Path.of("target/classes/dev/patronioperator");
    private static final String SQL = "dev/patronioperator/sql/Sql";

    @Test
    void everyTemplateIsAConstant() throws IOException {
        var calls = callsIn(CLASSES);

        assertThat(calls).hasSizeGreaterThan(40);
        assertThat(calls).filteredOn(call -> !call.isConstant()).isEmpty();
    }

    @Test
    void aTemplateMadeOfTextIsFound() throws IOException {
        var calls =
                callsIn(Path.of("target/test-classes/dev/patronioperator/sql/StatementTemplatesTest$Examples.class"));

        assertThat(calls)
                .extracting(Call::method, Call::isConstant)
                .containsExactlyInAnyOrder(
                        tuple("constant", true),
                        tuple("oneOfTwoConstants", true),
                        tuple("joined", false),
                        tuple("perhapsJoined", false),
                        tuple("handedOn", false),
                        tuple("lambda$referredTo$0", false));
    }

    /** A call of {@link Sql#of}. */
    private record Call(String owner, String method, boolean isConstant) {}

    private static List<Call> callsIn(Path classes) throws IOException {
        var calls = new ArrayList<Call>();
        try (var files = Files.walk(classes)) {
            for (var file :
                    files.filter(path -> path.toString().endsWith(".class")).toList()) {
                calls.addAll(callsOf(Files.readAllBytes(file)));
            }
        }
        return calls;
    }

    private static List<Call> callsOf(byte[] bytes) {
        var type = new ClassNode();
        new ClassReader(bytes).accept(type, ClassReader.SKIP_DEBUG);
        return type.methods.stream()
                .flatMap(method -> callsIn(type, method).stream())
                .toList();
    }

    private static List<Call> callsIn(ClassNode type, MethodNode method) {
        var calls = new ArrayList<Call>();
        try {
            var frames = new Analyzer<>(new Origins()).analyze(type.name, method);
            for (int i = 0; i < frames.length; i++) {
                if (frames[i] != null && method.instructions.get(i) instanceof MethodInsnNode call && makesSql(call)) {
                    var template = frames[i].getStack(frames[i].getStackSize() - 2);
                    calls.add(new Call(type.name, method.name, isConstant(template)));
                }
            }
        } catch (AnalyzerException e) {
            throw new AssertionError(type.name + "." + method.name, e);
        }
        return calls;
    }

    private static boolean makesSql(MethodInsnNode call) {
        return call.owner.equals(SQL) && call.name.equals("of");
    }

    private static boolean isConstant(SourceValue value) {
        return !value.insns.isEmpty()
                && value.insns.stream()
                        .allMatch(origin -> origin instanceof LdcInsnNode constant && constant.cst instanceof String);
    }

    /** Follows a value through local variables to where it was made. */
    private static final class Origins extends SourceInterpreter {

        Origins() {
            super(Opcodes.ASM9);
        }

        @Override
        public SourceValue copyOperation(AbstractInsnNode copy, SourceValue value) {
            return value;
        }
    }

    /** What the test is to tell apart. */
    static final class Examples {

        private Examples() {}

        static Sql constant(String name) {
            return Sql.of("DROP ROLE ?", Sql.name(name));
        }

        static Sql oneOfTwoConstants(String name, boolean role) {
            var template = role ? "DROP ROLE ?" : "DROP SCHEMA ?";
            return Sql.of(template, Sql.name(name));
        }

        static Sql joined(String name) {
            return Sql.of("DROP ROLE " + name);
        }

        static Sql perhapsJoined(String name, boolean quoted) {
            var template = quoted ? "DROP ROLE x" : "DROP ROLE ".concat(name);
            return Sql.of(template);
        }

        static Function<String, Sql> referredTo() {
            return Sql::of;
        }

        static Sql handedOn(String template) {
            return Sql.of(template);
        }
    }
}
