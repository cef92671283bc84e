package io.vaultmesh.scheduler.anchor;

import io.vaultmesh.core.json.CanonicalJson;
import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.core.log.Checkpoint;
import io.vaultmesh.core.log.TrustedCheckpoint;
import io.vaultmesh.remembrancer.anchor.Finality;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** A target that keeps what is published in memory, and does what a test tells it to. */
public class ScriptedAnchor implements Anchor {

    private final String name;
    private final AtomicLong number = new AtomicLong();

    /** Every request that was sent, in order. */
    public final List<String> sent = new ArrayList<>();

    /** Every checkpoint that was published. */
    public final List<Checkpoint> published = new ArrayList<>();

    /** What the next submissions fail by, each before it publishes. */
    public final Deque<RuntimeException> failures = new ArrayDeque<>();

    /** What the next verifications give; final, if there is nothing. */
    public final Deque<Supplier<Finality>> finalities = new ArrayDeque<>();

    public ScriptedAnchor(String name) {
        this.name = name;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public JsonObject prepare(TrustedCheckpoint checkpoint) {
        return JsonObject.builder()
                .put("number", number.incrementAndGet())
                .put("root", checkpoint.root().toString())
                .build();
    }

    @Override
    public JsonObject submit(Checkpoint checkpoint, JsonObject request) {
        String bytes = new String(CanonicalJson.encode(request), StandardCharsets.UTF_8);
        boolean again = sent.contains(bytes);
        sent.add(bytes);
        RuntimeException failure = failures.poll();
        if (failure != null) {
            throw failure;
        }
        if (!again || !published.contains(checkpoint)) {
            published.add(checkpoint);
        }
        return request;
    }

    @Override
    public Finality verify(Checkpoint checkpoint, JsonObject evidence) {
        Supplier<Finality> next = finalities.poll();
        if (next != null) {
            return next.get();
        }
        if (!evidence.string("root").equals(checkpoint.root().toString())) {
            return new Finality.Invalid("another root");
        }
        return published.contains(checkpoint)
                ? new Finality.Final(Instant.EPOCH)
                : new Finality.Missing("not published");
    }
}
