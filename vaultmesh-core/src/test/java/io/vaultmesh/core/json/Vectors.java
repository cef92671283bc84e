package io.vaultmesh.core.json;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Reads the test vectors. */
public final class Vectors {

    private Vectors() {}

    public static byte[] bytes(String path) {
        try (InputStream stream = Vectors.class.getResourceAsStream("/vectors/" + path)) {
            if (stream == null) {
                throw new IllegalArgumentException("no vector " + path);
            }
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static String text(String path) {
        return new String(bytes(path), StandardCharsets.UTF_8);
    }

    public static List<String> lines(String path) {
        return text(path).lines().toList();
    }
}
