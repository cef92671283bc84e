package io.vaultmesh.core.log;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Optional;

/** A log that a web server shows. The server is trusted with nothing: not with an end, and not with an answer. */
final class HttpSource implements LogSource {

    static final Duration DEADLINE = Duration.ofSeconds(30);

    private static final Duration CONNECT = Duration.ofSeconds(10);

    private final URI base;
    private final Duration deadline;
    private final HttpClient client;

    HttpSource(URI base, Duration deadline) {
        this.base = requireBase(base);
        this.deadline = deadline;
        if (deadline.isNegative() || deadline.isZero()) {
            throw new IllegalArgumentException("deadline is " + deadline + ", expected more than nothing");
        }
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(deadline.compareTo(CONNECT) < 0 ? deadline : CONNECT)
                .build();
    }

    private static URI requireBase(URI base) {
        String scheme = base.getScheme();
        if (base.getRawAuthority() != null && base.getRawAuthority().contains("@")) { // never repeat a password
            throw new IllegalArgumentException("a log's URI has user info, expected none");
        }
        boolean http = "http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme);
        if (!http || base.getHost() == null) {
            throw new IllegalArgumentException("a log's URI is " + base + ", expected http or https, and a host");
        }
        if (base.getRawQuery() != null || base.getRawFragment() != null) {
            throw new IllegalArgumentException("a log's URI is " + base + ", expected no query and no fragment");
        }
        return base.toString().endsWith("/") ? base : URI.create(base + "/");
    }

    @Override
    public Optional<byte[]> read(String path) {
        int most = FileSize.most(path);
        URI uri = URI.create(base + path);
        HttpRequest.Builder request = HttpRequest.newBuilder(uri);
        if (path.equals(CHECKPOINT)) {
            request.header("Cache-Control", "no-cache"); // an old one from a cache would look like a step back
        }
        return new HttpAnswer(uri, most).await(client, request.build(), deadline);
    }

    @Override
    public String toString() {
        return base.toString();
    }
}
