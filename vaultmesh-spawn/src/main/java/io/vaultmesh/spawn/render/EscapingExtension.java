package io.vaultmesh.spawn.render;

import io.pebbletemplates.pebble.extension.AbstractExtension;
import io.pebbletemplates.pebble.extension.Filter;
import io.pebbletemplates.pebble.template.EvaluationContext;
import io.pebbletemplates.pebble.template.PebbleTemplate;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Makes {@link Escape} known to templates, one filter for each format. */
final class EscapingExtension extends AbstractExtension {

    @Override
    public Map<String, Filter> getFilters() {
        return Map.of(
                "python", new EscapeFilter(Escape::python),
                "toml", new EscapeFilter(Escape::toml),
                "markdown", new EscapeFilter(Escape::markdown));
    }

    private record EscapeFilter(UnaryOperator<String> escape) implements Filter {

        @Override
        public Object apply(
                @Nullable Object input,
                Map<String, Object> args,
                PebbleTemplate self,
                EvaluationContext context,
                int lineNumber) {
            if (input instanceof String text) {
                return escape.apply(text);
            }
            throw new IllegalArgumentException(
                    self.getName() + " line " + lineNumber + " escapes " + input + ", expected a text");
        }

        @Override
        public @Nullable List<String> getArgumentNames() {
            return null;
        }
    }
}
