package io.vaultmesh.examples.cli.memory;

import io.vaultmesh.examples.cli.shared.Output;
import io.vaultmesh.examples.cli.shared.Records;
import io.vaultmesh.remembrancer.Hit;
import io.vaultmesh.remembrancer.Page;
import io.vaultmesh.remembrancer.Query;
import io.vaultmesh.remembrancer.index.Search;
import java.util.Optional;
import picocli.CommandLine.Option;

/** {@code --most N}, and how what was found is listed. */
final class Listing {

    @Option(names = "--most", paramLabel = "N", defaultValue = "20", description = "How many are listed at most.")
    private int most;

    /** Lists the records, each read from the log again: the index alone proves nothing. */
    void print(Query query, Output output) {
        if (most < 1) {
            throw new IllegalArgumentException("--most is " + most + ", expected at least 1");
        }
        int left = most;
        Page page = query.limit(Math.min(left, Search.MAX_LIMIT)).page();
        while (true) {
            for (Hit hit : page.hits().subList(0, Math.min(left, page.hits().size()))) {
                Records.print(hit.record(), output);
                left--;
            }
            Optional<String> next = page.next();
            if (left == 0 || next.isEmpty()) {
                break;
            }
            page = query.limit(Math.min(left, Search.MAX_LIMIT))
                    .after(next.get())
                    .page();
        }
        if (page.matches() > most) {
            output.err().println("vaultmesh: " + most + " of " + page.matches() + " are listed, --most lists more");
        }
    }
}
