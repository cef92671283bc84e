package io.vaultmesh.examples.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;

/** On what is measured: what a reader needs to know who wants to compare. */
final class Machine {

    private static final Path CPUS = Path.of("/proc/cpuinfo");

    private Machine() {}

    static String describe(Choice choice) throws IOException {
        var system = ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class);
        return String.format(
                Locale.ROOT,
                "%s, Java %s (%s), %s %s %s, %d processors%s, %.0f GB of memory, load average %.1f before, files on"
                        + " %s; %d %s%s.",
                LocalDate.now(ZoneOffset.UTC),
                System.getProperty("java.vm.version"),
                System.getProperty("java.vm.name"),
                system.getName(),
                system.getVersion(),
                system.getArch(),
                system.getAvailableProcessors(),
                model(Files.isReadable(CPUS) ? Files.readAllLines(CPUS) : List.of()),
                system.getTotalMemorySize() / 1e9,
                system.getSystemLoadAverage(),
                Files.getFileStore(Scratch.base()).type(),
                choice.rounds(),
                choice.rounds() == 1 ? "round" : "rounds",
                choice.quick() ? ", quick" : "");
    }

    /** What Linux calls the processor, and whether it has instructions for SHA-256, which decide about most figures. */
    static String model(List<String> cpus) {
        String name = valueOf("model name", cpus);
        String flags = " " + valueOf("flags", cpus) + valueOf("Features", cpus) + " ";
        String sha = flags.contains(" sha_ni ") || flags.contains(" sha2 ") ? " with" : " without";
        return name.isEmpty() ? "" : " (" + name + "," + sha + " SHA-256 instructions)";
    }

    private static String valueOf(String key, List<String> lines) {
        return lines.stream()
                .filter(line -> line.startsWith(key))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("");
    }
}
