package io.vaultmesh.remembrancer.index;

import static java.util.stream.Collectors.joining;

import io.vaultmesh.core.json.JsonValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a search asks of {@code record r} beside its words, as SQL with its values. */
record Conditions(String sql, List<Object> values) {

    static Conditions of(Search search) {
        StringBuilder sql = new StringBuilder();
        List<Object> values = new ArrayList<>();
        if (!search.kinds().isEmpty()) {
            sql.append(" AND r.kind IN (")
                    .append(search.kinds().stream().map(kind -> "?").collect(joining(", ")))
                    .append(')');
            search.kinds().forEach(kind -> values.add(kind.label()));
        }
        search.component().ifPresent(name -> {
            sql.append(" AND r.component = (SELECT id FROM component WHERE name = ?)");
            values.add(name);
        });
        search.version().ifPresent(version -> {
            sql.append(" AND r.version = ?");
            values.add(version);
        });
        search.author().ifPresent(author -> {
            sql.append(" AND r.author = (SELECT id FROM author WHERE did = ?)");
            values.add(author);
        });
        if (search.since().isPresent()) {
            sql.append(" AND r.at >= ?");
            values.add(Millis.since(search.since()));
        }
        if (search.until().isPresent()) {
            sql.append(" AND r.at < ?");
            values.add(Millis.until(search.until()));
        }
        search.attributes().forEach((name, value) -> attribute(sql, values, name, value));
        return new Conditions(sql.toString(), values);
    }

    private static void attribute(StringBuilder sql, List<Object> values, String name, JsonValue value) {
        sql.append(" AND r.idx IN (SELECT idx FROM attribute WHERE name = ? AND value = ? AND type = ?)");
        Collections.addAll(values, name, RowWriter.scalar(value), value.type());
    }

    boolean isEmpty() {
        return values.isEmpty();
    }

    /** These values between others. */
    @Nullable
    Object[] between(List<?> before, List<?> after) {
        List<@Nullable Object> all = new ArrayList<>(before);
        all.addAll(values);
        all.addAll(after);
        return all.toArray();
    }
}
