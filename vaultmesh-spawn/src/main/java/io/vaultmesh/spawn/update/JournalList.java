package io.vaultmesh.spawn.update;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.json.CanonicalJson;
import io.vaultmesh.core.json.JsonArray;
import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.core.json.JsonValue;
import io.vaultmesh.core.json.StrictJson;
import io.vaultmesh.spawn.tree.FileContent;
import io.vaultmesh.spawn.tree.GeneratedFile;
import io.vaultmesh.spawn.tree.RelativePath;
import io.vaultmesh.spawn.tree.StoredZip;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * The archive of an update: each file as it was, and in {@code .vaultmesh/update/files.json} what became of it, format 1:
 * the canonical JSON (RFC 8785) of
 *
 * <pre>
 * {"files": [{"after": {"executable", "sha256"}, "before": {"executable", "permissions", "sha256"}, "path"}…],
 *  "format": 1}
 * </pre>
 *
 * without {@code after} for a file that was removed, without {@code before} for one that wasn't there, and without
 * {@code permissions}, like {@code rw-r-----}, where a file system doesn't know them.
 */
final class JournalList {

    private static final RelativePath LIST = RelativePath.of(".vaultmesh/update/files.json");
    private static final long FORMAT = 1;
    /** What a file may have that was replaced; larger ones never are. */
    private static final int MAX_BYTES = 64 * 1024 * 1024;

    private JournalList() {}

    /** A file without its bytes. */
    record State(Hash sha256, boolean executable) {

        static State of(FileVersion version) {
            return new State(version.hash(), version.executable());
        }

        static State of(JsonObject any) {
            JsonObject json = any.only("executable", "permissions", "sha256");
            return new State(Hash.parse(json.string("sha256")), json.bool("executable"));
        }

        JsonObject.Builder json() {
            return JsonObject.builder().put("sha256", sha256.toString()).put("executable", executable);
        }
    }

    /** A file as it was, and what was made of it. */
    record Entry(
            RelativePath path, Optional<FileVersion> before, Optional<String> permissions, Optional<State> after) {}

    static FileContent write(List<Change> changes, Path root) throws IOException {
        List<JsonValue> files = new ArrayList<>();
        for (Change change : changes) {
            files.add(json(change, Modes.of(change.path().in(root))));
        }
        JsonObject list = JsonObject.builder()
                .put("format", FORMAT)
                .put("files", new JsonArray(files))
                .build();
        Map<RelativePath, GeneratedFile> archived = new TreeMap<>();
        archived.put(LIST, new GeneratedFile(LIST, FileContent.of(CanonicalJson.encode(list)), false, "update"));
        for (Change change : changes) {
            change.before()
                    .ifPresent(old -> archived.put(
                            change.path(),
                            new GeneratedFile(change.path(), old.content(), old.executable(), "update")));
        }
        // no tree: what users have may differ only in case
        return StoredZip.of(archived.values());
    }

    private static JsonObject json(Change change, Optional<String> permissions) {
        JsonObject.Builder json = JsonObject.builder().put("path", change.path().value());
        change.before().ifPresent(version -> {
            JsonObject.Builder before = State.of(version).json();
            permissions.ifPresent(known -> before.put("permissions", known));
            json.put("before", before.build());
        });
        change.after()
                .ifPresent(version -> json.put("after", State.of(version).json().build()));
        return json.build();
    }

    /**
     * Reads an archive.
     *
     * @throws IOException if it can't be read, or is no zip
     * @throws IllegalArgumentException if it isn't one that {@link #write} makes
     */
    static List<Entry> read(Path archive) throws IOException {
        Map<String, FileContent> contents = new HashMap<>();
        try (ZipInputStream in =
                new ZipInputStream(new BufferedInputStream(Files.newInputStream(archive, LinkOption.NOFOLLOW_LINKS)))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                contents.put(entry.getName(), FileContent.of(in.readNBytes(MAX_BYTES)));
            }
        }
        FileContent list = contents.get(LIST.value());
        if (list == null) {
            throw new IllegalArgumentException("there is no " + LIST + " in it");
        }
        JsonObject json = StrictJson.parseObject(list.bytes(), "list");
        if (json.integer("format") != FORMAT) {
            throw new IllegalArgumentException("member format is " + json.integer("format") + ", expected " + FORMAT);
        }
        List<Entry> entries = new ArrayList<>();
        for (JsonObject file : json.array("files").objects()) {
            entries.add(entry(file, contents));
        }
        return entries;
    }

    private static Entry entry(JsonObject file, Map<String, FileContent> contents) {
        RelativePath path = RelativePath.of(file.string("path"));
        Optional<State> after = file.get("after").map(any -> State.of(file.object("after")));
        if (file.get("before").isEmpty()) {
            return new Entry(path, Optional.empty(), Optional.empty(), after);
        }
        State before = State.of(file.object("before"));
        FileContent content = contents.get(path.value());
        if (content == null || !content.hash().equals(before.sha256())) {
            throw new IllegalArgumentException(path + " is not in it as it was");
        }
        Optional<String> permissions = file.object("before").optionalString("permissions");
        permissions.ifPresent(text -> {
            var unused = PosixFilePermissions.fromString(text);
        });
        return new Entry(path, Optional.of(new FileVersion(content, before.executable())), permissions, after);
    }
}
