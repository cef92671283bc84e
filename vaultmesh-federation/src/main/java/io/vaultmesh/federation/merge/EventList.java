package io.vaultmesh.federation.merge;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.hash.Hashing;
import io.vaultmesh.core.json.CanonicalJson;
import io.vaultmesh.core.json.JsonArray;
import io.vaultmesh.core.json.JsonNull;
import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.core.json.JsonString;
import io.vaultmesh.core.json.JsonValue;
import io.vaultmesh.core.json.StrictJson;
import java.util.ArrayList;
import java.util.List;

/**
 * A list of plain JSON events, as the original system keeps them: what {@link CanonicalUnion} merges.
 *
 * <p>An event is any JSON object; its {@code event_id}, if it has one, is a string or null. Guaranteed: every event has one
 * canonical form (RFC 8785) and its hash; there are at most {@value #MAX_EVENTS} events of together at most {@value
 * #MAX_BYTES} bytes. Not guaranteed: that ids differ, any order, or who wrote the events, which carry no signature that
 * is looked at.
 *
 * <p>Immutable and thread-safe. Two lists are equal if they have the same events in the same order.
 */
public final class EventList {

    /** The most events that a list may have. */
    public static final int MAX_EVENTS = 100_000;

    /** The most bytes that a list may have as JSON. */
    public static final int MAX_BYTES = 64 * 1024 * 1024;

    private static final String ID = "event_id";

    private final List<Event> events;

    private EventList(List<Event> events) {
        this.events = List.copyOf(events);
    }

    /**
     * An event with the hash of its canonical form.
     *
     * @param json the event
     * @param hash SHA-256 of its canonical JSON
     * @param id its {@code event_id}; the hash in hex if it has none, or an empty one
     */
    record Event(JsonObject json, Hash hash, String id) {}

    /** The list of events that are known to be good. */
    static EventList owning(List<Event> events) {
        return new EventList(events);
    }

    /**
     * A list of events.
     *
     * @param events the events, in order
     * @return the list
     * @throws IllegalArgumentException if there are too many, they are too long, one has an {@code event_id} that is
     *     neither a string nor null, or a number or string that canonical JSON refuses; the message gives its index
     */
    public static EventList of(List<JsonObject> events) {
        return of(new JsonArray(List.copyOf(events)), MAX_BYTES);
    }

    /**
     * Reads a list of events.
     *
     * @param json a JSON array of objects, in any form
     * @return the list
     * @throws IllegalArgumentException if it is anything else, has too many events or bytes, an object has two members of
     *     one name, a number is beyond I-JSON (RFC 7493), or an {@code event_id} is neither a string nor null; the message says where
     */
    public static EventList parse(byte[] json) {
        requireBytes(json.length, MAX_BYTES);
        JsonValue value = StrictJson.parse(json);
        if (value instanceof JsonArray array) {
            return of(array, MAX_BYTES);
        }
        throw new IllegalArgumentException("events are a JSON " + value.type() + ", expected an array of objects");
    }

    static EventList of(JsonArray array, int mostBytes) {
        int count = array.elements().size();
        if (count > MAX_EVENTS) {
            throw new IllegalArgumentException("there are " + count + " events, expected at most " + MAX_EVENTS);
        }
        List<Event> events = new ArrayList<>(count);
        long bytes = 1;
        for (int i = 0; i < count; i++) {
            try {
                byte[] canonical = CanonicalJson.encode(object(array.elements().get(i)));
                bytes += canonical.length + 1L;
                events.add(event(array.elements().get(i), Hashing.sha256(canonical)));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("event " + i + ": " + e.getMessage(), e);
            }
            requireBytes(bytes, mostBytes);
        }
        return new EventList(events);
    }

    private static JsonObject object(JsonValue value) {
        if (value instanceof JsonObject object) {
            return object;
        }
        throw new IllegalArgumentException("it is a JSON " + value.type() + ", expected an object");
    }

    private static Event event(JsonValue value, Hash hash) {
        JsonObject json = object(value);
        String id = json.get(ID).map(EventList::id).orElse("");
        return new Event(json, hash, id.isEmpty() ? hash.toString() : id);
    }

    private static String id(JsonValue value) {
        if (value instanceof JsonString text) {
            return text.value();
        }
        if (value == JsonNull.NULL) {
            return "";
        }
        throw new IllegalArgumentException(ID + " is a JSON " + value.type() + ", expected a string or null");
    }

    private static void requireBytes(long bytes, int most) {
        if (bytes > most) {
            throw new IllegalArgumentException("events have " + bytes + " bytes, expected at most " + most);
        }
    }

    List<Event> entries() {
        return events;
    }

    /**
     * The events, in order.
     *
     * @return an unmodifiable list
     */
    public List<JsonObject> events() {
        return events.stream().map(Event::json).toList();
    }

    /**
     * How many events there are.
     *
     * @return the count
     */
    public int size() {
        return events.size();
    }

    /**
     * The root hash of the original's tree over the events in their order: leaves are SHA-256 of canonical events, a node
     * is SHA-256 of left and right, an odd node is paired with itself, and the head of no events is SHA-256 of nothing.
     *
     * <p>Unlike the root hash of a log, it doesn't tell {@code [a, b, c]} from {@code [a, b, c, c]}: the count stands
     * beside it for a reason.
     *
     * @return the head
     */
    public Hash head() {
        if (events.isEmpty()) {
            return Hashing.sha256(new byte[0]);
        }
        List<Hash> level = events.stream().map(Event::hash).toList();
        while (level.size() > 1) {
            List<Hash> above = new ArrayList<>((level.size() + 1) / 2);
            for (int i = 0; i < level.size(); i += 2) {
                above.add(node(level.get(i), level.get(Math.min(i + 1, level.size() - 1))));
            }
            level = above;
        }
        return level.get(0);
    }

    private static Hash node(Hash left, Hash right) {
        byte[] both = new byte[2 * Hash.LENGTH];
        left.write(both, 0);
        right.write(both, Hash.LENGTH);
        return Hashing.sha256(both);
    }

    /**
     * The list as canonical JSON (RFC 8785), an array: what is written to a file.
     *
     * @return the bytes
     */
    public byte[] bytes() {
        return CanonicalJson.encode(new JsonArray(List.copyOf(events())));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EventList list && hashes().equals(list.hashes());
    }

    private List<Hash> hashes() {
        return events.stream().map(Event::hash).toList();
    }

    @Override
    public int hashCode() {
        return hashes().hashCode();
    }

    @Override
    public String toString() {
        return size() + " events, head " + head();
    }
}
