package io.vaultmesh.federation.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vaultmesh.core.check.RefutedException;
import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.json.CanonicalJson;
import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.core.log.LogSource;
import io.vaultmesh.core.log.TrustedCheckpoint;
import io.vaultmesh.core.merkle.CompactRange;
import io.vaultmesh.core.merkle.NodeId;
import io.vaultmesh.core.note.NoteVerifier;
import io.vaultmesh.core.note.SignedNote;
import io.vaultmesh.federation.peer.PeerId;
import io.vaultmesh.federation.wire.Request;
import io.vaultmesh.federation.wire.Response;
import io.vaultmesh.federation.wire.WireException;
import io.vaultmesh.remembrancer.memory.NamespaceName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads the tail of a peer's log in one exchange: what was appended since its last checkpoint that was seen here. A leaf
 * hash is a record's id, so that 32 bytes tell of each record, and the same hashes prove that nothing before was changed.
 * Not thread-safe.
 */
final class TailSync {

    private static final int WIDTH = 256;
    private static final int HEIGHT = 8;
    private static final int MOST_NOTE = 1 << 16;

    private final Exchange exchange;
    private final Conversation conversation;
    private final Fetching fetching;
    private final PeerId peer;
    private final NamespaceName namespace;

    TailSync(Exchange exchange, Conversation conversation, Fetching fetching) {
        this.exchange = exchange;
        this.conversation = conversation;
        this.fetching = fetching;
        this.peer = exchange.peer().id();
        this.namespace = exchange.set().namespace();
    }

    /** Begins, if the key of the peer's log is known and its log isn't doubted. */
    void begin(int theirSize) {
        Optional<NoteVerifier> key = exchange.peer().log(namespace);
        Optional<byte[]> saved = exchange.logs().load(peer, namespace);
        if (key.isPresent() && saved.filter(TailSync::isDoubt).isEmpty()) {
            conversation.ask(Request.file(namespace, LogSource.CHECKPOINT), response -> {
                if (response.status() != Response.NOT_FOUND) {
                    Optional<SeenLog> seen = saved.flatMap(bytes -> read(bytes, key.get()));
                    came(TrustedCheckpoint.verify(note(response), key.get()), seen, theirSize);
                }
            });
        }
    }

    /** What was seen before; if it can't be read, or is of another key, the log is seen for the first time. */
    private Optional<SeenLog> read(byte[] saved, NoteVerifier key) {
        try {
            return Optional.of(SeenLog.parse(saved, key));
        } catch (IllegalArgumentException | RefutedException e) {
            exchange.events()
                    .accept(new FederationEvent.LogDoubted(
                            peer, namespace, "what was seen of it before is of no use: " + e.getMessage()));
            return Optional.empty();
        }
    }

    private static SignedNote note(Response response) {
        byte[] bytes = Conversation.contentOf(response, MOST_NOTE);
        try {
            return SignedNote.parse(bytes);
        } catch (IllegalArgumentException e) {
            throw new WireException("checkpoint: " + e.getMessage());
        }
    }

    private void came(TrustedCheckpoint now, Optional<SeenLog> seen, int theirSize) {
        long before = seen.map(SeenLog::size).orElse(0L);
        boolean mostIsNew = exchange.set().size() < theirSize / 2;
        if (now.size() < before) {
            exchange.events()
                    .accept(new FederationEvent.LogDoubted(
                            peer, namespace, "it went back from size " + before + " to " + now.size()));
        } else if (now.size() == before) {
            if (seen.isPresent() && !now.root().equals(seen.get().checkpoint().root())) {
                doubt(
                        now,
                        "two checkpoints of size " + before + " have roots " + now.root() + " and "
                                + seen.get().checkpoint().root());
            }
        } else if (now.size() - before <= exchange.limits().tail() && (seen.isPresent() || mostIsNew)) {
            readLeaves(now, seen, before, before / WIDTH, new ArrayList<>());
        } else {
            readEdge(now, 0, new HashMap<>());
        }
    }

    /** Reads the leaf hashes from one size to another, tile by tile. */
    private void readLeaves(TrustedCheckpoint now, Optional<SeenLog> seen, long before, long tile, List<Hash> leaves) {
        int width = (int) Math.min(WIDTH, now.size() - tile * WIDTH);
        readTile(0, tile, width, hashes -> {
            leaves.addAll(hashes.subList((int) Math.max(0, before - tile * WIDTH), width));
            if ((tile + 1) * WIDTH < now.size()) {
                readLeaves(now, seen, before, tile + 1, leaves);
            } else {
                extend(now, seen, leaves);
            }
        });
    }

    private void extend(TrustedCheckpoint now, Optional<SeenLog> seen, List<Hash> leaves) {
        try {
            SeenLog next;
            if (seen.isPresent()) {
                next = seen.get().extended(now, leaves);
            } else {
                CompactRange range = new CompactRange();
                leaves.forEach(range::append);
                next = SeenLog.first(now, range);
            }
            fetching.want(leaves);
            exchange.logs().save(peer, namespace, next.bytes());
        } catch (RefutedException e) {
            doubt(now, String.valueOf(e.getMessage()));
        }
    }

    /** Reads the right edge of the tree, of which the roots of its complete subtrees are made. */
    private void readEdge(TrustedCheckpoint now, int level, Map<Integer, List<Hash>> edge) {
        long hashes = level * HEIGHT < Long.SIZE ? now.size() >>> (level * HEIGHT) : 0;
        if (hashes == 0) {
            CompactRange range = CompactRange.of(now.size(), nodes -> List.of(subtree(nodes.get(0), edge)));
            try {
                exchange.logs().save(peer, namespace, SeenLog.first(now, range).bytes());
            } catch (RefutedException e) {
                doubt(now, String.valueOf(e.getMessage()));
            }
            return;
        }
        int width = (int) (hashes % WIDTH);
        if (width == 0) {
            readEdge(now, level + 1, edge);
        } else {
            readTile(level, hashes / WIDTH, width, tile -> {
                edge.put(level, tile);
                readEdge(now, level + 1, edge);
            });
        }
    }

    private static Hash subtree(NodeId node, Map<Integer, List<Hash>> edge) {
        int height = node.level() % HEIGHT;
        int first = (int) ((node.index() << height) % WIDTH);
        CompactRange range = new CompactRange();
        edge.getOrDefault(node.level() / HEIGHT, List.of())
                .subList(first, first + (1 << height))
                .forEach(range::append);
        return range.root();
    }

    private void readTile(int level, long number, int width, Consumer<List<Hash>> then) {
        conversation.ask(Request.file(namespace, LogSource.tile(level, number, width)), response -> {
            if (response.status() == Response.NOT_FOUND && width < WIDTH) {
                // the partial tile may have gone when the full one came
                conversation.ask(
                        Request.file(namespace, LogSource.tile(level, number, WIDTH)),
                        full -> then.accept(hashes(full, WIDTH).subList(0, width)));
            } else {
                then.accept(hashes(response, width));
            }
        });
    }

    private static List<Hash> hashes(Response response, int width) {
        byte[] tile = Conversation.contentOf(response, WIDTH * Hash.LENGTH);
        if (tile.length != width * Hash.LENGTH) {
            throw new WireException("a tile has " + tile.length + " bytes, expected " + width * Hash.LENGTH);
        }
        List<Hash> hashes = new ArrayList<>();
        for (int at = 0; at < tile.length; at += Hash.LENGTH) {
            hashes.add(Hash.read(tile, at));
        }
        return hashes;
    }

    /** Reads this log's tail no more, until somebody forgets the doubt. */
    private void doubt(TrustedCheckpoint now, String reason) {
        JsonObject doubt = JsonObject.builder()
                .put("checkpoint", new String(now.note().bytes(), UTF_8))
                .put("doubt", reason)
                .build();
        exchange.logs().save(peer, namespace, CanonicalJson.encode(doubt));
        exchange.events().accept(new FederationEvent.LogDoubted(peer, namespace, reason));
    }

    private static boolean isDoubt(byte[] saved) {
        return new String(saved, UTF_8).contains("\"doubt\":");
    }
}
