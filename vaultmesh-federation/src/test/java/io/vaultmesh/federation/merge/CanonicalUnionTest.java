package io.vaultmesh.federation.merge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.build.OutsideProgram;
import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.hash.Hashing;
import io.vaultmesh.core.json.CanonicalJson;
import io.vaultmesh.core.json.JsonArray;
import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.core.json.StrictJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CanonicalUnionTest {

    static List<JsonObject> cases() throws IOException {
        try (InputStream file =
                CanonicalUnionTest.class.getResourceAsStream("/vectors/merge/canonical-union-30.json")) {
            return StrictJson.parseObject(file.readAllBytes(), "vectors")
                    .array("cases")
                    .objects();
        }
    }

    private static EventList list(JsonObject vector, String name) {
        return EventList.parse(CanonicalJson.encode(vector.array(name)));
    }

    static EventList events(String json) {
        return EventList.parse(json.getBytes(UTF_8));
    }

    @Nested
    class Original {
        @ParameterizedTest
        @MethodSource("io.vaultmesh.federation.merge.CanonicalUnionTest#cases")
        void cameToTheSameListAndHeads(JsonObject vector) {
            EventList left = list(vector, "left");
            EventList right = list(vector, "right");
            EventList merged = CanonicalUnion.merge(left, right);
            assertEquals(
                    new String(CanonicalJson.encode(vector.array("merged")), UTF_8), new String(merged.bytes(), UTF_8));
            assertEquals(
                    vector.array("merged_event_hashes").strings(),
                    merged.entries().stream()
                            .map(event -> event.hash().toString())
                            .toList());
            assertEquals(Hash.parse(vector.string("left_head")), left.head());
            assertEquals(Hash.parse(vector.string("right_head")), right.head());
            assertEquals(Hash.parse(vector.string("merged_head")), merged.head());
            assertEquals(vector.integer("events_replayed"), merged.size());
            assertEquals(merged, CanonicalUnion.merge(right, left));
            assertEquals(merged, CanonicalUnion.merge(merged, merged));
        }

        @Test
        void gaveThirtyCases() throws IOException {
            assertEquals(30, cases().size());
        }
    }

    @Nested
    class Merge {
        @Test
        void keepsOfOneIdTheLowestHash() {
            EventList one = events("[{\"event_id\":\"x\",\"n\":1}]");
            EventList two = events("[{\"event_id\":\"x\",\"n\":2}]");
            EventList lower = one.head().compareTo(two.head()) < 0 ? one : two;
            assertEquals(lower, CanonicalUnion.merge(one, two));
            assertEquals(lower, CanonicalUnion.merge(two, one));
        }

        @Test
        void keepsEventsWithoutIdsApart() {
            assertEquals(
                    2,
                    CanonicalUnion.merge(
                                    events("[{\"event_id\":\"\",\"n\":1},{\"event_id\":\"\",\"n\":2}]"), events("[]"))
                            .size());
            assertEquals(
                    1,
                    CanonicalUnion.merge(events("[{\"n\":1},{\"n\":1}]"), events("[{\"n\":1}]"))
                            .size());
        }

        @Test
        void hasNoMoreEventsThanAListMayHave() {
            EventList left = numbered(0, EventList.MAX_EVENTS);
            EventList right = numbered(EventList.MAX_EVENTS, EventList.MAX_EVENTS + 1);
            String message = assertThrows(
                            IllegalArgumentException.class,
                            () -> CanonicalUnion.merge(left, right).size())
                    .getMessage();
            assertEquals("the merged list has 100001 events, expected at most 100000", message);
            assertEquals(EventList.MAX_EVENTS, CanonicalUnion.merge(left, left).size());
        }

        private static EventList numbered(int from, int to) {
            JsonObject empty = JsonObject.builder().build();
            return EventList.owning(IntStream.range(from, to)
                    .mapToObj(i -> new EventList.Event(empty, Hashing.sha256(new byte[0]), Integer.toString(i)))
                    .toList());
        }
    }

    @Nested
    class Events {
        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "{}|events are a JSON object, expected an array of objects",
                    "[{},1]|event 1: it is a JSON number, expected an object",
                    "[{\"event_id\":7}]|event 0: event_id is a JSON number, expected a string",
                    "[{\"event_id\":false}]|event 0: event_id is a JSON boolean, expected a string or null",
                    "[{\"a\":1,\"a\":1}]|a",
                    "[{\"n\":9007199254740993}]|9007199254740993",
                    "[{\"n\":1e999}]|1e999",
                    "[{}|expected",
                    "[{\"s\":\"\\ud800\"}]|surrogate"
                })
        void areRefusedIfTheyAreNotWhatIsMerged(String json, String why) {
            String message = assertThrows(
                            IllegalArgumentException.class, () -> events(json).size())
                    .getMessage();
            assertTrue(message.contains(why), message);
        }

        @Test
        void areBoundedInNumber() {
            List<JsonObject> many = Collections.nCopies(
                    EventList.MAX_EVENTS + 1, JsonObject.builder().build());
            String message = assertThrows(
                            IllegalArgumentException.class,
                            () -> EventList.of(many).size())
                    .getMessage();
            assertEquals("there are 100001 events, expected at most 100000", message);
        }

        @Test
        void areBoundedInBytes() {
            String message = assertThrows(
                            IllegalArgumentException.class,
                            () -> EventList.parse(new byte[EventList.MAX_BYTES + 1])
                                    .size())
                    .getMessage();
            assertEquals("events have 67108865 bytes, expected at most 67108864", message);
        }

        @Test
        void areBoundedInBytesAsValues() {
            JsonArray two = new JsonArray(
                    Collections.nCopies(2, events("[{\"n\":1}]").events().get(0)));
            assertEquals(2, EventList.of(two, 17).size());
            String message = assertThrows(
                            IllegalArgumentException.class,
                            () -> EventList.of(two, 16).size())
                    .getMessage();
            assertEquals("events have 17 bytes, expected at most 16", message);
        }

        @Test
        void areCopiedAndEqualByTheirBytes() {
            List<JsonObject> mutable = new ArrayList<>(events("[{\"n\":1}]").events());
            EventList list = EventList.of(mutable);
            mutable.clear();
            assertEquals(events("[ {\"n\" : 1.0} ]"), list);
            assertEquals(events("[{\"n\":1}]").hashCode(), list.hashCode());
            assertNotEquals(events("[{\"n\":2}]"), list);
            assertNotEquals(events("[{\"n\":1},{\"n\":1}]"), list);
            assertFalse(list.equals(mutable));
            assertTrue(list.toString().startsWith("1 events, head "), list.toString());
        }

        @Test
        void haveAHeadThatDoesNotSayHowMany() {
            // the original's tree: why a receipt has the count, and a verifier merges again
            assertEquals(
                    events("[{\"n\":1},{\"n\":2},{\"n\":3}]").head(),
                    events("[{\"n\":1},{\"n\":2},{\"n\":3},{\"n\":3}]").head());
        }
    }

    /** The rule in a few lines of another language, with RFC 8785 as another engine writes it. */
    @Nested
    class AnotherProgram {
        @TempDir
        Path directory;

        private static final String PROGRAM = """
                const crypto = require('crypto'), fs = require('fs');
                const sha = b => crypto.createHash('sha256').update(b).digest();
                const jcs = v => Array.isArray(v) ? '[' + v.map(jcs).join(',') + ']'
                    : v && typeof v === 'object' ? '{' + Object.keys(v).sort()
                        .map(k => JSON.stringify(k) + ':' + jcs(v[k])).join(',') + '}' : JSON.stringify(v);
                const hash = e => sha(Buffer.from(jcs(e)));
                const [left, right] = JSON.parse(fs.readFileSync(process.argv[2]));
                const kept = new Map();
                for (const e of left.concat(right)) {
                  const id = e.event_id || hash(e).toString('hex'), old = kept.get(id);
                  if (!old || Buffer.compare(hash(e), hash(old)) < 0) kept.set(id, e);
                }
                const merged = [...kept.values()].sort((a, b) => Buffer.compare(hash(a), hash(b)));
                let level = merged.map(hash);
                while (level.length > 1) {
                  const above = [];
                  for (let i = 0; i < level.length; i += 2)
                    above.push(sha(Buffer.concat([level[i], level[Math.min(i + 1, level.length - 1)]])));
                  level = above;
                }
                process.stdout.write(jcs(merged) + '\\n' + level[0].toString('hex'));
                """;

        @Test
        void agreesAlsoOnCharactersAndNumbersThatTheVectorsLack() throws IOException {
            OutsideProgram node = OutsideProgram.require("node");
            String left =
                    "[{\"event_id\":\"é\",\"x\":1.5},{\"😀\":1,\"\uffee\":1e21,\"a\":5e-324},{\"event_id\":\"b\",\"v\":[1e-7,-0.0]}]";
            String right =
                    "[{\"event_id\":\"é\",\"x\":2.5},{\"event_id\":\"b\",\"v\":\"\\u007f\\u0000\"},{\"z\":333333333.33333329}]";
            Path program = Files.writeString(directory.resolve("merge.js"), PROGRAM);
            Path input = Files.writeString(directory.resolve("lists.json"), "[" + left + "," + right + "]");
            String printed =
                    node.run(directory, program.toString(), input.toString()).orFail();
            EventList merged = CanonicalUnion.merge(events(left), events(right));
            assertEquals(printed, new String(merged.bytes(), UTF_8) + "\n" + merged.head());
            assertEquals(4, merged.size());
        }
    }

    static EventList joined(List<EventList> lists) {
        return EventList.of(
                lists.stream().flatMap(list -> list.events().stream()).collect(Collectors.toList()));
    }
}
