package io.vaultmesh.federation.guard;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/** Whether a request may be answered now. */
public sealed interface Entry {

    /**
     * It may be; until it is closed, it takes one of the places that its namespace has. Thread-safe.
     */
    final class Admitted implements Entry, AutoCloseable {

        private final Guard guard;
        private final Allowance allowance;
        private final Places places;
        private boolean closed;

        Admitted(Guard guard, Allowance allowance, Places places) {
            this.guard = guard;
            this.allowance = allowance;
            this.places = places;
        }

        /**
         * Charges the answer, whose size was not known before. It may go into debt, which is waited off before the next
         * request.
         *
         * @param bytes how many bytes it has, 0 to 2⁴⁰
         * @throws IllegalArgumentException if they are negative or more
         */
        public void charge(long bytes) {
            guard.charge(allowance, bytes);
        }

        /** Gives the place back; again, it does nothing. */
        @Override
        public void close() {
            synchronized (this) {
                if (closed) {
                    return;
                }
                closed = true;
            }
            guard.giveBack(places);
        }
    }

    /**
     * It may not be, and wasn't charged.
     *
     * @param reason why
     * @param retryAfter how long to wait, more than zero; for {@link Refusal#REQUESTS}, {@link Refusal#BYTES} and {@link
     *     Refusal#GREYLISTED} that is enough if the peer does nothing meanwhile, for {@link Refusal#BUSY} it is a guess
     */
    record Refused(Refusal reason, Duration retryAfter) implements Entry {

        /**
         * Creates a refusal.
         *
         * @param reason why
         * @param retryAfter how long to wait, more than zero
         * @throws IllegalArgumentException if that is zero or less
         */
        public Refused {
            requireNonNull(reason, "reason");
            if (retryAfter.isZero() || retryAfter.isNegative()) {
                throw new IllegalArgumentException("retryAfter is " + retryAfter + ", expected more than zero");
            }
        }
    }
}
