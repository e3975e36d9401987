package dev.patronioperator.kubernetes;

import java.util.List;

/** Runs a program in a container of a pod. For what cannot be done from outside; every other way is better. */
public interface PodShell {

    /** What came of it. */
    sealed interface Ran {

        /** The program ended by itself. */
        record Ended(int exitCode, String output) implements Ran {
            public boolean isSuccess() {
                return exitCode == 0;
            }
        }

        /**
         * It is not known whether the program has done its work.
         *
         * @param because what went wrong, for people
         */
        record Unclear(String because) implements Ran {}
    }

    /**
     * Waits for the program's end, some seconds at most.
     *
     * @param command program and arguments, which others in the pod can see: nothing secret
     * @param input what the program reads from its standard input
     */
    Ran run(String namespace, String pod, String container, List<String> command, String input);
}
