package io.vaultmesh.core.faults;

import java.nio.file.Path;

/** A process that puts load on a log until it is killed. */
final class LoadedChild {

    private LoadedChild() {}

    /** Takes the log's directory, the seed of the calls, and how many threads there are. */
    public static void main(String[] args) {
        Voice voice = new Voice();
        voice.endWithTheParent();
        Load load = new Load(
                Place.directory(Path.of(args[0])),
                Long.parseLong(args[1]),
                Integer.parseInt(args[2]),
                Integer.MAX_VALUE,
                fact -> {
                    voice.say(fact);
                    if (fact.kind() == Fact.Kind.BROKEN) {
                        Runtime.getRuntime().halt(1);
                    }
                },
                () -> false);
        load.run();
    }
}
