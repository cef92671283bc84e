package io.vaultmesh.core.faults;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Runs the script again and again in one directory, each time from nothing, and each time with another fault. */
final class Scripted {

    private static final int SIGKILLED = 128 + 9;
    private static final int LONGEST_SECONDS = 60;

    private final ChildJvm jvm;
    private final Path home;
    private final Path log;
    private final Path output;
    private final long seed;
    private final List<Fact> said = new ArrayList<>();
    private SortedSet<String> files = new TreeSet<>();

    Scripted(ChildJvm jvm, Path home, long seed) {
        this.jvm = jvm;
        this.home = home;
        this.log = home.resolve("log");
        this.output = home.resolve("strace");
        this.seed = seed;
    }

    Path errors() {
        return home.resolve("errors");
    }

    /** What the child said in the last run. */
    List<Fact> said() {
        return said;
    }

    /** One thread forces all files: strace counts the calls of each thread for itself. */
    private List<String> command() {
        List<String> command = jvm.command(ScriptedChild.class, log.toString(), Long.toString(seed));
        command.add(1, "-Dio.vaultmesh.core.log.fileThreads=1");
        return command;
    }

    /** Runs it without a fault, to see which calls there are. */
    SortedMap<String, Integer> watch() throws IOException, InterruptedException {
        int exit = run(Strace.watching(output, command()));
        if (exit != 0 || count(Fact.Kind.REFUSED) + count(Fact.Kind.UNKNOWN) + count(Fact.Kind.FAILED) > 0) {
            throw new AssertionError("without any fault the script fails: " + exit + " " + said);
        }
        files = Strace.paths(output, log);
        return Strace.occurrences(output, log);
    }

    /**
     * Runs it with a fault, and checks the log after it.
     *
     * @return whether the fault was met
     */
    boolean meet(Fault fault, Ledger ledger) throws IOException, InterruptedException {
        int exit = run(Strace.breaking(fault, files, output, command()));
        boolean killed = exit == SIGKILLED;
        long injected = fault.kills() ? (killed ? 1 : 0) : Strace.injected(output);
        if (exit != 0 && !(killed && fault.kills())) {
            throw new AssertionError("the child ended with " + exit);
        }
        long failures = count(Fact.Kind.REFUSED) + count(Fact.Kind.UNKNOWN) + count(Fact.Kind.FAILED);
        if (failures > injected) {
            throw new AssertionError(failures + " calls failed, of " + injected + " faults");
        }
        if (!killed && !fault.lasting() && said.stream().noneMatch(this::isItsLastCall)) {
            throw new AssertionError("the script wasn't finished");
        }
        Told told = new Told(1, (thread, number) -> Call.scripted(seed, number));
        said.forEach(told::add);
        ledger.add(told);
        ledger.check(Place.directory(log));
        return injected > 0;
    }

    private boolean isItsLastCall(Fact fact) {
        return fact.kind().endsACall() && fact.number() == Call.SCRIPTED - 1;
    }

    private long count(Fact.Kind kind) {
        return said.stream().filter(fact -> fact.kind() == kind).count();
    }

    private int run(List<String> command) throws IOException, InterruptedException {
        Directories.delete(log);
        said.clear();
        Process child = ChildJvm.start(command, errors());
        CompletableFuture<Void> hangs = CompletableFuture.runAsync(
                () -> {
                    child.descendants().forEach(ProcessHandle::destroyForcibly);
                    child.toHandle().destroyForcibly();
                },
                CompletableFuture.delayedExecutor(LONGEST_SECONDS, TimeUnit.SECONDS));
        try (BufferedReader lines = child.inputReader()) {
            lines.lines().map(Fact::parse).forEach(said::add);
        }
        int exit = child.waitFor();
        if (!hangs.cancel(false)) {
            throw new AssertionError("not done within " + LONGEST_SECONDS + " s");
        }
        return exit;
    }
}
