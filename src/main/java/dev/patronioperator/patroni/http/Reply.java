package dev.patronioperator.patroni.http;

/** An HTTP answer that came in whole: its status and the text of its body. */
record Reply(int status, String reasonPhrase, String body) {

    private static final int LONGEST_TEXT = 300;

    boolean isSuccess() {
        return status / 100 == 2;
    }

    /**
     * What Patroni wants to say to people, on one line and of bounded length: its answers are plain text; where Python's HTTP server
     * answers for it with a page of HTML, the reason phrase says it all.
     */
    String text() {
        var text = body.stripLeading().startsWith("<") || body.isBlank() ? reasonPhrase : body;
        var line = text.strip().replaceAll("[\\s\\p{Cntrl}]+", " ");
        return line.length() <= LONGEST_TEXT ? line : line.substring(0, LONGEST_TEXT) + "…";
    }
}
