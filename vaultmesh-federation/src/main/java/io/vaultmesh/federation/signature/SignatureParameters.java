package io.vaultmesh.federation.signature;

import static io.vaultmesh.federation.signature.SignatureRefused.Reason.COMPONENTS;
import static io.vaultmesh.federation.signature.SignatureRefused.Reason.LABEL;
import static io.vaultmesh.federation.signature.SignatureRefused.Reason.PARAMETERS;

/**
 * The parameters of a signature (RFC 9421 §2.3), in the one order and form that is sent and accepted: {@code
 * ;created=1;expires=2;nonce="…";alg="ed25519";keyid="did:key:…";tag="vaultmesh-fed-v1"}.
 *
 * @param created when it was made, in seconds since 1970
 * @param expires when its time is over, in seconds since 1970
 * @param nonce 32 lower-case hex digits, which are 128 random bits
 * @param keyId the text of the did:key
 */
record SignatureParameters(long created, long expires, String nonce, String keyId) {

    /** The longest that a signature may be valid, in seconds. */
    static final long LONGEST = 60;

    private static final String ALG = ";alg=\"ed25519\"";
    private static final String TAG = ";tag=\"vaultmesh-fed-v1\"";
    private static final int NONCE_LENGTH = 32;

    /** As the signature base has it, after the components. */
    String text() {
        return ";created=" + created + ";expires=" + expires + ";nonce=\"" + nonce + "\"" + ALG + ";keyid=\"" + keyId
                + "\"" + TAG;
    }

    /** The field Signature-Input. */
    String field(SignatureBase base) {
        return SignatureValue.LABEL + "=" + base.covered() + text();
    }

    /** Reads a field Signature-Input, of which {@link #field} gives every byte. */
    static SignatureParameters parse(String field, SignatureBase base) {
        String label = SignatureValue.LABEL + "=";
        if (!field.startsWith(label + "(")) {
            throw new SignatureRefused(
                    LABEL,
                    "Signature-Input is " + Printable.shown(field) + ", expected the one label " + label + "(…)");
        }
        String expected = label + base.covered();
        if (!field.startsWith(expected)) {
            throw new SignatureRefused(
                    COMPONENTS,
                    "Signature-Input is " + Printable.shown(field) + ", expected to cover exactly " + base.covered());
        }
        return new Reader(field, expected.length()).read();
    }

    private static boolean isHex(String text) {
        return text.chars().allMatch(ch -> (ch >= '0' && ch <= '9') || (ch >= 'a' && ch <= 'f'));
    }

    /** Goes through the parameters from left to right. */
    private static final class Reader {

        private final String field;
        private int at;

        Reader(String field, int at) {
            this.field = field;
            this.at = at;
        }

        SignatureParameters read() {
            long created = seconds(";created=");
            long expires = seconds(";expires=");
            String nonce = quoted(";nonce=\"");
            if (nonce.length() != NONCE_LENGTH || !isHex(nonce)) {
                throw refused(
                        "nonce is " + Printable.shown(nonce) + ", expected " + NONCE_LENGTH + " lower-case hex digits");
            }
            expect(ALG);
            String keyId = quoted(";keyid=\"");
            expect(TAG);
            if (field.startsWith(",", at)) {
                throw new SignatureRefused(LABEL, "Signature-Input has more than one label, expected one");
            }
            if (at < field.length()) {
                throw unexpected("its end");
            }
            if (expires <= created || expires - created > LONGEST) {
                throw refused("expires is " + (expires - created) + " s after created, expected 1 to " + LONGEST);
            }
            return new SignatureParameters(created, expires, nonce, keyId);
        }

        private void expect(String text) {
            if (!field.startsWith(text, at)) {
                throw unexpected(text);
            }
            at += text.length();
        }

        private long seconds(String name) {
            expect(name);
            int start = at;
            while (at < field.length() && field.charAt(at) >= '0' && field.charAt(at) <= '9') {
                at++;
            }
            String digits = field.substring(start, at);
            if (digits.isEmpty() || digits.length() > 12 || digits.startsWith("0")) {
                throw refused(name.substring(1) + Printable.shown(digits)
                        + ", expected seconds since 1970 of at most 12 digits");
            }
            return Long.parseLong(digits);
        }

        private String quoted(String name) {
            expect(name);
            int end = field.indexOf('"', at);
            if (end < 0) {
                throw unexpected("a text in quotes");
            }
            String text = field.substring(at, end);
            at = end + 1;
            return text;
        }

        private SignatureRefused unexpected(String expected) {
            String there = at < field.length() ? Printable.shown(field.substring(at)) : "its end";
            return refused("there is " + there + ", expected " + expected);
        }

        private static SignatureRefused refused(String what) {
            return new SignatureRefused(PARAMETERS, "in the parameters of Signature-Input " + what);
        }
    }
}
