package io.vaultmesh.federation.signature;

import java.util.regex.Pattern;

/** What the two kinds of message cover, and nothing else: the list that a receiver insists on. */
final class Components {

    private static final Pattern METHOD = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,32}");

    private Components() {}

    /**
     * The base of a request.
     *
     * @throws IllegalArgumentException if one of them is no such thing
     */
    static SignatureBase request(
            String method, String authority, String path, String query, String contentDigest, String contentType) {
        if (!METHOD.matcher(method).matches()) {
            throw new IllegalArgumentException(
                    "method is " + Printable.shown(method) + ", expected the method of a request");
        }
        return new SignatureBase()
                .cover("\"@method\"", method)
                .cover("\"@authority\"", Authority.canonical(authority))
                .cover("\"@path\"", path(path))
                .cover("\"@query\"", query(query))
                .cover("\"content-digest\"", contentDigest)
                .cover("\"content-type\"", contentType(contentType));
    }

    /**
     * The base of an answer, to the request whose Signature field is given.
     *
     * @throws IllegalArgumentException if one of them is no such thing
     */
    static SignatureBase response(int status, String contentDigest, String contentType, String requestSignature) {
        if (status < 100 || status > 999) {
            throw new IllegalArgumentException("status is " + status + ", expected three digits");
        }
        if (SignatureValue.parse(requestSignature).isEmpty()) {
            throw new IllegalArgumentException("requestSignature is " + Printable.shown(requestSignature)
                    + ", expected the value of the request's field Signature");
        }
        return new SignatureBase()
                .cover("\"@status\"", Integer.toString(status))
                .cover("\"content-digest\"", contentDigest)
                .cover("\"content-type\"", contentType(contentType))
                .cover("\"signature\";req;key=\"vm\"", SignatureValue.member(requestSignature));
    }

    /** RFC 9421 §2.2.6: as it was sent, without decoding; an absent one is a slash. */
    static String path(String path) {
        boolean form = path.isEmpty() || path.startsWith("/");
        if (!form || path.length() > Printable.MOST || !path.chars().allMatch(ch -> isVisible(ch) && ch != '?')) {
            throw new IllegalArgumentException("path is " + Printable.shown(path) + ", expected / and at most "
                    + Printable.MOST + " visible characters as they were sent");
        }
        return path.isEmpty() ? "/" : path;
    }

    /** RFC 9421 §2.2.7: as it was sent, with its question mark; an absent one is the question mark alone. */
    static String query(String query) {
        boolean form = query.isEmpty() || query.startsWith("?");
        if (!form || query.length() > Printable.MOST || !query.chars().allMatch(Components::isVisible)) {
            throw new IllegalArgumentException("query is " + Printable.shown(query)
                    + ", expected none, or ? and at most " + Printable.MOST + " visible characters as they were sent");
        }
        return query.isEmpty() ? "?" : query;
    }

    private static String contentType(String value) {
        if (value.isBlank() || value.length() > Printable.MOST || !value.strip().equals(value)) {
            throw new IllegalArgumentException(
                    "content type is " + Printable.shown(value) + ", expected a media type without space around it");
        }
        return value;
    }

    private static boolean isVisible(int ch) {
        return ch > ' ' && ch <= '~' && ch != '#';
    }
}
