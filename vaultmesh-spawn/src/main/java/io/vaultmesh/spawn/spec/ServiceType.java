package io.vaultmesh.spawn.spec;

/**
 * What kind of project is made. A service, an API and a worker say whether they live and whether they are ready, measure
 * what they do, and can have any {@link Feature}; a tool and a module run nothing that stays, and have none.
 */
public enum ServiceType {
    /** An HTTP service that says what it is: the smallest one that can be deployed. */
    SERVICE("service"),

    /** An HTTP interface to things that can be listed, read, made, changed and removed, after a published contract. */
    API("api"),

    /** Takes jobs from a queue, one after the other or several at a time, and loses none. */
    WORKER("worker"),

    /** A program for the command line: it reads its input, prints its result, and ends with a status that says how it went. */
    TOOL("tool"),

    /** A module of infrastructure, in {@link Language#TERRAFORM}. */
    INFRA("infra");

    private final String id;

    ServiceType(String id) {
        this.id = id;
    }

    /**
     * The name of this type in files.
     *
     * @return lower-case ASCII, never changed once released
     */
    public String id() {
        return id;
    }

    /**
     * The type of a given name.
     *
     * @param id the name, as {@link #id()} gives it
     * @return the type
     * @throws SpecException if there is none of that name
     */
    public static ServiceType of(String id) {
        return Ids.find("type", values(), ServiceType::id, id);
    }
}
