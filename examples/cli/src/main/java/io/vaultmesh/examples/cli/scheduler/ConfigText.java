package io.vaultmesh.examples.cli.scheduler;

import io.vaultmesh.examples.cli.shared.Output;
import io.vaultmesh.scheduler.ConfigEvent;
import java.util.Locale;

/** What happens to a scheduler's files, as text. */
final class ConfigText {

    private ConfigText() {}

    /** A message on the standard error, if something is wrong with them. */
    static void complain(Output output, ConfigEvent event) {
        if (event.what() != ConfigEvent.What.LOADED) {
            output.err().println("vaultmesh: " + name(event) + ": " + event.detail());
        }
    }

    static String name(ConfigEvent event) {
        return event.what().name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
