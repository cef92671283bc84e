package io.vaultmesh.remembrancer;

import io.vaultmesh.remembrancer.timestamp.TimestampClient;
import io.vaultmesh.remembrancer.timestamp.TimestampClientBuilder;
import io.vaultmesh.remembrancer.timestamp.TimestampVerifier;
import io.vaultmesh.remembrancer.trust.TrustStore;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The authorities that stamp artifacts, and the client that asks them: a new one whenever other ones are trusted. Thread-safe. */
final class StampingAuthorities {

    private final Trust trust;
    private final List<URI> uris;
    private final InstantSource clock;
    private @Nullable TrustStore asked; // guarded by this, as is client
    private @Nullable TimestampClient client;

    StampingAuthorities(Trust trust, List<URI> uris, InstantSource clock) {
        this.trust = trust;
        this.uris = List.copyOf(uris);
        this.clock = clock;
    }

    Trust trust() {
        return trust;
    }

    InstantSource clock() {
        return clock;
    }

    /** The client for the authorities that are pinned now. */
    synchronized TimestampClient client() {
        if (uris.isEmpty()) {
            throw new IllegalStateException(
                    "no authority stamps artifacts; name one by RemembrancerBuilder.timestampAuthority");
        }
        TrustStore store = trust.store();
        TimestampClient known = client;
        if (known == null || asked == null || !asked.equals(store)) {
            TimestampVerifier verifier = store.timestamps(clock)
                    .orElseThrow(() -> new IllegalStateException(
                            "no authority's root is pinned, so nothing that " + uris + " stamps would be believed"));
            TimestampClientBuilder builder = TimestampClient.builder(verifier);
            uris.forEach(uri -> {
                TimestampClientBuilder unused = builder.authority(uri);
            });
            known = builder.build();
            client = known;
            asked = store;
        }
        return known;
    }
}
