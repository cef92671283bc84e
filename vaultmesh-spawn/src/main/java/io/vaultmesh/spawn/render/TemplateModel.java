package io.vaultmesh.spawn.render;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.core.check.CanIgnoreReturnValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a template may say: texts, lists of texts and flags by name. Nothing else, because a template engine can't look into
 * objects of another named module, and should not. Immutable and thread-safe.
 */
public final class TemplateModel {

    private final Map<String, Object> values;

    private TemplateModel(Map<String, Object> values) {
        this.values = values;
    }

    /**
     * Starts an empty model.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    Map<String, Object> values() {
        return values;
    }

    /** Collects the values of a model. Not thread-safe. */
    public static final class Builder {

        private final Map<String, Object> values = new LinkedHashMap<>();

        private Builder() {}

        /**
         * Adds a text.
         *
         * @param name the variable's name
         * @param text its value
         * @return this builder
         * @throws IllegalStateException if the variable has a value
         */
        @CanIgnoreReturnValue
        public Builder text(String name, String text) {
            return put(name, requireNonNull(text, name));
        }

        /**
         * Adds a list of texts.
         *
         * @param name the variable's name
         * @param texts its value
         * @return this builder
         * @throws IllegalStateException if the variable has a value
         */
        @CanIgnoreReturnValue
        public Builder list(String name, List<String> texts) {
            return put(name, List.copyOf(texts));
        }

        /**
         * Adds something that is so or isn't.
         *
         * @param name the variable's name
         * @param value its value
         * @return this builder
         * @throws IllegalStateException if the variable has a value
         */
        @CanIgnoreReturnValue
        public Builder flag(String name, boolean value) {
            return put(name, value);
        }

        private Builder put(String name, Object value) {
            if (values.putIfAbsent(requireNonNull(name, "name"), value) != null) {
                throw new IllegalStateException("variable " + name + " already has a value");
            }
            return this;
        }

        /**
         * The model of the values so far.
         *
         * @return the model
         */
        public TemplateModel build() {
            return new TemplateModel(Map.copyOf(values));
        }
    }
}
