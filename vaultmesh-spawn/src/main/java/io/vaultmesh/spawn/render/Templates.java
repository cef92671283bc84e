package io.vaultmesh.spawn.render;

import static java.util.Objects.requireNonNull;

import io.pebbletemplates.pebble.PebbleEngine;
import io.pebbletemplates.pebble.error.PebbleException;
import io.pebbletemplates.pebble.loader.ClasspathLoader;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Locale;

/**
 * The built-in templates. The same template and model give the same text in any locale, time zone and on any system.
 *
 * <p>Nothing is escaped by itself, since every format has rules of its own: a template passes free text through one of
 * the filters {@code python}, {@code toml}, {@code json}, {@code yaml}, {@code java}, {@code typescript}, {@code hcl},
 * {@code dockerfile}, {@code shell}, {@code make} or {@code markdown}. Thread-safe.
 */
public final class Templates {

    /** Not below {@code templates/}: that would be a package, and hidden by the module. */
    private static final String PREFIX = "META-INF/vaultmesh/templates/";

    private static final String SUFFIX = ".peb";

    private static final PebbleEngine ENGINE = engine();

    private Templates() {}

    private static PebbleEngine engine() {
        ClasspathLoader loader = new ClasspathLoader(requireNonNull(Templates.class.getClassLoader()));
        loader.setPrefix(PREFIX);
        loader.setSuffix(SUFFIX);
        return new PebbleEngine.Builder()
                .loader(loader)
                .strictVariables(true)
                .autoEscaping(false)
                .newLineTrimming(false)
                .defaultLocale(Locale.ROOT)
                .extension(new EscapingExtension())
                .build();
    }

    /**
     * Renders a template.
     *
     * @param template its path below the templates, without the ending, for example {@code "python/Makefile"}
     * @param model its variables
     * @return the text
     * @throws IllegalArgumentException if there is no such template, or it asks for a variable that the model lacks
     */
    public static String render(String template, TemplateModel model) {
        StringWriter out = new StringWriter();
        try {
            ENGINE.getTemplate(template).evaluate(out, model.values(), Locale.ROOT);
        } catch (PebbleException e) {
            throw new IllegalArgumentException("template " + template + " can't be rendered: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("a writer to memory failed", e);
        }
        return out.toString();
    }
}
