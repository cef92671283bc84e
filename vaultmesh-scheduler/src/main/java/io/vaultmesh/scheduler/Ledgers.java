package io.vaultmesh.scheduler;

import io.vaultmesh.remembrancer.MemoryReader;
import io.vaultmesh.remembrancer.Remembrancer;
import io.vaultmesh.remembrancer.memory.NamespaceName;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ledgers of the namespaces that are anchored. One that isn't there, or can't be read, stops none of the others. Not
 * thread-safe.
 */
final class Ledgers {

    private static final Logger LOG = LoggerFactory.getLogger(Scheduler.class);

    private final Remembrancer memory;
    private final Set<NamespaceName> wanted;
    private final BiConsumer<NamespaceName, Ledger> opened;
    private final Map<NamespaceName, Ledger> ledgers = new HashMap<>();
    private final Set<NamespaceName> complained = new HashSet<>();

    /**
     * Creates the ledgers.
     *
     * @param memory whose namespaces
     * @param wanted which of them
     * @param opened told when one is there for the first time
     */
    Ledgers(Remembrancer memory, Set<NamespaceName> wanted, BiConsumer<NamespaceName, Ledger> opened) {
        this.memory = memory;
        this.wanted = Set.copyOf(wanted);
        this.opened = opened;
    }

    /** What is worth anchoring, of the namespaces that are there and can be read. */
    Map<NamespaceName, Long> news() {
        openWhatIsThere();
        Map<NamespaceName, Long> news = new HashMap<>();
        ledgers.forEach((name, ledger) -> {
            try {
                news.put(name, ledger.news());
                complained.remove(name);
            } catch (RuntimeException e) {
                complain(name, e);
            }
        });
        return news;
    }

    /** Whether a namespace isn't there, as opposed to one that can't be read. */
    boolean isAbsent(NamespaceName name) {
        return !ledgers.containsKey(name) && !complained.contains(name);
    }

    private void openWhatIsThere() {
        if (ledgers.size() == wanted.size()) {
            return;
        }
        List<NamespaceName> missing =
                wanted.stream().filter(name -> !ledgers.containsKey(name)).toList();
        try (MemoryReader reader = Remembrancer.read(memory.directory())) {
            missing.forEach(name -> openIfThere(name, reader));
        } catch (RuntimeException e) {
            missing.forEach(name -> complain(name, e));
        }
    }

    /** To ask the memory for one would make it. */
    private void openIfThere(NamespaceName name, MemoryReader reader) {
        try {
            var unused = reader.namespace(name.value());
        } catch (IllegalArgumentException absent) {
            complained.remove(name);
            return;
        } catch (RuntimeException e) {
            complain(name, e);
            return;
        }
        open(name);
    }

    private void open(NamespaceName name) {
        try {
            Ledger ledger = new Ledger(memory.namespace(name.value()), memory.author());
            opened.accept(name, ledger);
            ledgers.put(name, ledger);
        } catch (RuntimeException e) {
            complain(name, e);
        }
    }

    private void complain(NamespaceName name, RuntimeException e) {
        if (complained.add(name)) { // once, not at each tick
            LOG.warn("namespace {} can't be read, and isn't anchored until it can", name, e);
        }
    }

    /** The ledger of a namespace that is there. */
    Ledger of(NamespaceName name) {
        Ledger ledger = ledgers.get(name);
        if (ledger == null) {
            throw new IllegalStateException("namespace " + name + " isn't open, expected one that is planned for");
        }
        return ledger;
    }
}
