package io.vaultmesh.federation.view;

import io.vaultmesh.core.json.JsonArray;
import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.core.json.JsonValue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which anchor of a checkpoint wins: a view, which may be thrown away and made again.
 *
 * <p>Guaranteed: only anchors that were verified here compete; every anchor is there once, won, superseded or unverified;
 * the result depends on the set of anchors and on the rule, not on the order in which they came. Not guaranteed: that
 * another node sees the same winner, for it may have verified others. That is why no view enters a set root.
 *
 * <p>Immutable and thread-safe.
 *
 * @param winner the anchor that wins, if one was verified
 * @param superseded the other verified ones, the best first
 * @param unverified those that don't compete, in the rule's order
 */
public record AnchorView(Optional<Anchor> winner, List<Anchor> superseded, List<Anchor> unverified) {

    /**
     * Creates a view of what was already chosen; {@link #of} chooses.
     *
     * @param winner the anchor that wins, if one was verified
     * @param superseded the other verified ones, the best first
     * @param unverified those that don't compete
     * @throws IllegalArgumentException if there are superseded anchors and none that supersedes them, or one is on the
     *     wrong side of being verified
     */
    public AnchorView {
        superseded = List.copyOf(superseded);
        unverified = List.copyOf(unverified);
        if (winner.isEmpty() && !superseded.isEmpty()) {
            throw new IllegalArgumentException("there is no winner, expected one that supersedes " + superseded);
        }
        if (!winner.map(Anchor::verified).orElse(true)
                || !superseded.stream().allMatch(Anchor::verified)
                || unverified.stream().anyMatch(Anchor::verified)) {
            throw new IllegalArgumentException(
                    "a winner or superseded anchor is unverified, or an unverified one verified");
        }
    }

    /**
     * Chooses among the anchors of one checkpoint.
     *
     * @param anchors all that is known of the checkpoint, in any order; an anchor that is there twice counts once
     * @param rule who wins
     * @return the view
     */
    public static AnchorView of(Collection<Anchor> anchors, AnchorRule rule) {
        Set<Anchor> ordered = new TreeSet<>(rule.order());
        ordered.addAll(anchors.stream().filter(Anchor::verified).toList());
        List<Anchor> verified = List.copyOf(ordered);
        Set<Anchor> others = new TreeSet<>(rule.order());
        others.addAll(anchors.stream().filter(anchor -> !anchor.verified()).toList());
        return new AnchorView(
                verified.stream().findFirst(),
                verified.subList(Math.min(1, verified.size()), verified.size()),
                List.copyOf(others));
    }

    /**
     * What superseded an anchor.
     *
     * @param anchor the anchor
     * @return the winner, if it superseded this one
     */
    public Optional<Anchor> supersededBy(Anchor anchor) {
        return superseded.contains(anchor) ? winner : Optional.empty();
    }

    /**
     * The verified anchors as the original keeps them: the winner first, the others with {@code superseded_by}, which is
     * the winner's {@code chain} and {@code tx}.
     *
     * @return objects of {@code chain}, {@code tx}, {@code block} (where there is one), {@code time} and, of losers,
     *     {@code superseded_by}
     */
    public JsonArray toJson() {
        List<JsonValue> list = new ArrayList<>();
        winner.ifPresent(won -> {
            list.add(json(won).build());
            superseded.forEach(lost -> list.add(json(lost)
                    .put(
                            "superseded_by",
                            JsonObject.builder()
                                    .put("chain", won.chain())
                                    .put("tx", won.transaction())
                                    .build())
                    .build()));
        });
        return new JsonArray(list);
    }

    private static JsonObject.Builder json(Anchor anchor) {
        JsonObject.Builder json = JsonObject.builder()
                .put("chain", anchor.chain())
                .put("tx", anchor.transaction())
                .put("time", anchor.time().toString());
        anchor.height().ifPresent(height -> json.put("block", height));
        return json;
    }
}
