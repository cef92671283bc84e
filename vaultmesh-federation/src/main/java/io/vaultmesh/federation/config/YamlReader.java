package io.vaultmesh.federation.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
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
 * Reads the part of YAML that says one thing in one way: one document of mappings with different keys, lists and texts.
 * Anchors, aliases, tags, directives and merge keys are refused, and no text is taken for a number, a date or a truth value:
 * that of Norway stays {@code no}.
 */
final class YamlReader {

    /** How many bytes a file may have. */
    static final int MOST_BYTES = 1 << 20;

    /** How deep lists and mappings may lie in each other. */
    static final int DEEPEST = 16;

    private final String file;
    private final Parser events;

    private YamlReader(String file, String text) {
        this.file = file;
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(MOST_BYTES);
        this.events = new ParserImpl(new StreamReader(text), options);
    }

    /**
     * Reads a file.
     *
     * @throws ConfigException if it is no such YAML
     * @throws UncheckedIOException if it can't be read
     */
    static Node read(Path path) {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(path)) {
            bytes = in.readNBytes(MOST_BYTES + 1);
        } catch (IOException e) {
            throw new UncheckedIOException("can't read " + path + ": " + e, e);
        }
        return parse(String.valueOf(path.getFileName()), bytes);
    }

    static Node parse(String file, byte[] bytes) {
        Place begin = new Place(file, 1, 1);
        if (bytes.length > MOST_BYTES) {
            throw begin.wrong("the file has more than " + MOST_BYTES + " bytes");
        }
        try {
            String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            requirePrintable(file, text);
            return new YamlReader(file, text).document();
        } catch (CharacterCodingException e) {
            throw begin.wrong("the file is not UTF-8");
        } catch (MarkedYAMLException e) {
            String problem = e.getProblem() == null ? "it is no YAML" : e.getProblem();
            throw place(file, e.getProblemMark()).wrong(problem);
        } catch (YAMLException e) {
            throw begin.wrong(String.valueOf(e.getMessage()).replaceAll("\\s+", " "));
        }
    }

    /** The parser doesn't say where such a character is. */
    private static void requirePrintable(String file, String text) {
        int line = 1;
        int column = 1;
        for (int at = 0; at < text.length(); at = text.offsetByCodePoints(at, 1)) {
            int point = text.codePointAt(at);
            if (!StreamReader.isPrintable(point)) {
                String shown = String.format(Locale.ROOT, "U+%04X", point);
                throw new Place(file, line, column)
                        .wrong("there is the character " + shown + ", which YAML doesn't have");
            }
            line += point == '\n' ? 1 : 0;
            column = point == '\n' ? 1 : column + 1;
        }
    }

    private static Place place(String file, @Nullable Mark mark) {
        return mark == null ? new Place(file, 1, 1) : new Place(file, mark.getLine() + 1, mark.getColumn() + 1);
    }

    private Place place(Event event) {
        return place(file, event.getStartMark());
    }

    private Node document() {
        Event unused = events.getEvent(); // the stream begins
        if (!(events.getEvent() instanceof DocumentStartEvent start)) {
            throw new Place(file, 1, 1).wrong("the file is empty, expected a mapping");
        }
        Map<String, String> handles = start.getTags();
        if (start.getVersion() != null || (handles != null && !handles.isEmpty())) {
            throw place(start).wrong("there is a directive, expected none");
        }
        Node root = node(events.getEvent(), 1);
        if (!(events.getEvent() instanceof DocumentEndEvent)) {
            throw root.at().wrong("the document doesn't end");
        }
        if (events.getEvent() instanceof DocumentStartEvent next) {
            throw place(next).wrong("another document begins, expected one");
        }
        return root;
    }

    private Node node(Event event, int depth) {
        Place at = place(event);
        if (depth > DEEPEST) {
            throw at.wrong("it lies deeper than " + DEEPEST + " levels");
        }
        if (event instanceof AliasEvent) {
            throw at.wrong("there is an alias, expected what it stands for");
        }
        if (event instanceof ScalarEvent scalar) {
            refuse(at, scalar.getAnchor(), scalar.getTag());
            return new Node.Text(at, scalar.getValue());
        }
        if (event instanceof SequenceStartEvent list) {
            refuse(at, list.getAnchor(), list.getTag());
            return new Node.Items(at, items(depth));
        }
        if (event instanceof MappingStartEvent mapping) {
            refuse(at, mapping.getAnchor(), mapping.getTag());
            return new Node.Members(at, members(depth));
        }
        throw at.wrong("there is " + event + ", expected a value");
    }

    private static void refuse(Place at, @Nullable String anchor, @Nullable String tag) {
        if (anchor != null) {
            throw at.wrong("there is an anchor, expected none");
        }
        if (tag != null) {
            throw at.wrong("there is a tag, expected none");
        }
    }

    private List<Node> items(int depth) {
        List<Node> items = new ArrayList<>();
        for (Event next = events.getEvent(); !next.is(Event.ID.SequenceEnd); next = events.getEvent()) {
            items.add(node(next, depth + 1));
        }
        return items;
    }

    private Map<String, Node.Member> members(int depth) {
        Map<String, Node.Member> members = new LinkedHashMap<>();
        for (Event next = events.getEvent(); !next.is(Event.ID.MappingEnd); next = events.getEvent()) {
            Node key = node(next, depth + 1);
            if (!(key instanceof Node.Text name)) {
                throw key.at().wrong("the key is " + key.what() + ", expected a text");
            }
            if (name.value().equals("<<")) {
                throw key.at().wrong("there is a merge key, expected what it stands for");
            }
            Node value = node(events.getEvent(), depth + 1);
            Node.Member before = members.putIfAbsent(name.value(), new Node.Member(key.at(), value));
            if (before != null) {
                throw key.at()
                        .wrong(name.what() + " is there twice, first in line "
                                + before.key().line());
            }
        }
        return members;
    }
}
