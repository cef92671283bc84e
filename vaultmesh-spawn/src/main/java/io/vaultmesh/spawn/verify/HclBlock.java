package io.vaultmesh.spawn.verify;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A block of HCL.
 *
 * @param type its first word; empty of a whole file
 * @param labels what stands before its brace
 * @param attributes its own attributes, by name
 * @param blocks the blocks within it
 */
record HclBlock(String type, List<String> labels, Map<String, HclExpression> attributes, List<HclBlock> blocks) {

    HclBlock {
        labels = List.copyOf(labels);
        attributes = Map.copyOf(attributes);
        blocks = List.copyOf(blocks);
    }

    /** The blocks of a type that are within it. */
    Stream<HclBlock> blocks(String wanted) {
        return blocks.stream().filter(block -> block.type.equals(wanted));
    }

    /** Its last label, by which others know it. */
    String name() {
        return labels.isEmpty() ? "" : labels.get(labels.size() - 1);
    }

    Optional<HclExpression> attribute(String name) {
        return Optional.ofNullable(attributes.get(name));
    }

    /** The values of all attributes, those in blocks too. */
    Stream<HclExpression> expressions() {
        return Stream.concat(attributes.values().stream(), blocks.stream().flatMap(HclBlock::expressions));
    }
}
