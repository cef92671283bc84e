package io.vaultmesh.scheduler.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.DocumentEndEvent;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;
import org.yaml.snakeyaml.parser.Parser;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * Reads the part of YAML that says one thing in one way, as the federation's files have it too: one document of mappings with
 * different keys, lists and texts. Anchors, aliases, tags, directives and merge keys are refused, so that a short file can't
 * stand for a long one; nothing is made but texts, lists and maps.
 */
final class YamlReader {

    /** How many bytes a file may have. */
    static final int MOST_BYTES = 1 << 20;

    /** How deep lists and mappings may lie in each other. */
    static final int DEEPEST = 8;

    private final Parser events;

    private YamlReader(String text) {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(MOST_BYTES);
        this.events = new ParserImpl(new StreamReader(text), options);
    }

    /**
     * Reads a file.
     *
     * @throws ConfigException if it is no such YAML
     */
    static Yaml parse(String file, byte[] bytes) {
        Place begin = new Place(file, 1, 1, "");
        if (bytes.length > MOST_BYTES) {
            throw begin.wrong("has more than " + MOST_BYTES + " bytes");
        }
        try {
            String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return new YamlReader(text).document(begin);
        } catch (CharacterCodingException e) {
            throw begin.wrong("is not UTF-8");
        } catch (MarkedYAMLException e) {
            throw place(begin, e.getProblemMark()).wrong("is no YAML: " + e.getProblem());
        } catch (YAMLException e) {
            throw begin.wrong("is no YAML: " + String.valueOf(e.getMessage()).replaceAll("\\s+", " "));
        }
    }

    private static Place place(Place of, @Nullable Mark mark) {
        return mark == null ? of : new Place(of.file(), mark.getLine() + 1, mark.getColumn() + 1, of.path());
    }

    private Yaml document(Place begin) {
        Event unused = events.getEvent(); // the stream begins
        if (!(events.getEvent() instanceof DocumentStartEvent start)) {
            throw begin.wrong("is empty, expected a mapping");
        }
        Map<String, String> handles = start.getTags();
        if (start.getVersion() != null || (handles != null && !handles.isEmpty())) {
            throw place(begin, start.getStartMark()).wrong("has a directive, expected none");
        }
        Yaml root = node(events.getEvent(), begin, 1);
        if (!(events.getEvent() instanceof DocumentEndEvent)) {
            throw root.at().wrong("has a document that doesn't end");
        }
        if (events.getEvent() instanceof DocumentStartEvent next) {
            throw place(begin, next.getStartMark()).wrong("has a second document, expected one");
        }
        return root;
    }

    private Yaml node(Event event, Place parent, int depth) {
        Place at = place(parent, event.getStartMark());
        if (depth > DEEPEST) {
            throw at.wrong("lies deeper than " + DEEPEST + " levels");
        }
        if (event instanceof ScalarEvent scalar) {
            refuse(at, scalar.getAnchor(), scalar.getTag());
            return new Yaml.Text(at, scalar.getValue());
        }
        if (event instanceof SequenceStartEvent list) {
            refuse(at, list.getAnchor(), list.getTag());
            return new Yaml.Items(at, items(at, depth));
        }
        if (event instanceof MappingStartEvent mapping) {
            refuse(at, mapping.getAnchor(), mapping.getTag());
            return new Yaml.Members(at, members(at, depth));
        }
        throw at.wrong("has an alias, expected what it stands for");
    }

    private static void refuse(Place at, @Nullable String anchor, @Nullable String tag) {
        if (anchor != null) {
            throw at.wrong("has an anchor, expected none");
        }
        if (tag != null) {
            throw at.wrong("has a tag, expected none");
        }
    }

    private List<Yaml> items(Place at, int depth) {
        List<Yaml> items = new ArrayList<>();
        for (Event next = events.getEvent(); !next.is(Event.ID.SequenceEnd); next = events.getEvent()) {
            items.add(node(next, at.below(Integer.toString(items.size()), at.line(), at.column()), depth + 1));
        }
        return items;
    }

    private Map<String, Yaml.Member> members(Place at, int depth) {
        Map<String, Yaml.Member> members = new LinkedHashMap<>();
        for (Event next = events.getEvent(); !next.is(Event.ID.MappingEnd); next = events.getEvent()) {
            Yaml key = node(next, at, depth + 1);
            if (!(key instanceof Yaml.Text name)) {
                throw key.at().wrong("has a key that is " + key.what() + ", expected a text");
            }
            Place place = at.below(name.value(), key.at().line(), key.at().column());
            if (name.value().equals("<<")) {
                throw place.wrong("is a merge key, expected what it stands for");
            }
            Yaml.Member before = members.get(name.value());
            if (before != null) {
                throw place.wrong(
                        "is there twice, first in line " + before.key().line());
            }
            members.put(name.value(), new Yaml.Member(place, node(events.getEvent(), place, depth + 1)));
        }
        return members;
    }
}
