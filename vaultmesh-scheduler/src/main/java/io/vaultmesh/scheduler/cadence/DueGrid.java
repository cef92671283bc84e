package io.vaultmesh.scheduler.cadence;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.core.hash.Hashing;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

/**
 * When something is due: at the points of a grid over all time, which nothing that happens moves. Between two points lies a
 * tick's window; who serves a tick late has the rest of that window until the next one, and who misses several serves one.
 *
 * <p>Grids of different names have different offsets, so that not everything is due at once. Guaranteed: the grid depends
 * on period and name alone, and so survives a restart. Not guaranteed: that points lie on round times of a clock.
 *
 * <p>Immutable and thread-safe.
 *
 * @param period the length of a tick's window
 * @param offset where the first window after 1970 begins; less than the period
 */
public record DueGrid(Duration period, Duration offset) {

    /**
     * Creates a grid.
     *
     * @param period the length of a tick's window
     * @param offset where the first window after 1970 begins
     * @throws IllegalArgumentException if the period is none of a cadence, or the offset negative or not below it
     */
    public DueGrid {
        period = Interval.of(requireNonNull(period, "period")).length();
        if (offset.isNegative() || offset.compareTo(period) >= 0) {
            throw new IllegalArgumentException(
                    "the offset of a grid is " + offset + ", expected at least nothing and less than " + period);
        }
    }

    /**
     * The grid of a name.
     *
     * @param period the length of a tick's window
     * @param name what is due; its hash says where in the period the points lie
     * @return the grid
     * @throws IllegalArgumentException if the period is none of a cadence
     */
    public static DueGrid of(Duration period, String name) {
        return new DueGrid(period, share(period, name));
    }

    /**
     * A part of a time that depends on a name alone, by which things that would happen at once are spread.
     *
     * @param whole the time, less than a thousand years
     * @param name what is to happen
     * @return at least nothing, less than the whole unless that is nothing; whole milliseconds
     */
    public static Duration share(Duration whole, String name) {
        int hash = ByteBuffer.wrap(
                        Hashing.sha256(name.getBytes(StandardCharsets.UTF_8)).bytes())
                .getInt();
        double fraction = Integer.toUnsignedLong(hash) / 0x1p32;
        return Duration.ofMillis((long) (whole.toMillis() * fraction));
    }

    /**
     * The window that an instant is in.
     *
     * @param now the instant
     * @return from the last point that isn't after it to the next one
     */
    public Window at(Instant now) {
        long since = Math.floorMod(now.toEpochMilli() - offset.toMillis(), period.toMillis());
        return Window.of(Instant.ofEpochMilli(now.toEpochMilli() - since), period);
    }
}
