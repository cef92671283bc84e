package io.vaultmesh.spawn.spec;

/** The language that a project is written in. */
public enum Language {
    /** Python 3.11 or later. */
    PYTHON("python"),

    /** HCL for Terraform 1.9 or later. */
    TERRAFORM("terraform");

    private final String id;

    Language(String id) {
        this.id = id;
    }

    /**
     * The name of this language in files.
     *
     * @return lower-case ASCII, never changed once released
     */
    public String id() {
        return id;
    }

    /**
     * The language of a given name.
     *
     * @param id the name, as {@link #id()} gives it
     * @return the language
     * @throws SpecException if there is none of that name
     */
    public static Language of(String id) {
        return Ids.find("language", values(), Language::id, id);
    }
}
