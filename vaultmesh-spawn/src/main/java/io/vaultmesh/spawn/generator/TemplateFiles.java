package io.vaultmesh.spawn.generator;

import io.vaultmesh.spawn.render.TemplateModel;
import io.vaultmesh.spawn.render.Templates;
import io.vaultmesh.spawn.spec.ServiceSpec;
import io.vaultmesh.spawn.tree.RelativePath;

/** Adds the files that templates give, all with one model. */
record TemplateFiles(FileSink files, TemplateModel model) {

    /** Adds the files that the templates of the same paths give. */
    void add(String directory, String... paths) {
        for (String path : paths) {
            addAs(directory + "/" + path, path);
        }
    }

    /** Adds the file that a template gives. */
    void addAs(String template, String path) {
        files.add(RelativePath.of(path), Templates.render(template, model));
    }

    /** Adds what git and editors need to know about text. */
    void addTextRules() {
        addAs("common/gitattributes", ".gitattributes");
        addAs("common/editorconfig", ".editorconfig");
    }

    /** Adds what is checked, and by whom, in every language. */
    void addReview(ServiceSpec spec) {
        if (spec.codeOwner().isPresent()) {
            addAs("common/github/CODEOWNERS", ".github/CODEOWNERS");
        }
        addAs("common/yamllint", ".yamllint");
        add("common", "scripts/drift.py");
    }
}
