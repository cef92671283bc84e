package io.vaultmesh.scheduler.config;

/** Where in a file something stands: lines and columns from 1, and the keys that lead there, empty for the whole file. */
record Place(String file, int line, int column, String path) {

    private static final int MOST = 80;

    /** What stands below a key, or at a position of a list. */
    Place below(String key, int keyLine, int keyColumn) {
        String shown = key.matches("[-_.:0-9A-Za-z]{1,80}") ? key : shown(key);
        return new Place(file, keyLine, keyColumn, path.isEmpty() ? shown : path + "." + shown);
    }

    ConfigException wrong(String message) {
        return new ConfigException(
                file + ":" + line + ":" + column + ": " + (path.isEmpty() ? "the file" : path) + " " + message);
    }

    /** A text of the file as messages show it. */
    static String shown(String text) {
        String line = text.replaceAll("\\p{Cntrl}", "\uFFFD");
        boolean fits = line.codePointCount(0, line.length()) <= MOST;
        return "\"" + (fits ? line : line.substring(0, line.offsetByCodePoints(0, MOST)) + "…") + "\"";
    }
}
