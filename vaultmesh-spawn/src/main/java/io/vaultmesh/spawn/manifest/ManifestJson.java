package io.vaultmesh.spawn.manifest;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.json.CanonicalJson;
import io.vaultmesh.core.json.JsonArray;
import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.core.json.JsonValue;
import io.vaultmesh.core.json.StrictJson;
import io.vaultmesh.spawn.spec.Language;
import io.vaultmesh.spawn.spec.ServiceSpec;
import io.vaultmesh.spawn.spec.ServiceType;
import io.vaultmesh.spawn.tree.FileContent;
import io.vaultmesh.spawn.tree.RelativePath;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The bytes of a manifest, format 1: the canonical JSON (RFC 8785) of
 *
 * <pre>
 * {"files": [{"executable", "generator", "path", "sha256", "size"}…],   sorted by path, each path once
 *  "format": 1,
 *  "spec": {"commitDate"?, "description", "language", "name", "owner", "type"}}
 * </pre>
 */
final class ManifestJson {

    private static final long FORMAT = 1;

    private ManifestJson() {}

    static FileContent write(ServiceSpec spec, List<ManifestFile> files) {
        JsonObject manifest = JsonObject.builder()
                .put("format", FORMAT)
                .put("spec", write(spec))
                .put(
                        "files",
                        new JsonArray(files.stream().map(ManifestJson::write).toList()))
                .build();
        return FileContent.of(CanonicalJson.encode(manifest));
    }

    private static JsonObject write(ServiceSpec spec) {
        JsonObject.Builder json = JsonObject.builder()
                .put("name", spec.name().value())
                .put("type", spec.type().id())
                .put("language", spec.language().id())
                .put("description", spec.description())
                .put("owner", spec.owner());
        spec.commitDate().ifPresent(date -> json.put("commitDate", date.toString()));
        return json.build();
    }

    private static JsonValue write(ManifestFile file) {
        return JsonObject.builder()
                .put("path", file.path().value())
                .put("sha256", file.sha256().toString())
                .put("size", file.size())
                .put("executable", file.executable())
                .put("generator", file.generator())
                .build();
    }

    /** Reads a manifest; only the very bytes that {@link #write} gives are accepted. */
    static Manifest read(byte[] bytes) {
        JsonObject any = StrictJson.parseObject(bytes, "manifest");
        // the number first: a later format may well have other members
        long format = any.integer("format");
        if (format != FORMAT) {
            throw new IllegalArgumentException("member format is " + format + ", expected " + FORMAT);
        }
        JsonObject json = any.only("files", "format", "spec");
        Manifest manifest = new Manifest(readSpec(json.object("spec")), readFiles(json.array("files")));
        if (!manifest.content().equals(FileContent.of(bytes))) {
            throw new IllegalArgumentException("it says the same as its canonical JSON in other bytes, expected those");
        }
        return manifest;
    }

    private static ServiceSpec readSpec(JsonObject any) {
        JsonObject json = any.only("commitDate", "description", "language", "name", "owner", "type");
        ServiceSpec.Builder spec = ServiceSpec.named(json.string("name"))
                .type(ServiceType.of(json.string("type")))
                .language(Language.of(json.string("language")))
                .description(json.string("description"))
                .owner(json.string("owner"));
        json.optionalString("commitDate").ifPresent(date -> spec.commitDate(readDate(date)));
        return spec.build();
    }

    private static Instant readDate(String date) {
        try {
            return Instant.parse(date);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "member commitDate is \"" + date + "\", expected a date such as 2026-01-01T00:00:00Z", e);
        }
    }

    private static List<ManifestFile> readFiles(JsonArray json) {
        List<ManifestFile> files = new ArrayList<>();
        for (JsonObject any : json.objects()) {
            JsonObject file = any.only("executable", "generator", "path", "sha256", "size");
            files.add(new ManifestFile(
                    RelativePath.of(file.string("path")),
                    Hash.parse(file.string("sha256")),
                    file.integer("size"),
                    file.bool("executable"),
                    file.string("generator")));
        }
        return files;
    }
}
