package io.vaultmesh.federation.merge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vaultmesh.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class CanonicalUnionProperties {

    private static final JsonObject FIRST = event("", 0);
    private static final String HASH_OF_FIRST =
            EventList.of(List.of(FIRST)).head().toString();

    /** Few ids and values, so that events collide; one id is the hash of an event without an id. */
    @Provide
    Arbitrary<EventList> lists() {
        Arbitrary<String> ids = Arbitraries.of("", "", "a", "b", "é", HASH_OF_FIRST);
        return Combinators.combine(ids, Arbitraries.integers().between(0, 4))
                .as(CanonicalUnionProperties::event)
                .list()
                .ofMaxSize(12)
                .map(EventList::of);
    }

    private static JsonObject event(String id, int n) {
        JsonObject.Builder event = JsonObject.builder().put("n", n);
        if (!id.isEmpty()) {
            event.put("event_id", id);
        }
        return event.build();
    }

    @Property(tries = 300)
    void isCommutative(@ForAll("lists") EventList a, @ForAll("lists") EventList b) {
        assertEquals(CanonicalUnion.merge(a, b), CanonicalUnion.merge(b, a));
    }

    @Property(tries = 300)
    void isAssociative(@ForAll("lists") EventList a, @ForAll("lists") EventList b, @ForAll("lists") EventList c) {
        assertEquals(
                CanonicalUnion.merge(CanonicalUnion.merge(a, b), c),
                CanonicalUnion.merge(a, CanonicalUnion.merge(b, c)));
    }

    @Property(tries = 300)
    void isIdempotent(@ForAll("lists") EventList a, @ForAll("lists") EventList b) {
        EventList merged = CanonicalUnion.merge(a, b);
        assertEquals(merged, CanonicalUnion.merge(merged, merged));
        assertEquals(merged, CanonicalUnion.merge(merged, a));
        assertEquals(merged, EventList.parse(merged.bytes()));
    }

    @Property(tries = 300)
    void dependsOnTheEventsAlone(@ForAll("lists") EventList a, @ForAll("lists") EventList b, @ForAll Random random) {
        List<JsonObject> all =
                new ArrayList<>(CanonicalUnionTest.joined(List.of(a, b)).events());
        Collections.shuffle(all, random);
        int cut = random.nextInt(all.size() + 1);
        assertEquals(
                CanonicalUnion.merge(a, b),
                CanonicalUnion.merge(EventList.of(all.subList(0, cut)), EventList.of(all.subList(cut, all.size()))));
    }
}
