package io.vaultmesh.spawn.spec;

/** What kind of service is made. */
public enum ServiceType {
    /** An HTTP service: answers requests, says whether it lives and whether it is ready. */
    SERVICE("service");

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
     * @throws IllegalArgumentException if there is none of that name
     */
    public static ServiceType of(String id) {
        for (ServiceType type : values()) {
            if (type.id.equals(id)) {
                return type;
            }
        }
        throw new IllegalArgumentException("service type " + Texts.quote(id) + " is unknown, expected: service");
    }
}
