package io.vaultmesh.federation.processes;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A {@link NodeProcess} as its parent sees it. */
final class Child implements AutoCloseable {

    final String name;
    final Path directory;
    private final Path errors;
    private final String names;
    private final boolean treacherous;
    private Process process;
    private BufferedReader from;
    private Writer to;
    private String id = "";
    private int port;

    Child(String name, Path home, String names, boolean treacherous) throws IOException {
        this.name = name;
        this.directory = home.resolve(name);
        this.errors = home.resolve(name + ".errors");
        this.names = names;
        this.treacherous = treacherous;
        start();
    }

    /** Starts it, again if it was killed. */
    void start() throws IOException {
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xshare:auto",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-XX:-UsePerfData",
                        "-Xmx128m",
                        "-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        NodeProcess.class.getName(),
                        directory.toString(),
                        names,
                        Boolean.toString(treacherous))
                .redirectError(errors.toFile())
                .start();
        from = process.inputReader();
        to = process.outputWriter();
        String[] ready = expect("ready").split(" ");
        id = ready[1];
        port = Integer.parseInt(ready[2]);
    }

    String id() {
        return id;
    }

    int port() {
        return port;
    }

    void tell(String command) throws IOException {
        to.write(command + "\n");
        to.flush();
    }

    String expect(String first) throws IOException {
        String line = from.readLine();
        if (line == null || !line.startsWith(first)) {
            throw new AssertionError(
                    name + " said " + line + ", expected " + first + "; its errors: " + Files.readString(errors));
        }
        return line;
    }

    /** What it recorded, until it is done. */
    List<String> recorded() throws IOException {
        return recorded(Integer.MAX_VALUE);
    }

    /** What it recorded; it is killed after so many, in the midst of the next one. */
    List<String> recorded(int most) throws IOException {
        List<String> ids = new ArrayList<>();
        for (String line = from.readLine(); line != null && !line.equals("done"); line = from.readLine()) {
            ids.add(line.split(" ")[1]);
            if (ids.size() == most) {
                process.toHandle().destroyForcibly(); // unlike the process, it leaves what was said to be read
            }
        }
        return ids;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
