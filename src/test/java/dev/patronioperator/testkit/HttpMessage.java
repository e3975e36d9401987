package dev.patronioperator.testkit;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Head of an HTTP/1.1 request or response, and the way to pass on the body that follows it.
 *
 * @param head all bytes up to the empty line, that line included
 */
record HttpMessage(byte[] head, String firstLine, Map<String, String> headers) {

    /** The next message, or null if the other side has ended. */
    static HttpMessage read(InputStream from) throws IOException {
        var head = new ByteArrayOutputStream();
        var line = line(from, head);
        if (line == null) {
            return null;
        }
        var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        for (var header = line(from, head); header != null && !header.isEmpty(); header = line(from, head)) {
            var colon = header.indexOf(':');
            headers.put(header.substring(0, colon), header.substring(colon + 1).strip());
        }
        return new HttpMessage(head.toByteArray(), line, headers);
    }

    String method() {
        return firstLine.substring(0, firstLine.indexOf(' '));
    }

    String path() {
        return firstLine.split(" ")[1];
    }

    int status() {
        return Integer.parseInt(path());
    }

    void writeHead(OutputStream to) throws IOException {
        to.write(head);
        to.flush();
    }

    /** Passes on head and body. */
    void forward(InputStream from, OutputStream to, boolean answersHead) throws IOException {
        writeHead(to);
        var isResponse = firstLine.startsWith("HTTP/");
        if (answersHead || isResponse && (status() == 204 || status() == 304)) {
            return;
        }
        if (headers.getOrDefault("Transfer-Encoding", "")
                .toLowerCase(Locale.ROOT)
                .contains("chunked")) {
            forwardChunks(from, to);
        } else if (headers.containsKey("Content-Length")) {
            copy(from, to, Long.parseLong(headers.get("Content-Length")));
        } else if (isResponse) {
            from.transferTo(to);
        }
        to.flush();
    }

    private static void forwardChunks(InputStream from, OutputStream to) throws IOException {
        long size;
        do {
            var size16 = new ByteArrayOutputStream();
            var line = line(from, size16);
            if (line == null) {
                throw new EOFException("ended within a chunked body");
            }
            size = Long.parseLong(line.split(";")[0].strip(), 16);
            to.write(size16.toByteArray());
            copy(from, to, size + 2); // with the line end after it
            to.flush();
        } while (size > 0);
    }

    private static void copy(InputStream from, OutputStream to, long length) throws IOException {
        var buffer = new byte[16 * 1024];
        for (var left = length; left > 0; ) {
            var read = from.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (read < 0) {
                throw new EOFException("ended " + left + " bytes before the end of a body");
            }
            to.write(buffer, 0, read);
            left -= read;
        }
    }

    private static String line(InputStream from, ByteArrayOutputStream record) throws IOException {
        var start = record.size();
        for (var next = from.read(); next >= 0; next = from.read()) {
            record.write(next);
            if (next == '\n') {
                return record.toString(StandardCharsets.ISO_8859_1)
                        .substring(start)
                        .strip();
            }
        }
        return null;
    }
}
