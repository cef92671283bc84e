package io.vaultmesh.examples.cli.spawn;

import io.vaultmesh.spawn.Spawner;
import io.vaultmesh.spawn.spec.ServiceSpec;

/**
 * Reads the templates while the arguments are parsed: each takes a quarter of the time that a service takes, and there is
 * more than one processor.
 */
public final class Ahead {

    private Ahead() {}

    /** Starts a thread that ends by itself, or with the process. */
    public static void start() {
        Thread thread = new Thread(
                () -> {
                    var unused = Spawner.builder()
                            .build()
                            .plan(ServiceSpec.named("ahead").build());
                },
                "vaultmesh-ahead");
        thread.setDaemon(true);
        // what fails here fails in the verb too, which reports it
        thread.setUncaughtExceptionHandler((failed, failure) -> {});
        thread.start();
    }
}
