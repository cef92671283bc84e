package io.vaultmesh.spawn;

/** How much of a service is checked when it is spawned. */
public enum Verification {
    /** Nothing. */
    NONE,

    /**
     * Every file is read by a parser of its format, and links, names, ports, metrics and settings must agree across
     * files. Python's syntax is checked by Python itself, which compiles the files and runs none, and is not checked
     * where there is none; a Makefile, a Dockerfile, an .editorconfig and an .env.example are read line by line, and files of
     * Terraform down to their blocks and attributes. Nothing that was generated is run. Not checked are what a cluster, GitHub, Prometheus and Grafana make of their files
     * beyond YAML and JSON, and what a program means.
     */
    STATIC,

    /**
     * What {@link #STATIC} checks, and the service's own tests, run in a temporary copy by the tools that are on the
     * {@code PATH}; not checked if they aren't there.
     */
    TESTS
}
