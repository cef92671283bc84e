package io.vaultmesh.core.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vaultmesh.core.json.CanonicalJson;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A log that goes on where another one, or a copy of it, can't: under a name and a key of its own. */
final class Successor {

    private static final Pattern NUMBERED = Pattern.compile("(.+)/([2-9]|[1-9][0-9]{1,8})");

    private Successor() {}

    /** The origin of the successor of a log: {@code /2} behind its own, {@code /3} in place of that, and so on. */
    static String originAfter(String origin) {
        Matcher numbered = NUMBERED.matcher(origin);
        return numbered.matches() ? numbered.group(1) + "/" + (Long.parseLong(numbered.group(2)) + 1) : origin + "/2";
    }

    /** The successor's first entry: canonical JSON that names the old log as it ended, with its signed checkpoint. */
    static byte[] firstEntry(TrustedCheckpoint end) {
        return CanonicalJson.encode(Map.of(
                "format",
                1,
                "succeeds",
                Map.of(
                        "origin",
                        end.origin(),
                        "size",
                        end.size(),
                        "root",
                        end.root().toString(),
                        "checkpoint",
                        end.note().toText())));
    }

    /** Begins the successor, if it has nothing yet; one that exists must have begun so. */
    static void begin(MerkleLog log, TrustedCheckpoint end) {
        byte[] first = firstEntry(end);
        if (log.size() == 0) {
            log.append(first);
        } else if (!Arrays.equals(log.entry(0).bytes(), first)) {
            throw new IllegalStateException("the log " + log.origin() + " doesn't begin as the successor of " + end
                    + "; its first entry is " + new String(log.entry(0).bytes(), UTF_8));
        }
    }
}
