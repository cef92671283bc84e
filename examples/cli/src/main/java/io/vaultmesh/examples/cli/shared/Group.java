package io.vaultmesh.examples.cli.shared;

import java.util.List;

/**
 * A verb that has others below it. Stands for picocli's own {@code subcommands}, which would make all of them for every run;
 * and is no annotation, since to read one takes longer than all the rest of it.
 */
public interface Group {

    /** {@return the verbs below, in the order in which help lists them} */
    List<Verb> verbs();

    /**
     * A verb.
     *
     * @param name what is typed, the same as in its {@code @Command}
     * @param type its class
     */
    record Verb(String name, Class<?> type) {}
}
