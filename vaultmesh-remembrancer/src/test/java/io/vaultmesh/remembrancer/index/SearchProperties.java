package io.vaultmesh.remembrancer.index;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vaultmesh.core.json.JsonBoolean;
import io.vaultmesh.core.json.JsonNumber;
import io.vaultmesh.core.json.JsonString;
import io.vaultmesh.core.json.JsonValue;
import io.vaultmesh.remembrancer.memory.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** A search gives what a model gives that looks at every record. */
class SearchProperties {

    /** Those whose content is free: an erasure's isn't. */
    private static final List<Kind> KINDS =
            Stream.of(Kind.values()).filter(kind -> kind != Kind.ERASURE).toList();

    private static final List<String> WORDS = List.of("ledger", "router", "Früh", "x-ray", "two", "ten");
    private static final List<JsonValue> VALUES = List.of(
            new JsonString("1"), new JsonNumber(1), new JsonBoolean(true), new JsonString("ledger"), new JsonNumber(0));

    private final List<Records.Draft> drafts = new ArrayList<>();

    private static RandomGenerator random(long seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    private static <T> T any(RandomGenerator random, List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private static String text(RandomGenerator random, int most) {
        return String.join(
                " ",
                Stream.generate(() -> any(random, WORDS))
                        .limit(random.nextInt(most + 1))
                        .toList());
    }

    private Records.Draft draft(RandomGenerator random) {
        Records.Draft draft = new Records.Draft();
        draft.seq = drafts.size();
        draft.kind = any(random, KINDS);
        draft.author = any(random, List.of("did:key:zA", "did:key:zB"));
        draft.at = Records.START.plusMillis(random.nextInt(6) - 3L);
        draft.title = "a " + text(random, 3);
        draft.text = text(random, 3);
        draft.component = random.nextBoolean() ? Optional.of(any(random, WORDS)) : Optional.empty();
        draft.version = random.nextBoolean() ? Optional.of(any(random, List.of("1", "2"))) : Optional.empty();
        if (random.nextBoolean()) {
            draft.attributes.put(any(random, List.of("n", "m")), any(random, VALUES));
        }
        drafts.add(draft);
        return draft;
    }

    private static List<String> tokens(String text) {
        return Arrays.stream(text.toLowerCase(java.util.Locale.ROOT)
                        .replace('ü', 'u')
                        .split("[^a-z0-9]+"))
                .filter(token -> !token.isEmpty())
                .toList();
    }

    private static boolean has(String text, String query) {
        return Arrays.stream(query.split(" "))
                .allMatch(word -> java.util.Collections.indexOfSubList(tokens(text), tokens(word)) >= 0);
    }

    private static String title(Records.Draft draft) {
        return draft.title + "\n" + draft.component.orElse("") + "\n" + draft.version.orElse("");
    }

    private static boolean matches(Records.Draft draft, String query) {
        StringBuilder rest = new StringBuilder(draft.text);
        draft.attributes.values().forEach(value -> {
            if (value instanceof JsonString string) {
                rest.append('\n').append(string.value());
            }
        });
        return Arrays.stream(query.split(" ")).allMatch(word -> has(title(draft), word) || has(rest.toString(), word));
    }

    private static boolean meets(Records.Draft draft, Search search) {
        List<Predicate<Records.Draft>> conditions = new ArrayList<>();
        conditions.add(it -> search.kinds().isEmpty() || search.kinds().contains(it.kind));
        conditions.add(it -> search.component().isEmpty() || search.component().equals(it.component));
        conditions.add(it -> search.version().isEmpty() || search.version().equals(it.version));
        conditions.add(it -> search.author().map(it.author::equals).orElse(true));
        conditions.add(it -> search.since().map(since -> !it.at.isBefore(since)).orElse(true));
        conditions.add(it -> search.until().map(it.at::isBefore).orElse(true));
        conditions.add(
                it -> it.attributes.entrySet().containsAll(search.attributes().entrySet()));
        conditions.add(it -> search.text().map(text -> matches(it, text)).orElse(true));
        return conditions.stream().allMatch(condition -> condition.test(draft));
    }

    private List<Long> model(Search search) {
        Comparator<Long> newest = Comparator.reverseOrder();
        Comparator<Long> titles = Comparator.comparing(index -> search.text()
                .map(text -> has(title(drafts.get(index.intValue())), text) ? 0 : 1)
                .orElse(0));
        return Stream.iterate(0L, index -> index < drafts.size(), index -> index + 1)
                .filter(index -> meets(drafts.get(index.intValue()), search))
                .sorted(titles.thenComparing(newest))
                .toList();
    }

    private static Search search(RandomGenerator random) {
        Search search = random.nextInt(4) == 0
                ? Search.all()
                : Search.words(any(random, WORDS) + (random.nextBoolean() ? " " + any(random, WORDS) : ""));
        int conditions = random.nextInt(3);
        for (int i = 0; i < conditions; i++) {
            search = switch (random.nextInt(7)) {
                case 0 -> search.kinds(Kind.DEPLOYMENT, Kind.INCIDENT);
                case 1 -> search.component(any(random, WORDS));
                case 2 -> search.version("1");
                case 3 -> search.author(any(random, List.of("did:key:zA", "did:key:zC")));
                case 4 -> search.since(Records.START.plusNanos(random.nextInt(3) - 1L));
                case 5 -> search.until(Records.START.plusNanos(random.nextInt(3) - 1L));
                default -> search.attribute("n", any(random, VALUES));
            };
        }
        return search.limit(1 + random.nextInt(5));
    }

    @Property(tries = 25)
    void everyPageIsThatOfTheModelWhileRecordsAreAdded(@ForAll long seed) throws IOException {
        RandomGenerator random = random(seed);
        drafts.clear();
        Path directory = Files.createTempDirectory("index");
        Path file = directory.resolve("index.db");
        try (MemoryIndex index = MemoryIndex.sqlite(file, Records.ORIGIN)) {
            load(index, random);
            for (int i = 0; i < 20; i++) {
                Search search = search(random);
                List<Long> expected = model(search);
                List<Long> found = new ArrayList<>();
                Optional<String> next = Optional.empty();
                do {
                    SearchResult page = index.search(next.map(search::after).orElse(search));
                    assertEquals(expected.size(), page.matches(), search::toString);
                    page.hits().forEach(hit -> found.add(hit.index()));
                    next = page.next();
                    if (random.nextInt(4) == 0) {
                        Records.add(index, draft(random));
                    }
                } while (next.isPresent());
                assertEquals(expected, found, search::toString);
            }
        } finally {
            IndexFiles.delete(file);
            Files.delete(directory);
        }
    }

    private void load(MemoryIndex index, RandomGenerator random) {
        if (random.nextBoolean()) {
            try (BulkLoad load = index.rebuild()) {
                int size = random.nextInt(60);
                for (int i = 0; i < size; i++) {
                    load.add(List.of(draft(random).at((long) i)));
                }
                load.finish(Records.root(size));
            }
        }
        Records.add(
                index,
                Stream.generate(() -> draft(random)).limit(random.nextInt(60)).toArray(Records.Draft[]::new));
    }
}
