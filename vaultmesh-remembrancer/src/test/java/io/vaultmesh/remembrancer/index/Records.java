package io.vaultmesh.remembrancer.index;

import io.vaultmesh.core.dsse.Subject;
import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.hash.Hashing;
import io.vaultmesh.core.json.JsonValue;
import io.vaultmesh.remembrancer.memory.BodyRef;
import io.vaultmesh.remembrancer.memory.Kind;
import io.vaultmesh.remembrancer.memory.Link;
import io.vaultmesh.remembrancer.memory.MemoryRecord;
import io.vaultmesh.remembrancer.memory.NamespaceName;
import io.vaultmesh.remembrancer.memory.Predicate;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.LongStream;

/** Makes records for an index, which doesn't look at signatures. */
final class Records {

    static final String ORIGIN = "example.com/memory/main";
    static final Instant START = Instant.parse("2026-01-02T03:04:05.678Z");

    private Records() {}

    static Hash hash(String text) {
        return Hashing.sha256(text.getBytes(StandardCharsets.UTF_8));
    }

    /** One record, to be changed. */
    static final class Draft {
        long seq;
        String author = "did:key:zAlice";
        Kind kind = Kind.DEPLOYMENT;
        Instant at = START;
        String title = "title";
        Optional<String> component = Optional.empty();
        Optional<String> version = Optional.empty();
        final SortedMap<String, JsonValue> attributes = new TreeMap<>();
        final List<Link> links = new ArrayList<>();
        Optional<String> key = Optional.empty();
        String text = "";

        Draft title(String value) {
            title = value;
            return this;
        }

        Draft text(String value) {
            text = value;
            return this;
        }

        Draft component(String value) {
            component = Optional.of(value);
            return this;
        }

        Draft at(Instant value) {
            at = value;
            return this;
        }

        Draft attribute(String name, JsonValue value) {
            attributes.put(name, value);
            return this;
        }

        IndexedRecord at(long index) {
            Optional<BodyRef> body = text.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new BodyRef(hash(text), text.getBytes(StandardCharsets.UTF_8).length, "text/plain"));
            List<Subject> subjects = body.map(ref -> Subject.artifact("body", ref.digest())).stream()
                    .toList();
            Predicate predicate = new Predicate(
                    author,
                    at,
                    NamespaceName.MAIN,
                    seq,
                    title,
                    component,
                    version,
                    attributes,
                    body,
                    links,
                    key.map(Predicate::hashOfKey));
            return new IndexedRecord(index, new MemoryRecord(hash(ORIGIN + index), kind, subjects, predicate), text);
        }
    }

    static Draft draft() {
        return new Draft();
    }

    /** Plain records, from one leaf index to before another. */
    static List<IndexedRecord> plain(long from, long to) {
        return LongStream.range(from, to)
                .mapToObj(index -> {
                    Draft draft = draft().title("record " + index).text("common");
                    draft.seq = index;
                    return draft.at(index);
                })
                .toList();
    }

    static Hash root(long size) {
        return size == 0 ? IndexState.EMPTY.root() : hash("root " + size);
    }

    static void add(MemoryIndex index, Draft... drafts) {
        long next = index.state().size();
        List<IndexedRecord> records = new ArrayList<>();
        for (Draft draft : drafts) {
            records.add(draft.at(next++));
        }
        index.add(records, root(next));
    }
}
