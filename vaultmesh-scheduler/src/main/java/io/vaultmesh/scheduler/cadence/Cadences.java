package io.vaultmesh.scheduler.cadence;

import java.time.Duration;
import java.util.Map;

/**
 * The two named cadences of a namespace as durations, by which every {@link Cadence} of that namespace becomes one.
 *
 * <p>Either may be a multiple of the other, never of itself. Guaranteed: every duration is from {@link
 * Cadence#SHORTEST} to {@link Cadence#LONGEST}. Not guaranteed: that fast is shorter than strong; that is the
 * operator's business.
 *
 * <p>Immutable and thread-safe.
 *
 * @param fast the length of the fast cadence
 * @param strong the length of the strong cadence
 */
public record Cadences(Duration fast, Duration strong) {

    /**
     * Checks both lengths.
     *
     * @param fast the length of the fast cadence
     * @param strong the length of the strong cadence
     * @throws IllegalArgumentException if one is out of range or has a fraction of a second
     */
    public Cadences {
        fast = Interval.of(fast).length();
        strong = Interval.of(strong).length();
    }

    /**
     * Resolves the two named cadences against each other.
     *
     * @param fast the fast cadence
     * @param strong the strong cadence
     * @return both as durations
     * @throws IllegalArgumentException if one refers to itself, at once or by the other, or if a multiple is longer
     *     than {@link Cadence#LONGEST}
     */
    public static Cadences resolve(Cadence fast, Cadence strong) {
        if (fast instanceof Interval interval) {
            return new Cadences(interval.length(), resolve(Base.STRONG, strong, Base.FAST, interval));
        }
        if (strong instanceof Interval interval) {
            return new Cadences(resolve(Base.FAST, fast, Base.STRONG, interval), interval.length());
        }
        throw new IllegalArgumentException("fast and strong must not be multiples of themselves or each other; fast is "
                + fast + " and strong is " + strong);
    }

    private static Duration resolve(Base name, Cadence cadence, Base known, Interval interval) {
        if (cadence instanceof Multiple multiple && multiple.base() != known) {
            throw new IllegalArgumentException(name + " must not be a multiple of itself; it is " + multiple);
        }
        return lengthOf(cadence, interval.length());
    }

    /**
     * The length of one of a namespace's cadences, of which any may be missing.
     *
     * @param name which
     * @param named those that there are
     * @return its length
     * @throws IllegalArgumentException if it isn't there, or one that it refers to, if it refers to itself, at once or by
     *     another, or if it is longer than {@link Cadence#LONGEST}
     */
    public static Duration lengthOf(Base name, Map<Base, Cadence> named) {
        Cadence cadence = named.get(name);
        if (cadence == null) {
            throw new IllegalArgumentException(name + " is absent, expected a cadence");
        }
        if (!(cadence instanceof Multiple multiple)) {
            return ((Interval) cadence).length();
        }
        Base base = multiple.base();
        if (base == name) {
            throw new IllegalArgumentException(name + " must not be a multiple of itself; it is " + multiple);
        }
        Cadence other = named.get(base);
        if (other == null) {
            throw new IllegalArgumentException(name + " is " + multiple + ", expected " + base + " as well");
        }
        if (name == Base.COLD) { // which nothing is a multiple of
            return lengthOf(multiple, lengthOf(base, named));
        }
        Cadences both = name == Base.FAST ? resolve(cadence, other) : resolve(other, cadence);
        return name == Base.FAST ? both.fast() : both.strong();
    }

    /**
     * The length of a cadence.
     *
     * @param cadence the cadence
     * @return its length
     * @throws IllegalArgumentException if it is a multiple and longer than {@link Cadence#LONGEST}
     */
    public Duration lengthOf(Cadence cadence) {
        return lengthOf(cadence, cadence instanceof Multiple m && m.base() == Base.STRONG ? strong : fast);
    }

    private static Duration lengthOf(Cadence cadence, Duration base) {
        if (cadence instanceof Multiple multiple) {
            Duration length = base.multipliedBy(multiple.factor());
            if (length.compareTo(Cadence.LONGEST) > 0) {
                throw new IllegalArgumentException("a cadence is at most " + Interval.of(Cadence.LONGEST) + "; "
                        + multiple + " with " + multiple.base() + " at " + Interval.of(base) + " is "
                        + length.toSeconds() + "s");
            }
            return length;
        }
        return ((Interval) cadence).length();
    }
}
