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
        return Map.ofEntries(
                filter("python", Escape::python),
                filter("toml", Escape::toml),
                filter("json", Escape::json),
                filter("yaml", Escape::yaml),
                filter("java", Escape::java),
                filter("typescript", Escape::typescript),
                filter("hcl", Escape::hcl),
                filter("dockerfile", Escape::dockerfile),
                filter("shell", Escape::shell),
                filter("make", Escape::make),
                filter("markdown", Escape::markdown));
    }

    private static Map.Entry<String, Filter> filter(String name, UnaryOperator<String> escape) {
        return Map.entry(name, new EscapeFilter(escape));
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
