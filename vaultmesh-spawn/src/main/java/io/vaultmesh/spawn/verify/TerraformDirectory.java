package io.vaultmesh.spawn.verify;

import io.vaultmesh.spawn.tree.GeneratedFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A module of Terraform: what the files of one directory say together.
 *
 * @param path the directory; empty for that of the project
 * @param blocks the blocks of all its files
 */
record TerraformDirectory(String path, List<HclBlock> blocks) {

    TerraformDirectory {
        blocks = List.copyOf(blocks);
    }

    /** All modules of a project, by their directories; a file that can't be read has a check of its own. */
    static Map<String, TerraformDirectory> all(ProjectFiles files) {
        Map<String, List<HclBlock>> blocks = new TreeMap<>();
        files.matching("(?:.*/)?[^/]*\\.tf")
                .forEach(file -> blocks.computeIfAbsent(ProjectFiles.directoryOf(file), none -> new ArrayList<>())
                        .addAll(blocksOf(file)));
        Map<String, TerraformDirectory> all = new TreeMap<>();
        blocks.forEach((path, ofAll) -> all.put(path, new TerraformDirectory(path, ofAll)));
        return all;
    }

    static List<HclBlock> blocksOf(GeneratedFile file) {
        try {
            return HclReader.read(file.content().text()).blocks();
        } catch (IOException e) {
            return List.of();
        }
    }

    Stream<HclBlock> blocks(String type) {
        return blocks.stream().filter(block -> block.type().equals(type));
    }

    Set<String> names(String type) {
        return blocks(type).map(HclBlock::name).collect(Collectors.toSet());
    }

    Optional<HclBlock> block(String type, String name) {
        return blocks(type).filter(block -> block.name().equals(name)).findFirst();
    }

    Set<String> locals() {
        return blocks("locals")
                .flatMap(block -> block.attributes().keySet().stream())
                .collect(Collectors.toSet());
    }

    /** Resources by the names that others refer to them with: type, a dot and name. */
    Set<String> resources() {
        return blocks("resource").map(block -> String.join(".", block.labels())).collect(Collectors.toSet());
    }

    /** How a message names it. */
    String shown() {
        return path.isEmpty() ? "the module" : path;
    }
}
