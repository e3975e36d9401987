package dev.patronioperator.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;

/** An HTTP answer that came in whole: its status and the text of its body. */
public record HttpReply(int status, String reasonPhrase, String body) {

    private static final int LONGEST_BODY = 4 * 1024 * 1024;
    private static final int LONGEST_TEXT = 300;

    /**
     * The answer to a request that is yet to be sent: who listens after sending may be late for an answer that comes at once, and then
     * nobody has taken its body. Of no answer more than {@value #LONGEST_BODY} bytes are read, so that a broken or hostile server cannot
     * fill the memory.
     */
    public static Future<HttpReply> to(HttpClientRequest request) {
        return request.response().compose(HttpReply::whole);
    }

    private static Future<HttpReply> whole(HttpClientResponse response) {
        var body = Buffer.buffer();
        Promise<HttpReply> reply = Promise.promise();
        response.handler(chunk -> {
            if (body.length() + chunk.length() > LONGEST_BODY) {
                reply.tryFail(new TooLongException(LONGEST_BODY));
                response.request().reset();
            } else {
                body.appendBuffer(chunk);
            }
        });
        response.exceptionHandler(reply::tryFail);
        response.endHandler(end ->
                reply.tryComplete(new HttpReply(response.statusCode(), response.statusMessage(), body.toString())));
        return reply.future();
    }

    public boolean isSuccess() {
        return status / 100 == 2;
    }

    /**
     * What a server that answers in plain text wants to say to people. Where something in front of it, or its library, answers with a
     * page of HTML, the reason phrase says it all.
     */
    public String text() {
        return oneLine(body.stripLeading().startsWith("<") || body.isBlank() ? reasonPhrase : body);
    }

    /** Words of a server as a message can hold them: on one line and of bounded length. */
    public static String oneLine(String text) {
        var line = text.strip().replaceAll("[\\s\\p{Cntrl}]+", " ");
        return line.length() <= LONGEST_TEXT ? line : line.substring(0, LONGEST_TEXT) + "…";
    }
}
