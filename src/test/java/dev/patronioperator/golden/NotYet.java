package dev.patronioperator.golden;

import java.util.regex.Pattern;

/** Objects of the controllers of poolers and logical backups, which do not exist yet. */
final class NotYet {

    private static final Pattern POOLER = Pattern.compile(
            "(Deployment .*|(Service|Secret) .*-pooler(-repl|-u|-repl-u)?|Secret .*/[^/]*pooler[^/]*credentials.*)");

    private NotYet() {}

    static boolean isOfALaterController(String key) {
        return key.startsWith("CronJob ") || POOLER.matcher(key).matches();
    }
}
