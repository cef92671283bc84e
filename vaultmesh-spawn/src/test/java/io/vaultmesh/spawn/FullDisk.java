package io.vaultmesh.spawn;

import io.vaultmesh.spawn.spec.ServiceSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A program that spawns a service onto file systems of many sizes, all too small but the last. It mounts them itself, so it
 * is run in a mount namespace of its own, which takes them with it.
 */
public final class FullDisk {

    private static final ServiceSpec SPEC = ServiceSpec.named("ledger").build();
    private static final int BLOCK = 4; // KiB, of a tmpfs

    private final Path disk;
    private final Path target;
    /** What was said at last; by it one knows how far the spawner came. */
    private SpawnProgress.Step reached = SpawnProgress.Step.PLANNED;

    private FullDisk(Path disk) {
        this.disk = disk;
        this.target = disk.resolve("services").resolve(SPEC.name().value());
    }

    /** Takes an empty directory to mount at; prints where the disk was full. */
    public static void main(String[] args) throws IOException, InterruptedException {
        System.out.println(new FullDisk(Path.of(args[0])).run());
    }

    private String run() throws IOException, InterruptedException {
        int most = 4096;
        int enough = smallestThatIsEnough(most);
        Set<Integer> sizes = new TreeSet<>(List.of(1, 2, 3, enough - 3, enough - 2, enough - 1));
        for (int part = 1; part < 16; part++) {
            sizes.add(enough * part / 16);
        }
        Set<SpawnProgress.Step> stopped = EnumSet.noneOf(SpawnProgress.Step.class);
        for (int size : sizes) {
            if (fits(size)) {
                throw new AssertionError(size + " blocks are enough, though " + enough + " were needed before");
            }
            stopped.add(reached);
        }
        if (!stopped.equals(EnumSet.of(SpawnProgress.Step.PLANNED, SpawnProgress.Step.WRITTEN))) {
            throw new AssertionError("the disk was full after these steps only: " + stopped);
        }
        return sizes.size() + " full disks left nothing behind, " + enough + " blocks are enough";
    }

    private int smallestThatIsEnough(int most) throws IOException, InterruptedException {
        int tooFew = 0;
        int enough = most;
        while (enough - tooFew > 1) {
            int middle = (tooFew + enough) / 2;
            if (fits(middle)) {
                enough = middle;
            } else {
                tooFew = middle;
            }
        }
        return enough;
    }

    /** Spawns onto a new file system of so many blocks; if it is too small, nothing may be left there. */
    private boolean fits(int blocks) throws IOException, InterruptedException {
        command("mount", "-t", "tmpfs", "-o", "size=" + blocks * BLOCK + "k", "vaultmesh-spawn", disk.toString());
        try {
            return spawns();
        } finally {
            command("umount", disk.toString());
        }
    }

    private boolean spawns() throws IOException {
        reached = SpawnProgress.Step.PLANNED;
        Spawner spawner = Spawner.builder()
                .into(target.getParent())
                .environment(Map.of())
                .listener(progress -> {
                    if (progress.done() == progress.total()) {
                        reached = progress.step();
                    }
                })
                .build();
        try {
            Path directory = spawner.spawn(SPEC).directory();
            if (!spawner.drift(directory).files().isEmpty() || !Files.exists(directory.resolve(".git/HEAD"))) {
                throw new AssertionError("a service is there, and not as it was generated");
            }
            return true;
        } catch (UncheckedIOException e) {
            String message = String.valueOf(e.getMessage());
            if (!message.contains("No space left on device") || !message.contains("of " + target + ":")) {
                throw new AssertionError("not what a full disk should say", e);
            }
            try (Stream<Path> left = Files.list(disk)) {
                List<Path> found = new ArrayList<>(left.toList());
                if (!found.isEmpty()) {
                    throw new AssertionError("left behind: " + found, e);
                }
            }
            return false;
        }
    }

    private static void command(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).inheritIO().start();
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + " exits with " + process.exitValue());
        }
    }
}
