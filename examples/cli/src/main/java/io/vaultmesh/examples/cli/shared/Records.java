package io.vaultmesh.examples.cli.shared;

import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.remembrancer.memory.MemoryRecord;

/** How lists show a record: time, kind, id, title. */
public final class Records {

    private Records() {}

    public static void print(MemoryRecord record, Output output) {
        output.print(json(record).build(), line(record));
    }

    private static String line(MemoryRecord record) {
        return record.predicate().at() + "  " + record.kind().label() + "  " + record.id() + "  " + record.title()
                + "\n";
    }

    /** What every JSON object about a record begins with. */
    public static JsonObject.Builder json(MemoryRecord record) {
        JsonObject.Builder json = JsonObject.builder()
                .put("id", record.id().toString())
                .put("kind", record.kind().label())
                .put("title", record.title())
                .put("at", record.predicate().at().toString())
                .put("author", record.predicate().author());
        record.predicate().component().ifPresent(component -> json.put("component", component));
        record.predicate().version().ifPresent(version -> json.put("version", version));
        return json;
    }
}
