package io.vaultmesh.federation.signature;

import java.io.Serial;

/**
 * A message is not signed as it must be; nothing of it may be used. The message of the exception is a sentence for people
 * that says what was wrong and what was expected. It may be shown to the sender: it never tells which keys or names are
 * known.
 */
public final class SignatureRefused extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    /** What was wrong, as one of a few words that can be counted. */
    public enum Reason {
        /** There is no signature. */
        UNSIGNED,
        /** A field is missing, there twice, too long or not of its form; or the method, path or query is no such thing. */
        MALFORMED,
        /** The label isn't {@code vm}, or isn't the only one. */
        LABEL,
        /** Not exactly the components are covered that must be, in their order. */
        COMPONENTS,
        /** The parameters are not exactly those that must be there, in their order and form. */
        PARAMETERS,
        /** The request is for somebody else. */
        AUTHORITY,
        /** It was created later than now, by more than clocks may differ. */
        CLOCK,
        /** Its time is over. */
        EXPIRED,
        /** It was created before this verifier, or within the same second, and may have been accepted then. */
        BEFORE_START,
        /** The key that it names is not in the allowlist; or an answer names another key than that of the peer asked. */
        UNKNOWN_KEY,
        /** The signature is not that of the key over this message. */
        SIGNATURE,
        /** The same request was accepted before. */
        REPLAYED,
        /** The key has sent so many requests within two minutes that no more nonces of it are remembered. */
        TOO_MANY,
        /** The body is not the one whose digest was signed. */
        DIGEST
    }

    /** The reason. */
    private final Reason reason;

    /**
     * Creates an exception.
     *
     * @param reason what was wrong
     * @param message what was wrong and what was expected, for people
     */
    SignatureRefused(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** {@return what was wrong} */
    public Reason reason() {
        return reason;
    }
}
