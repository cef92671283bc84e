package io.vaultmesh.spawn.manifest;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.json.CanonicalJson;
import io.vaultmesh.core.json.JsonArray;
import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.core.json.JsonValue;
import io.vaultmesh.core.json.StrictJson;
import io.vaultmesh.spawn.spec.ServiceSpec;
import io.vaultmesh.spawn.tree.FileContent;
import io.vaultmesh.spawn.tree.RelativePath;
import java.util.ArrayList;
import java.util.List;

/**
 * The bytes of a manifest, format 1: the canonical JSON (RFC 8785) of
 *
 * <pre>
 * {"base": {"path", "sha256", "size"},
 *  "files": [{"executable", "generator", "path", "sha256", "size"}…],   sorted by path, each path once
 *  "format": 1,
 *  "spec": {…}}                                                          as {@link ServiceSpec#toJson} has it
 * </pre>
 */
final class ManifestJson {

    private static final long FORMAT = 1;

    private ManifestJson() {}

    static FileContent write(ServiceSpec spec, ManifestBase base, List<ManifestFile> files) {
        JsonObject manifest = JsonObject.builder()
                .put("format", FORMAT)
                .put("spec", spec.toJson())
                .put(
                        "base",
                        JsonObject.builder()
                                .put("path", Manifest.BASE.value())
                                .put("sha256", base.sha256().toString())
                                .put("size", base.size())
                                .build())
                .put(
                        "files",
                        new JsonArray(files.stream()
                                .<JsonValue>map(ManifestJson::write)
                                .toList()))
                .build();
        return FileContent.of(CanonicalJson.encode(manifest));
    }

    static JsonObject write(ManifestFile file) {
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
        JsonObject json = any.only("base", "files", "format", "spec");
        Manifest manifest = new Manifest(
                ServiceSpec.fromJson(json.object("spec")),
                readBase(json.object("base")),
                readFiles(json.array("files")));
        if (!manifest.content().equals(FileContent.of(bytes))) {
            throw new IllegalArgumentException("it says the same as its canonical JSON in other bytes, expected those");
        }
        return manifest;
    }

    private static ManifestBase readBase(JsonObject any) {
        JsonObject base = any.only("path", "sha256", "size");
        if (!base.string("path").equals(Manifest.BASE.value())) {
            throw new IllegalArgumentException(
                    "path of base is \"" + base.string("path") + "\", expected " + Manifest.BASE);
        }
        return new ManifestBase(Hash.parse(base.string("sha256")), base.integer("size"));
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
