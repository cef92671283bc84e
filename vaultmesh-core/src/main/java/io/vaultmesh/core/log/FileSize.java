package io.vaultmesh.core.log;

import io.vaultmesh.core.hash.Hash;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How long a published file can be, by its path: what is longer is not read to its end. */
final class FileSize {

    /** A checkpoint is one text and up to a hundred signatures. */
    private static final int CHECKPOINT = 1024 * 1024;

    /** An entry in a bundle, and its length before it. */
    private static final int ENTRY = 2 + LogEntry.MAX_LENGTH;

    private static final Pattern TILE = Pattern.compile(
            "tile/(?<level>entries|[0-9]|[1-5][0-9]|6[0-3])/(?:x[0-9]{3}/)*[0-9]{3}(?:\\.p/(?<width>[1-9][0-9]{0,2}))?");

    private FileSize() {}

    /** The most bytes that the file at a path may have; a path of no published file is refused. */
    static int most(String path) {
        if (path.equals(LogSource.CHECKPOINT)) {
            return CHECKPOINT;
        }
        Matcher tile = TILE.matcher(path);
        if (!tile.matches()) {
            throw noSuchFile(path);
        }
        String partial = tile.group("width");
        int width = partial == null ? TilePath.WIDTH : Integer.parseInt(partial);
        if (partial != null && width >= TilePath.WIDTH) {
            throw noSuchFile(path);
        }
        return width * (tile.group("level").equals("entries") ? ENTRY : Hash.LENGTH);
    }

    private static IllegalArgumentException noSuchFile(String path) {
        return new IllegalArgumentException(
                "path is \"" + path + "\", expected the checkpoint's, or that of a tile or a bundle (C2SP tlog-tiles)");
    }
}
