package io.vaultmesh.spawn.update;

import static io.vaultmesh.spawn.update.Service.assertContains;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.spawn.update.UpdateRefusedException.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that ends, or a disk that fails, before each of the changes that an update makes. */
class UpdateCrashTest {

    private static final MapTemplates YESTERDAY = MapTemplates.NONE
            .with("clash", "old\n")
            .with("dropped/deep/file", "dropped\n")
            .with("gone", "gone\n")
            .with("logo", new byte[] {0, 1})
            .with("updated", "old\n");

    private static final MapTemplates TODAY = YESTERDAY
            .with("clash", "new\n")
            .without("dropped/deep/file")
            .with("logo", new byte[] {0, 2})
            .with("new/deep/file", "new\n")
            .withExecutable("updated", "new\n");

    /** The end of a process: no exception, which code could answer. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    /** Ends the process before one change. */
    private static final class Kill implements Step {
        private int left;

        Kill(int after) {
            left = after;
        }

        @Override
        public void before(String change) {
            if (left-- == 0) {
                throw new Killed();
            }
        }
    }

    @TempDir
    Path temp;

    private Map<String, String> old;
    private Map<String, String> updated;
    private UpdateReport report;
    private int steps;

    private Service edited(String name) throws IOException {
        return Service.of(temp.resolve(name), YESTERDAY)
                .write("clash", "mine\n")
                .delete("gone")
                .write("logo", new byte[] {0, 3})
                .write("mine", "mine\n");
    }

    @BeforeEach
    void updateOnce() throws IOException {
        Service service = edited("once");
        old = service.contents();
        steps = 0;
        report = service.update(TODAY, change -> steps++);
        updated = service.contents();
        assertNotEquals(old, updated);
        // at least two for each file that is written, and one for each that is removed
        assertTrue(steps > 20, "only " + steps);
    }

    /** Whether the process was killed. */
    private static boolean isKilled(Service service, int after) {
        try {
            assertFalse(service.update(TODAY, new Kill(after)).files().isEmpty());
            return false;
        } catch (Killed e) {
            return true;
        }
    }

    @Nested
    class AnUpdateThatWasKilled {

        @Test
        void isTakenBackAndMadeAgainByTheNextOne() throws IOException {
            // before the last one all is written
            for (int step = 0; step < steps - 1; step++) {
                Service service = edited("made" + step);
                assertTrue(isKilled(service, step));
                if (UpdateJournal.isOpen(service.directory())) {
                    assertEquals(
                            Reason.INTERRUPTED,
                            assertThrows(UpdateRefusedException.class, () -> service.preview(TODAY))
                                    .reason());
                } else {
                    assertEquals(old, service.contents());
                }
                if (step % 2 == 0) {
                    var unused = new UpdateJournal(
                                    new ServiceFiles(service.directory().toRealPath()), change -> {})
                            .takeBack();
                    assertEquals(old, service.contents());
                    assertEquals(report, service.preview(TODAY));
                }

                assertEquals(report, service.update(TODAY).withNote(""));
                assertEquals(updated, service.contents());
            }
        }

        @Test
        void canBeKilledAgainWhileItIsTakenBack() throws IOException {
            int step = 0;
            boolean killed = true;
            while (killed) {
                Service service = edited("again" + step);
                assertTrue(isKilled(service, steps - 2));
                killed = isKilled(service, step);
                if (killed) {
                    // unless it was killed when all was written once more
                    assertEquals(report, updateOrFinish(service));
                }
                assertEquals(updated, service.contents());
                step += 2;
            }
            // to take all back and to make it again takes more than to make it
            assertTrue(step > steps, "only " + step);
        }

        private UpdateReport updateOrFinish(Service service) {
            try {
                return service.update(TODAY).withNote("");
            } catch (UpdateRefusedException e) {
                assertEquals(Reason.UNRESOLVED, e.reason());
                assertContains("was finished", e);
                return report;
            }
        }

        @Test
        void leavesWhatIsWrittenBeforeTheNextOne() throws IOException {
            Service service = edited("edited");
            assertTrue(isKilled(service, steps - 2));
            service.write("updated", "old\nand mine\n");

            UpdateReport next = service.update(TODAY);

            assertEquals(FileUpdate.Outcome.CONFLICT, Service.outcomes(next).get("updated"));
            assertTrue(service.read("updated").contains("and mine\n"), service.read("updated"));
            assertTrue(service.read("clash").contains("mine\n"), service.read("clash"));
        }

        @Test
        void isNotTakenBackByWhatItDidNotWrite() throws IOException {
            Service service = edited("forged").write(".vaultmesh/update/running.zip", "no archive");

            assertEquals(
                    Reason.JOURNAL_DAMAGED,
                    assertThrows(UpdateRefusedException.class, () -> service.update(TODAY))
                            .reason());
            assertEquals(old, service.contents());
        }
    }

    @Nested
    class ADiskThatFails {

        /** What an update says if one change fails. */
        private UncheckedIOException failure(Service service, int after) {
            int[] left = {after};
            return assertThrows(
                    UncheckedIOException.class,
                    () -> service.update(TODAY, change -> {
                        if (left[0]-- == 0) {
                            throw new IOException("no space left before " + change);
                        }
                    }));
        }

        @Test
        void onceLeavesTheServiceAsItWas() throws IOException {
            for (int step = 0; step < steps; step += 2) {
                Service service = edited("once" + step);
                UncheckedIOException failure = failure(service, step);
                assertContains("no space left", failure);
                assertContains("it is as it was", failure);
                assertEquals(old, service.contents());
                assertEquals(report, service.preview(TODAY));
            }
        }

        @Test
        void forGoodLeavesItToTheNextUpdate() throws IOException {
            for (int steps = 8; steps < 20; steps += 3) {
                Service service = edited("good" + steps);
                int[] left = {steps};
                assertContains(
                        "the next update takes back what was written",
                        assertThrows(
                                UncheckedIOException.class,
                                () -> service.update(TODAY, change -> {
                                    if (left[0]-- <= 0) {
                                        throw new IOException("no space left");
                                    }
                                })));

                assertEquals(report, service.update(TODAY).withNote(""));
                assertEquals(updated, service.contents());
            }
        }
    }

    @Test
    void aFileThatSomebodyWritesMeanwhileIsNotOverwritten() throws IOException {
        Service service = edited("meanwhile");
        boolean[] written = {false};

        UpdateRefusedException refused = assertThrows(
                UpdateRefusedException.class,
                () -> service.update(TODAY, change -> {
                    if (change.contains("clash") && !written[0]) {
                        written[0] = true;
                        Files.writeString(service.path("updated"), "theirs\n");
                    }
                }));

        assertEquals(Reason.CHANGED, refused.reason());
        assertEquals("theirs\n", service.read("updated"));
        assertEquals("mine\n", service.read("clash"));
        assertFalse(UpdateJournal.isOpen(service.directory()));
    }
}
