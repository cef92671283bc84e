package io.vaultmesh.spawn.generator;

import io.vaultmesh.spawn.tree.FileContent;
import io.vaultmesh.spawn.tree.FileTree;
import io.vaultmesh.spawn.tree.GeneratedFile;
import io.vaultmesh.spawn.tree.RelativePath;
import java.util.List;
import java.util.Locale;

/** Takes the files that one generator makes. Not thread-safe. */
public final class FileSink {

    /** What the library keeps about a service, beside the service's own files. */
    private static final String RESERVED = ".vaultmesh";

    private final String generator;
    private final List<String> generators;
    private final List<Dependency> dependencies;
    private final FileTree.Builder tree;

    FileSink(String generator, List<String> generators, List<Dependency> dependencies, FileTree.Builder tree) {
        this.generator = generator;
        this.generators = generators;
        this.dependencies = dependencies;
        this.tree = tree;
    }

    /**
     * Which generators work together on this service, so that one can say whether to expect what another makes.
     *
     * @return their ids, in the order in which they run
     */
    public List<String> generators() {
        return generators;
    }

    /**
     * What all generators of this service declared.
     *
     * @return the packages, sorted by name, each once
     */
    public List<Dependency> dependencies() {
        return dependencies;
    }

    /**
     * Adds a text file.
     *
     * @param path where it lies
     * @param text its content, written in UTF-8 as it stands
     * @throws IllegalArgumentException if a file of that path can't be added, or the text has no UTF-8 form
     */
    public void add(RelativePath path, String text) {
        add(path, FileContent.utf8(text));
    }

    /**
     * Adds a file.
     *
     * @param path where it lies
     * @param content its content
     * @throws IllegalArgumentException if a file of that path can't be added: another generator has made it, or one
     *     that can't stand beside it, or it lies in {@code .vaultmesh}
     */
    public void add(RelativePath path, FileContent content) {
        put(new GeneratedFile(path, content, false, generator));
    }

    /**
     * Adds a file that may be run.
     *
     * @param path where it lies
     * @param content its content
     * @throws IllegalArgumentException as {@link #add(RelativePath, FileContent)} does
     */
    public void addExecutable(RelativePath path, FileContent content) {
        put(new GeneratedFile(path, content, true, generator));
    }

    private void put(GeneratedFile file) {
        if (file.path().segments().get(0).toLowerCase(Locale.ROOT).equals(RESERVED)) {
            throw new IllegalArgumentException(file.path() + " of generator " + generator + " lies in " + RESERVED
                    + ", which is kept for the manifest; expected another directory");
        }
        tree.add(file);
    }
}
