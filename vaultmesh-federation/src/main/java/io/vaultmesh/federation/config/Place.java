package io.vaultmesh.federation.config;

/** Where in a file something stands: lines and columns are counted from 1. */
record Place(String file, int line, int column) {

    private static final int MOST = 80;

    ConfigException wrong(String message) {
        return new ConfigException(file + ":" + line + ":" + column + ": " + message);
    }

    /** A text of the file as messages show it. */
    static String shown(String text) {
        String line = text.replaceAll("\\p{Cntrl}", "�");
        boolean fits = line.codePointCount(0, line.length()) <= MOST;
        return "\"" + (fits ? line : line.substring(0, line.offsetByCodePoints(0, MOST)) + "…") + "\"";
    }
}
