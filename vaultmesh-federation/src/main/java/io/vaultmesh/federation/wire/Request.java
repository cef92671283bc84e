package io.vaultmesh.federation.wire;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.remembrancer.memory.NamespaceName;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What one peer asks of another, about one namespace. Immutable and thread-safe. */
public final class Request {

    /** What every path begins with. */
    public static final String PREFIX = "/fed/v1/";

    // the paths of C2SP tlog-tiles; a namespace's name has no slash
    private static final Pattern PATH = Pattern.compile(
            "/fed/v1/([^/]+)/(checkpoint|announce|reconcile|fetch|push|body|tile/([0-9]|[1-5][0-9]|6[0-3])/"
                    + "(x[0-9]{3}/){0,5}[0-9]{3}([.]p/[0-9]{1,3})?)");

    private final Operation operation;
    private final NamespaceName namespace;
    private final String file;
    private final byte[] body;

    private Request(Operation operation, NamespaceName namespace, String file, byte[] body) {
        this.operation = operation;
        this.namespace = namespace;
        this.file = file;
        this.body = body;
    }

    /**
     * A request.
     *
     * @param operation what for, not {@link Operation#TILE}
     * @param namespace the namespace
     * @param body its content
     * @return the request
     */
    public static Request of(Operation operation, NamespaceName namespace, byte[] body) {
        return new Request(operation, requireNonNull(namespace, "namespace"), operation.label(), body.clone());
    }

    /**
     * A request for a file of the log.
     *
     * @param namespace the namespace
     * @param file the path of a tile, or {@code checkpoint}
     * @return the request
     */
    public static Request file(NamespaceName namespace, String file) {
        return parse("GET", PREFIX + namespace.pathName() + "/" + file, new byte[0]);
    }

    /**
     * Reads a request.
     *
     * @param method its method
     * @param path its path
     * @param body its content
     * @return the request
     * @throws WireException if there is no such operation, or the namespace's name is none
     */
    public static Request parse(String method, String path, byte[] body) {
        Matcher matcher = PATH.matcher(path);
        if (!matcher.matches()) {
            throw new WireException("path is " + shown(path) + ", expected " + PREFIX + "<namespace>/<operation>");
        }
        String file = matcher.group(2);
        Operation operation = Arrays.stream(Operation.values())
                .filter(each -> file.equals(each.label()) || file.startsWith(each.label() + "/"))
                .findFirst()
                .orElseThrow();
        if (!method.equals(operation.isGet() ? "GET" : "POST")) {
            throw new WireException("method is " + shown(method) + ", expected " + (operation.isGet() ? "GET" : "POST")
                    + " for " + operation.label());
        }
        if (operation.isGet() && body.length > 0) {
            throw new WireException("a request for " + file + " has " + body.length + " bytes, expected none");
        }
        try {
            return new Request(operation, NamespaceName.ofPathName(matcher.group(1)), file, body.clone());
        } catch (IllegalArgumentException e) {
            throw new WireException(String.valueOf(e.getMessage()));
        }
    }

    private static String shown(String text) {
        return "\"" + (text.length() <= 60 ? text : text.substring(0, 60) + "…") + "\"";
    }

    /** {@return what is asked for} */
    public Operation operation() {
        return operation;
    }

    /** {@return the namespace} */
    public NamespaceName namespace() {
        return namespace;
    }

    /** {@return the file of the log, as {@code tile/0/000}, or the operation's name} */
    public String file() {
        return file;
    }

    /** {@return the method of HTTP} */
    public String method() {
        return operation.isGet() ? "GET" : "POST";
    }

    /** {@return the path} */
    public String path() {
        return PREFIX + namespace.pathName() + "/" + file;
    }

    /** {@return a copy of its content} */
    public byte[] body() {
        return body.clone();
    }

    /** {@return how many bytes its content has} */
    public int length() {
        return body.length;
    }

    @Override
    public String toString() {
        return method() + " " + path() + " (" + body.length + " bytes)";
    }
}
