package io.vaultmesh.scheduler.anchor;

/** What an HTTP status other than success says (RFC 9110 §15, RFC 6585). */
final class HttpStatus {

    private HttpStatus() {}

    static Trouble trouble(int status) {
        return switch (status) {
            case 401, 403, 407 -> Trouble.AUTH;
            case 429 -> Trouble.RATE_LIMITED;
            case 408, 425 -> Trouble.NETWORK;
            // redirects are refused, and lead somewhere else tomorrow as well
            default -> status >= 300 && status < 500 ? Trouble.REJECTED : Trouble.NETWORK;
        };
    }
}
