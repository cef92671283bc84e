package io.vaultmesh.scheduler.config;

import static io.vaultmesh.scheduler.config.ConfigFixture.NAMESPACES;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetSettingsTest {

    private final ConfigFixture fixture = new ConfigFixture();

    private FileConfig config(String lines) {
        return fixture.parse(NAMESPACES, "file:\n  disk:\n    " + lines + "\n");
    }

    private TargetSettings settings(String lines) {
        FileConfig config = config(lines);
        assertEquals(Map.of(), config.leftOut());
        return config.targets().get("file:disk");
    }

    private static String refusal(Executable reading) {
        return String.valueOf(assertThrows(ConfigException.class, reading).getMessage());
    }

    @Nested
    class Variables {

        @ParameterizedTest
        @CsvSource(
                quoteCharacter = '`',
                value = {
                    "${A}, one",
                    "x-${A}-${B}-y, x-one-two-y",
                    "${A}${A}, oneone",
                    "${NONE:-three}, three",
                    "${EMPTY:-three}, three",
                    "x${EMPTY}y, xy",
                    "${A:-three}, one",
                    "x${NONE:-}y, xy",
                    "x${NONE:-\"\"}y, xy",
                    "${NONE:-'a b'}, a b",
                    "${NONE:-a:-b}, a:-b",
                    "$A ${A} $$, $A one $$",
                    "${NESTED}, ${A}",
                })
        void areFilledIn(String written, String filled) {
            fixture.environment.putAll(Map.of("A", "one", "B", "two", "EMPTY", "", "NESTED", "${A}"));
            assertEquals(filled, settings("path: " + written).read("path", value -> value));
        }

        @Test
        void thatAreNotSetLeaveTheNamespaceOutAndAreNamed() {
            assertEquals(
                    Map.of(
                            "main",
                            "anchors.yaml:3:11: file.disk.path is \"a/${NO_SUCH}\": the variable NO_SUCH is not set,"
                                    + " expected a value in the environment, or a default as ${NO_SUCH:-default}"),
                    config("path: a/${NO_SUCH}").leftOut());
        }

        @ParameterizedTest
        @ValueSource(strings = {"${", "${}", "${1A}", "${A", "${A:b}", "${A-b}", "${A b}", "${A:-${B}", "${Ä}"})
        void thatAreNoneLeaveTheNamespaceOut(String written) {
            fixture.environment.putAll(Map.of("A", "one"));
            FileConfig config = config("path: \"" + written + "\"");
            if (written.equals("${A:-${B}")) { // a default may have any character but the brace
                assertEquals("one", config.targets().get("file:disk").read("path", value -> value));
            } else {
                assertEquals(
                        "anchors.yaml:3:11: file.disk.path is \"" + written
                                + "\": expected ${NAME} or ${NAME:-default}",
                        config.leftOut().get("main"));
            }
        }

        @Test
        void bringInNoYamlAndAreNeverShown() {
            fixture.environment.put("A", "s3cret\n    other: 1");
            TargetSettings settings = settings("path: ${A}");
            assertEquals(Optional.of("s3cret\n    other: 1"), settings.text("path"));
            assertEquals(Optional.empty(), settings.text("other"));
            assertEquals(
                    "anchors.yaml:3:11: file.disk.path is \"${A}\": expected a number",
                    refusal(() -> settings.read("path", value -> {
                        throw new IllegalArgumentException("expected a number");
                    })));
            assertEquals("file:disk", settings.toString());
        }
    }

    @Nested
    class Values {

        @Test
        void areEqualWhereverTheyStand() {
            TargetSettings settings = settings("path: a");
            assertEquals(settings, settings("# moved\n    path: \"a\""));
            assertEquals(
                    settings.hashCode(), settings("# moved\n    path: \"a\"").hashCode());
            assertNotEquals(settings, settings("path: b"));
            fixture.environment.put("A", "a");
            assertEquals(settings, settings("path: ${A}"));
        }

        @Test
        void thatAreMissingAreNamed() {
            assertEquals(
                    "anchors.yaml:3:5: file.disk has no value of path, expected one",
                    refusal(() -> settings("interval: 1s").file("path")));
            assertEquals(
                    "anchors.yaml:3:5: file.disk is refused: no disk",
                    settings("path: a").wrong("no disk").getMessage());
        }

        @Test
        void areTexts() {
            assertEquals(
                    "anchors.yaml:3:5: file.disk.path is a mapping, expected a text or a number, or a list of them",
                    config("path: {a: b}").leftOut().get("main"));
            assertEquals(
                    "anchors.yaml:3:5: file.disk.path is a list, expected a text or a number, or a list of them",
                    config("path: []").leftOut().get("main"));
            assertEquals(
                    "anchors.yaml:3:15: file.disk.path.1 is one more value of path, expected one",
                    refusal(() -> settings("path: [a, b]").file("path")));
            assertEquals(List.of("a", "b"), settings("path: [a, b]").readAll("path", text -> text));
        }

        @ParameterizedTest
        @CsvSource({
            "interval, 2*fast, expected a time such as 10s",
            "failures, 0, expected a whole number from 1 to 999999",
            "failures, 1000000, expected a whole number from 1 to 999999",
        })
        void ofLimitsAreInBounds(String key, String value, String reason) {
            assertEquals(
                    "anchors.yaml:3:15: file.disk." + key + " is \"" + value + "\": " + reason,
                    refusal(() -> settings(key + ": " + value).limits()));
        }
    }

    @Nested
    class KeyFilesOf {

        @TempDir
        Path directory;

        private TargetSettings settings(String key, String permissions) throws IOException {
            fixture.types.put("file", Set.of(key));
            Path file = Files.writeString(directory.resolve("key"), "s3cret");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
            return TargetSettingsTest.this.settings(key + ": " + file);
        }

        @ParameterizedTest
        @ValueSource(strings = {"rw----r--", "rw-r-----", "rw--w----", "rw-----w-", "rw---x---", "rwxrwxrwx"})
        void othersAreRefused(String permissions) throws IOException {
            for (String key : Set.of("key_file", "rpcPasswordFile")) {
                TargetSettings settings = settings(key, permissions);
                String message = refusal(() -> settings.file(key));
                assertTrue(
                        message.endsWith(
                                "\": its permissions are " + permissions + ", expected rw-------, as by chmod 600"),
                        message);
                assertTrue(message.startsWith("anchors.yaml:3:"), message);
                assertFalse(message.contains("s3cret"), message);
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"rw-------", "r--------", "rwx------"})
        void theOwnerAloneAreTaken(String permissions) throws IOException {
            assertEquals(
                    directory.resolve("key"), settings("key_file", permissions).file("key_file"));
        }

        @Test
        void areLookedAtBehindALinkAndMustBeThere() throws IOException {
            TargetSettings settings = settings("key_file", "rw-r--r--");
            Files.move(directory.resolve("key"), directory.resolve("other"));
            String absent = refusal(() -> settings.file("key_file"));
            assertTrue(absent.endsWith("there is no such file, expected one"), absent);
            Files.createSymbolicLink(directory.resolve("key"), directory.resolve("other"));
            String link = refusal(() -> settings.file("key_file"));
            assertTrue(link.contains("rw-r--r--"), link);
        }

        @Test
        void otherFilesMayBeReadByAnybody() throws IOException {
            assertEquals(directory.resolve("key"), settings("path", "rw-r--r--").file("path"));
        }
    }
}
