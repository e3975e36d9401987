package dev.patronioperator.postgres.session;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

import com.ongres.scram.client.ScramClient;
import com.ongres.scram.common.exception.ScramException;
import org.postgresql.ssl.NonValidatingFactory;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * A connection that says nothing of its own accord. The driver sets parameters by statements when it connects, which the console of a
 * PgBouncer refuses; so this speaks as much of PostgreSQL's protocol as it takes to log in and to send a command.
 *
 * @see <a href="https://www.postgresql.org/docs/current/protocol-message-formats.html">Message formats</a>
 */
final class ConsoleConnection implements AutoCloseable {

    private static final int TLS_REQUEST = 80877103;
    private static final int PROTOCOL = 196608;
    private static final int LONGEST_MESSAGE = 1 << 20;
    private static final String MECHANISM = "SCRAM-SHA-256";

    private static final int OK = 0;
    private static final int CLEARTEXT = 3;
    private static final int MD5 = 5;
    private static final int SASL = 10;
    private static final int SASL_CONTINUE = 11;
    private static final int SASL_FINAL = 12;

    /** The other side said no, in its own words. */
    static final class Refused extends IOException {
        private static final long serialVersionUID = 1L;

        Refused(String words) {
            super(words);
        }
    }

    private record Message(char type, ByteBuffer body) {}

    private final SqlServer server;
    private final Socket raw;
    private final boolean encrypted;
    private final DataInputStream in;
    private final DataOutputStream out;

    private ConsoleConnection(SqlServer server, Socket raw, Socket socket, boolean encrypted) throws IOException {
        this.server = server;
        this.raw = raw;
        this.encrypted = encrypted;
        this.in = new DataInputStream(socket.getInputStream());
        this.out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream()));
    }

    /**
     * Logs in, encrypted if the other side can. Its certificate is not checked: an image may have made it.
     *
     * @param connect how long it may take until somebody is there
     * @param silence how long the other side may then say nothing
     */
    static ConsoleConnection open(SqlServer server, String database, Duration connect, Duration silence)
            throws IOException {
        var raw = new Socket();
        try {
            var host = server.hosts().getFirst();
            raw.connect(new InetSocketAddress(host, server.port()), (int) connect.toMillis());
            raw.setSoTimeout((int) silence.toMillis());
            var asking = new DataOutputStream(raw.getOutputStream());
            asking.writeInt(2 * Integer.BYTES);
            asking.writeInt(TLS_REQUEST);
            boolean encrypted = raw.getInputStream().read() == 'S';
            var socket = encrypted ? new NonValidatingFactory(null).createSocket(raw, host, server.port(), true) : raw;
            var connection = new ConsoleConnection(server, raw, socket, encrypted);
            connection.logIn(database);
            return connection;
        } catch (IOException e) {
            raw.close();
            throw e;
        } catch (java.security.GeneralSecurityException e) {
            raw.close();
            throw new IOException(e);
        }
    }

    /** Sends a command and waits for its end. */
    void execute(String command) throws IOException {
        send('Q', text(command));
        finish();
    }

    private void logIn(String database) throws IOException {
        var parameters = new java.io.ByteArrayOutputStream();
        for (var word : List.of("user", server.user(), "database", database, "")) {
            parameters.write(text(word));
        }
        out.writeInt(2 * Integer.BYTES + parameters.size());
        out.writeInt(PROTOCOL);
        parameters.writeTo(out);
        out.flush();
        authenticate();
        finish();
    }

    private void authenticate() throws IOException {
        ScramClient scram = null;
        while (true) {
            var message = read();
            if (message.type() != 'R') {
                throw new IOException("unexpected message " + message.type());
            }
            var body = message.body();
            switch (body.getInt()) {
                case OK -> {
                    return;
                }
                case CLEARTEXT -> {
                    if (!encrypted) {
                        throw new IOException("the password is wanted in clear, on a connection that is not encrypted");
                    }
                    send('p', text(server.password()));
                }
                case MD5 -> send('p', text(md5(body)));
                case SASL -> scram = begin(body);
                case SASL_CONTINUE -> answer(scram, body);
                case SASL_FINAL -> verify(scram, body);
                default -> throw new IOException("a kind of authentication that is not known");
            }
        }
    }

    private ScramClient begin(ByteBuffer mechanisms) throws IOException {
        var offered = new ArrayList<String>();
        for (var name = string(mechanisms); !name.isEmpty(); name = string(mechanisms)) {
            offered.add(name);
        }
        if (!offered.contains(MECHANISM)) {
            throw new IOException("none of " + offered + " is " + MECHANISM);
        }
        var scram = ScramClient.builder()
                .advertisedMechanisms(List.of(MECHANISM))
                // The one of the startup message counts.
                .username("*")
                .password(server.password().toCharArray())
                .build();
        var first = scram.clientFirstMessage().toString().getBytes(UTF_8);
        var name = text(MECHANISM);
        send(
                'p',
                ByteBuffer.allocate(name.length + Integer.BYTES + first.length)
                        .put(name)
                        .putInt(first.length)
                        .put(first)
                        .array());
        return scram;
    }

    private void answer(ScramClient scram, ByteBuffer body) throws IOException {
        try {
            scram.serverFirstMessage(rest(body));
            send('p', scram.clientFinalMessage().toString().getBytes(UTF_8));
        } catch (ScramException e) {
            throw new IOException("SCRAM: " + e.getMessage(), e);
        }
    }

    private static void verify(ScramClient scram, ByteBuffer body) throws IOException {
        try {
            scram.serverFinalMessage(rest(body));
        } catch (ScramException e) {
            throw new IOException("SCRAM: " + e.getMessage(), e);
        }
    }

    private String md5(ByteBuffer salt) {
        try {
            var digest = MessageDigest.getInstance("MD5");
            digest.update((server.password() + server.user()).getBytes(UTF_8));
            var inner = HexFormat.of().formatHex(digest.digest());
            digest.update(inner.getBytes(UTF_8));
            digest.update(salt);
            return "md5" + HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has MD5", e);
        }
    }

    /** Up to where the other side is ready for more; a refusal is told after that. */
    private void finish() throws IOException {
        Refused refused = null;
        while (true) {
            try {
                if (read().type() == 'Z') {
                    break;
                }
            } catch (Refused e) {
                refused = e;
            }
        }
        if (refused != null) {
            throw refused;
        }
    }

    private void send(char type, byte[] body) throws IOException {
        out.writeByte(type);
        out.writeInt(Integer.BYTES + body.length);
        out.write(body);
        out.flush();
    }

    private Message read() throws IOException {
        var type = (char) in.readByte();
        int length = in.readInt() - Integer.BYTES;
        if (length < 0 || length > LONGEST_MESSAGE) {
            throw new IOException("a message of " + length + " bytes");
        }
        var body = ByteBuffer.wrap(in.readNBytes(length));
        if (type == 'E') {
            throw new Refused(words(body));
        }
        return new Message(type, body);
    }

    private static String words(ByteBuffer fields) {
        while (fields.hasRemaining()) {
            var field = fields.get();
            if (field == 0) {
                break;
            }
            var value = string(fields);
            if (field == 'M') {
                return value;
            }
        }
        return "no reason given";
    }

    private static String string(ByteBuffer from) {
        int start = from.position();
        int end = start;
        while (end < from.limit() && from.get(end) != 0) {
            end++;
        }
        from.position(Math.min(end + 1, from.limit()));
        return new String(from.array(), start, end - start, UTF_8);
    }

    private static String rest(ByteBuffer from) {
        return new String(from.array(), from.position(), from.remaining(), UTF_8);
    }

    private static byte[] text(String word) {
        return (word + "\0").getBytes(UTF_8);
    }

    /** Just like that: a command under way goes on, and nobody waits for good manners. */
    @Override
    public void close() throws IOException {
        raw.close();
    }
}
