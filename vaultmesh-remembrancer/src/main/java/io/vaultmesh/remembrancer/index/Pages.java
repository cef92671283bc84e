package io.vaultmesh.remembrancer.index;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Rows that are read in pages, each of which begins after the last row of the one before. */
final class Pages<T> extends Spliterators.AbstractSpliterator<T> {

    /** The most rows that are held at once. */
    static final int LENGTH = 500;

    private final Function<@Nullable T, List<T>> after;
    private final Queue<T> page = new ArrayDeque<>();
    private @Nullable T last;
    private boolean ended;

    private Pages(Function<@Nullable T, List<T>> after) {
        super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL);
        this.after = after;
    }

    /**
     * Streams pages.
     *
     * @param after the page after a row; the first one after null; an empty one is the end
     */
    static <T> Stream<T> stream(Function<@Nullable T, List<T>> after) {
        return StreamSupport.stream(new Pages<>(after), false);
    }

    @Override
    public boolean tryAdvance(Consumer<? super T> action) {
        if (page.isEmpty() && !ended) {
            page.addAll(after.apply(last));
            ended = page.isEmpty();
        }
        T row = page.poll();
        if (row == null) {
            return false;
        }
        last = row;
        action.accept(row);
        return true;
    }
}
