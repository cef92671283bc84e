package io.vaultmesh.core.faults;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Listens to a child and kills it at a moment drawn by lot: while it opens its log, under load, or while it closes it. */
final class Killing implements AutoCloseable {

    private static final int SIGKILLED = 128 + 9;
    private static final long LONGEST_MICROS = 1_500_000;

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final Random random;

    Killing(Random random) {
        this.random = random;
    }

    private enum When {
        OPENING,
        UNDER_LOAD,
        CLOSING
    }

    /**
     * Listens until the child is dead.
     *
     * @return whether it was killed; if not, it ended by itself
     */
    boolean listen(Process child, Told told) throws IOException, InterruptedException {
        int roll = random.nextInt(10);
        When when = roll < 2 ? When.OPENING : roll < 8 ? When.UNDER_LOAD : When.CLOSING;
        long delay = when == When.UNDER_LOAD ? random.nextInt(3_000) : random.nextInt(20_000);
        long calls = (long) (-80 * Math.log(1 - random.nextDouble()));
        boolean aimed = false;
        try (BufferedReader lines = child.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Fact fact = Fact.parse(line);
                told.add(fact);
                if (fact.kind() == Fact.Kind.OPENING && when != When.OPENING && !aimed) {
                    kill(child, LONGEST_MICROS); // in case that what is waited for never comes
                }
                if (fact.kind().endsACall()) {
                    calls--;
                }
                boolean now = switch (when) {
                    case OPENING -> fact.kind() == Fact.Kind.OPENING;
                    case CLOSING -> fact.kind() == Fact.Kind.CLOSING;
                    case UNDER_LOAD -> calls < 0;
                };
                if (now && !aimed) {
                    aimed = true;
                    kill(child, delay);
                }
            }
        } finally {
            child.toHandle().destroyForcibly();
        }
        return child.waitFor() == SIGKILLED;
    }

    private void kill(Process child, long delayMicros) {
        ProcessHandle handle = child.toHandle(); // unlike the process, it leaves what was said to be read
        clock.schedule(handle::destroyForcibly, delayMicros, TimeUnit.MICROSECONDS);
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
