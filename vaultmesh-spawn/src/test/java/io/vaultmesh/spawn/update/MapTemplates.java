package io.vaultmesh.spawn.update;

import io.vaultmesh.spawn.Spawner;
import io.vaultmesh.spawn.generator.Generator;
import io.vaultmesh.spawn.generator.Generators;
import io.vaultmesh.spawn.tree.FileContent;
import io.vaultmesh.spawn.tree.RelativePath;
import java.util.Map;
import java.util.TreeMap;

/** Templates that are a map: those of yesterday are had as easily as those of today. */
record MapTemplates(Map<String, FileVersion> files) {

    static final MapTemplates NONE = new MapTemplates(Map.of());

    private MapTemplates with(String path, FileVersion version) {
        Map<String, FileVersion> more = new TreeMap<>(files);
        more.put(path, version);
        return new MapTemplates(more);
    }

    MapTemplates with(String path, String text) {
        return with(path, new FileVersion(FileContent.utf8(text), false));
    }

    MapTemplates with(String path, byte... bytes) {
        return with(path, new FileVersion(FileContent.of(bytes), false));
    }

    MapTemplates withExecutable(String path, String text) {
        return with(path, new FileVersion(FileContent.utf8(text), true));
    }

    MapTemplates without(String path) {
        Map<String, FileVersion> fewer = new TreeMap<>(files);
        fewer.remove(path);
        return new MapTemplates(fewer);
    }

    Spawner.Builder spawner() {
        Spawner.Builder spawner = Spawner.builder()
                .add(Generator.of(
                        "map",
                        (spec, sink) -> files.forEach((path, version) -> {
                            if (version.executable()) {
                                sink.addExecutable(RelativePath.of(path), version.content());
                            } else {
                                sink.add(RelativePath.of(path), version.content());
                            }
                        })));
        Generators.builtIn().ids().forEach(spawner::without);
        return spawner;
    }
}
