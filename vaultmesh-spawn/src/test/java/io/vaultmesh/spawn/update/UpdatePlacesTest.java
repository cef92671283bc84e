package io.vaultmesh.spawn.update;

import static io.vaultmesh.spawn.update.Service.assertContains;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.spawn.update.FileUpdate.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where files come to lie, if something is in the way. */
class UpdatePlacesTest {

    private static final MapTemplates YESTERDAY =
            MapTemplates.NONE.with("Readme", "1\n2\n3\n4\n5\n").with("notes", "notes\n");

    @TempDir
    Path temp;

    private Service service() {
        return Service.of(temp.resolve("ledger"), YESTERDAY);
    }

    @Nested
    class AFileWhereADirectoryMustCome {

        @Test
        void isRefusedByADryRunToo() throws IOException {
            for (String below : new String[] {"docs/x.md", "docs/deep/x.md"}) {
                Service service = Service.of(temp.resolve(below), YESTERDAY).write("docs", "mine\n");
                Map<String, String> before = service.contents();
                MapTemplates today = YESTERDAY.with(below, "new\n");

                UpdateRefusedException refused =
                        assertThrows(UpdateRefusedException.class, () -> service.update(today));

                assertEquals("BLOCKED", refused.reason().name());
                assertContains("docs in " + service.directory().toRealPath() + " is a file", refused);
                assertEquals(
                        refused.getMessage(),
                        assertThrows(UpdateRefusedException.class, () -> service.preview(today))
                                .getMessage());
                assertEquals(before, service.contents());
                assertFalse(UpdateJournal.isOpen(service.directory()));
            }
        }

        @Test
        void isNotInTheWayIfTheTemplatesDropItAndNobodyChangedIt() throws IOException {
            MapTemplates today = YESTERDAY.without("notes").with("notes/a", "new\n");
            Service service = service();
            assertEquals(
                    Outcome.REMOVED, Service.outcomes(service.update(today)).get("notes"));
            assertEquals("new\n", service.read("notes/a"));

            Service changed = Service.of(temp.resolve("changed"), YESTERDAY).write("notes", "mine\n");
            assertThrows(UpdateRefusedException.class, () -> changed.update(today));
        }
    }

    @Nested
    class AFileThatTheTemplatesGiveAnotherCase {

        private final MapTemplates today = YESTERDAY.without("Readme").with("README", "1\n2\n3\n4\nfive\n");

        /** Two names of one file stand for a disk that doesn't tell them apart. */
        @Test
        void isOneFileWhereTheDiskTakesThemForOne() throws IOException {
            Service service = service();
            service.write("Readme", "one\n2\n3\n4\n5\n");
            Path other = service.path("README");
            if (!Files.exists(other)) {
                var unused = Files.createLink(other, service.path("Readme"));
            }

            Map<String, Outcome> outcomes = Service.outcomes(service.update(today));

            assertEquals(Outcome.MERGED, outcomes.get("README"));
            assertFalse(outcomes.containsKey("Readme"), outcomes.toString());
            assertEquals("one\n2\n3\n4\nfive\n", service.read("README"));
            assertTrue(Files.exists(service.path("Readme")));
        }

        @Test
        void staysDeletedIfItWas() throws IOException {
            Service service = service().delete("Readme");

            assertEquals(
                    Outcome.DELETED, Service.outcomes(service.update(today)).get("README"));

            assertFalse(Files.exists(service.path("README")));
        }
    }
}
