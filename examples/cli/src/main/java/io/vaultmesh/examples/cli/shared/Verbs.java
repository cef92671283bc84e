package io.vaultmesh.examples.cli.shared;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The verbs below one, in the order in which help lists them. Stands for picocli's own {@code subcommands}, which would
 * make all of them for every run.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Verbs {

    /** {@return their classes, each with a name of its own} */
    Class<?>[] value();
}
