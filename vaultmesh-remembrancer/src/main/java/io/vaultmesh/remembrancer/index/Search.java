package io.vaultmesh.remembrancer.index;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.core.json.JsonBoolean;
import io.vaultmesh.core.json.JsonNumber;
import io.vaultmesh.core.json.JsonString;
import io.vaultmesh.core.json.JsonValue;
import io.vaultmesh.remembrancer.memory.Kind;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is searched for. Immutable: every method returns a changed copy. Thread-safe.
 *
 * <p>A record matches if it has all the words, in any of title, component, version, body and the string values of its
 * attributes, and meets every condition. Case and accents don't matter, and a word is a whole word: {@code ledger}
 * doesn't find "ledgers". A word with punctuation inside, as {@code x-ray}, is found as that sequence of words. Text
 * that has no word, but only blanks and punctuation, matches nothing.
 *
 * <p>Of more than {@link #MAX_RANKED} matches only the newest ones are given: those with the highest leaf indexes. First
 * come the records that have all the words in title, component and version, then the others, and of each the newest
 * first. Without words, simply the newest come first.
 *
 * @param text the words, or the expression; if empty, words don't matter
 * @param syntax whether the text is an expression in the syntax of SQLite's FTS5 rather than words. Its columns are
 *     {@code title} (with component and version) and {@code text} (body and attributes)
 * @param kinds the kinds, one of which a record must have; empty for any
 * @param component what the record must be about, if given
 * @param version which version of that, if given
 * @param author the did:key of the record's author, if given
 * @param since the earliest time, if any; inclusive
 * @param until the latest time, if any; exclusive
 * @param attributes the attributes that the record must have, with these very values
 * @param limit how many hits a page has at most
 * @param cursor where the page begins, if it is not the first
 */
public record Search(
        Optional<String> text,
        boolean syntax,
        Set<Kind> kinds,
        Optional<String> component,
        Optional<String> version,
        Optional<String> author,
        Optional<Instant> since,
        Optional<Instant> until,
        SortedMap<String, JsonValue> attributes,
        int limit,
        Optional<String> cursor) {

    /** How many matches are given at most, over all pages. */
    public static final int MAX_RANKED = 10_000;

    /** How many hits a page can have. */
    public static final int MAX_LIMIT = 1000;

    /** How many characters a text can have. */
    public static final int MAX_TEXT = 4096;

    /** How many words can be searched for at once. */
    public static final int MAX_WORDS = 64;

    private static final int DEFAULT_LIMIT = 20;
    private static final int MAX_ATTRIBUTES = 32;

    /**
     * Creates a search.
     *
     * @param text the words, or the expression; if empty, words don't matter
     * @param syntax whether the text is an expression in the syntax of SQLite's FTS5 rather than words
     * @param kinds the kinds, one of which a record must have; empty for any
     * @param component what the record must be about, if given
     * @param version which version of that, if given
     * @param author the did:key of the record's author, if given
     * @param since the earliest time, if any; inclusive
     * @param until the latest time, if any; exclusive
     * @param attributes the attributes that the record must have, with these very values
     * @param limit how many hits a page has at most
     * @param cursor where the page begins, if it is not the first
     * @throws IllegalArgumentException if the text is longer than {@link #MAX_TEXT} or has more than {@link #MAX_WORDS}
     *     words, an expression has a NUL or begins with an asterisk, the limit is not from 1 to {@link #MAX_LIMIT}, or
     *     there are more than 32 attributes or one that is not a string, number or boolean
     */
    public Search {
        requireNonNull(component, "component");
        requireNonNull(version, "version");
        requireNonNull(author, "author");
        requireNonNull(since, "since");
        requireNonNull(until, "until");
        requireNonNull(cursor, "cursor");
        text.ifPresent(given -> MatchText.require(given, syntax));
        kinds = kinds.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(kinds));
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("limit is " + limit + ", expected from 1 to " + MAX_LIMIT);
        }
        if (attributes.size() > MAX_ATTRIBUTES) {
            throw new IllegalArgumentException(
                    "there are " + attributes.size() + " attributes, expected at most " + MAX_ATTRIBUTES);
        }
        attributes.forEach(Search::requireScalar);
        attributes = Collections.unmodifiableSortedMap(new TreeMap<>(attributes));
    }

    private static void requireScalar(String name, JsonValue value) {
        if (!(value instanceof JsonString || value instanceof JsonNumber || value instanceof JsonBoolean)) {
            throw new IllegalArgumentException(
                    "attribute \"" + name + "\" is a JSON " + value.type() + ", expected a string, number or boolean");
        }
    }

    /**
     * All records, the newest first.
     *
     * @return the search, to which conditions may be added
     */
    public static Search all() {
        return new Search(
                Optional.empty(),
                false,
                Set.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                new TreeMap<>(),
                DEFAULT_LIMIT,
                Optional.empty());
    }

    /**
     * The records that have all the words of a text, which may come from anybody: nothing in it is syntax.
     *
     * @param text words with white space between them
     * @return the search
     * @throws IllegalArgumentException if the text is longer than {@link #MAX_TEXT} or has more than {@link #MAX_WORDS}
     *     words
     */
    public static Search words(String text) {
        return all().with(Optional.of(text), false);
    }

    /**
     * The records that an expression of SQLite's FTS5 matches, as {@code title : ledger NOT (text : rollback*)}. An
     * expression that isn't one is refused when it is searched for.
     *
     * @param expression the expression
     * @return the search
     * @throws IllegalArgumentException if it is longer than {@link #MAX_TEXT}, has a NUL, or begins with an asterisk
     */
    public static Search expression(String expression) {
        return all().with(Optional.of(expression), true);
    }

    private Search with(Optional<String> newText, boolean newSyntax) {
        return new Search(
                newText, newSyntax, kinds, component, version, author, since, until, attributes, limit, cursor);
    }

    /**
     * Only records of some kinds.
     *
     * @param any the kinds, one of which a record must have; one that is named twice counts once
     * @return the changed copy
     */
    public Search kinds(Kind... any) {
        return new Search(
                text,
                syntax,
                Set.copyOf(List.of(any)),
                component,
                version,
                author,
                since,
                until,
                attributes,
                limit,
                cursor);
    }

    /**
     * Only records about a component.
     *
     * @param name the component
     * @return the changed copy
     */
    public Search component(String name) {
        return new Search(
                text, syntax, kinds, Optional.of(name), version, author, since, until, attributes, limit, cursor);
    }

    /**
     * Only records about a version.
     *
     * @param number the version
     * @return the changed copy
     */
    public Search version(String number) {
        return new Search(
                text, syntax, kinds, component, Optional.of(number), author, since, until, attributes, limit, cursor);
    }

    /**
     * Only records of an author.
     *
     * @param didKey the author's did:key
     * @return the changed copy
     */
    public Search author(String didKey) {
        return new Search(
                text, syntax, kinds, component, version, Optional.of(didKey), since, until, attributes, limit, cursor);
    }

    /**
     * Leaves out what is earlier.
     *
     * @param earliest the earliest time; inclusive
     * @return the changed copy
     */
    public Search since(Instant earliest) {
        return new Search(
                text,
                syntax,
                kinds,
                component,
                version,
                author,
                Optional.of(earliest),
                until,
                attributes,
                limit,
                cursor);
    }

    /**
     * Leaves out what is later.
     *
     * @param end the latest time; exclusive
     * @return the changed copy
     */
    public Search until(Instant end) {
        return new Search(
                text, syntax, kinds, component, version, author, since, Optional.of(end), attributes, limit, cursor);
    }

    /**
     * Only records that have an attribute.
     *
     * @param name its name; replaces an earlier condition on it
     * @param value its value: a string, number or boolean
     * @return the changed copy
     * @throws IllegalArgumentException if the value is of another type, or there are 32 already
     */
    public Search attribute(String name, JsonValue value) {
        SortedMap<String, JsonValue> more = new TreeMap<>(attributes);
        more.put(requireNonNull(name, "name"), requireNonNull(value, "value"));
        return new Search(text, syntax, kinds, component, version, author, since, until, more, limit, cursor);
    }

    /**
     * How many hits a page has.
     *
     * @param hits the most that there are in a page, 20 by default
     * @return the changed copy
     * @throws IllegalArgumentException if it is not from 1 to {@link #MAX_LIMIT}
     */
    public Search limit(int hits) {
        return new Search(text, syntax, kinds, component, version, author, since, until, attributes, hits, cursor);
    }

    /**
     * The page that begins at a cursor. It gives what it would have given when the first page was asked for: records that
     * were added since don't appear.
     *
     * @param next the cursor that the page before gave, from the same search; the limit may differ
     * @return the changed copy
     */
    public Search after(String next) {
        return new Search(
                text, syntax, kinds, component, version, author, since, until, attributes, limit, Optional.of(next));
    }
}
