package io.vaultmesh.examples.cli.memory;

import io.vaultmesh.core.json.CanonicalJson;
import io.vaultmesh.core.json.JsonArray;
import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.core.json.JsonString;
import io.vaultmesh.core.json.JsonValue;
import io.vaultmesh.examples.cli.shared.Found;
import io.vaultmesh.examples.cli.shared.MemoryOption;
import io.vaultmesh.examples.cli.shared.NamespaceOption;
import io.vaultmesh.examples.cli.shared.Output;
import io.vaultmesh.examples.cli.shared.Records;
import io.vaultmesh.remembrancer.Namespace;
import io.vaultmesh.remembrancer.Remembrancer;
import io.vaultmesh.remembrancer.memory.BodyRef;
import io.vaultmesh.remembrancer.memory.MemoryRecord;
import io.vaultmesh.remembrancer.memory.Predicate;
import io.vaultmesh.remembrancer.receipt.Receipt;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code vaultmesh memory show}. */
@Command(
        name = "show",
        description = "Shows all that a record says, and its body if that is text.",
        footer = {"", "Example:", "  vaultmesh memory show --memory memory" + " \"$id\""})
final class ShowVerb implements Runnable {

    @Parameters(paramLabel = "ID", description = "The record's id.")
    private String id;

    @Mixin
    private MemoryOption memory;

    @Mixin
    private NamespaceOption namespace;

    @Mixin
    private Output output;

    @Override
    public void run() {
        try (Remembrancer open = memory.open()) {
            Namespace of = namespace.existing(open);
            Receipt receipt = Found.receipt(open, of, id);
            MemoryRecord record = receipt.record();
            Optional<String> body =
                    record.predicate().body().filter(BodyRef::isText).flatMap(ref -> of.body(record));
            output.print(json(receipt, body), text(receipt, body));
        }
    }

    private static JsonObject json(Receipt receipt, Optional<String> body) {
        MemoryRecord record = receipt.record();
        Predicate says = record.predicate();
        JsonObject.Builder attributes = JsonObject.builder();
        says.attributes().forEach(attributes::put);
        JsonObject.Builder json = Records.json(record)
                .put("index", receipt.index())
                .put("namespace", says.namespace().value())
                .put("seq", says.seq())
                .put("attributes", attributes.build())
                .put(
                        "subjects",
                        new JsonArray(record.subjects().stream()
                                .<JsonValue>map(subject -> JsonObject.builder()
                                        .put("name", subject.name())
                                        .put("digest", subject.digest().toString())
                                        .build())
                                .toList()))
                .put(
                        "links",
                        new JsonArray(says.links().stream()
                                .<JsonValue>map(link -> JsonObject.builder()
                                        .put("rel", link.rel().name().toLowerCase(Locale.ROOT))
                                        .put("to", link.to().toString())
                                        .build())
                                .toList()));
        body.ifPresent(text -> json.put("body", text));
        return json.build();
    }

    private static String text(Receipt receipt, Optional<String> body) {
        MemoryRecord record = receipt.record();
        Predicate says = record.predicate();
        StringBuilder out = new StringBuilder();
        line(out, "title", record.title());
        line(out, "kind", record.kind().label());
        line(out, "id", record.id().toString());
        line(out, "index", Long.toString(receipt.index()));
        line(out, "at", says.at().toString());
        line(out, "author", says.author());
        says.component().ifPresent(component -> line(out, "component", component));
        says.version().ifPresent(version -> line(out, "version", version));
        says.attributes()
                .forEach((name, value) -> line(
                        out,
                        "attribute",
                        name + " = "
                                + (value instanceof JsonString text
                                        ? text.value()
                                        : new String(CanonicalJson.encode(value), StandardCharsets.UTF_8))));
        record.subjects().forEach(subject -> line(out, "subject", subject.digest() + "  " + subject.name()));
        says.links().forEach(link -> line(out, "link", link.rel().name().toLowerCase(Locale.ROOT) + " " + link.to()));
        body.ifPresent(text -> out.append('\n').append(text.endsWith("\n") ? text : text + "\n"));
        return out.toString();
    }

    private static void line(StringBuilder out, String label, String value) {
        out.append(String.format("%-9s %s\n", label, value));
    }
}
