package io.vaultmesh.scheduler.anchor;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.TreeFormatter;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;
import org.eclipse.jgit.util.Paths;

/** Trees as objects: what is at a path, and a tree with one file more. No work tree and no index has to do with it. */
final class GitTree {

    /** An entry of a tree. */
    private record Entry(String name, FileMode mode, ObjectId id) {

        int compareTo(Entry other) {
            byte[] one = Constants.encode(name);
            byte[] two = Constants.encode(other.name);
            return Paths.compare(one, 0, one.length, mode.getBits(), two, 0, two.length, other.mode.getBits());
        }
    }

    private GitTree() {}

    /**
     * The file at a path, if it is one. Every object on the way must have the bytes that its id is the hash of.
     *
     * @throws IOException if one is missing, or has other bytes
     */
    static Optional<byte[]> file(ObjectReader reader, ObjectId tree, String path) throws IOException {
        ObjectId at = tree;
        String[] names = path.split("/", -1);
        for (int i = 0; i < names.length; i++) {
            boolean last = i == names.length - 1;
            String name = names[i];
            Optional<Entry> entry = entries(bytes(reader, at, Constants.OBJ_TREE)).stream()
                    .filter(candidate -> candidate.name().equals(name))
                    .findFirst()
                    .filter(found -> last
                            ? FileMode.REGULAR_FILE.equals(found.mode().getBits())
                            : FileMode.TREE.equals(found.mode().getBits()));
            if (entry.isEmpty()) {
                return Optional.empty();
            }
            at = entry.get().id();
        }
        return Optional.of(bytes(reader, at, Constants.OBJ_BLOB));
    }

    /** The bytes of an object, which are held against its id: git itself looks only when it is told to. */
    static byte[] bytes(ObjectReader reader, ObjectId id, int type) throws IOException {
        ObjectLoader loader = reader.open(id, type);
        byte[] bytes = loader.getCachedBytes(Integer.MAX_VALUE);
        try (ObjectInserter.Formatter formatter = new ObjectInserter.Formatter()) {
            ObjectId actual = formatter.idFor(type, bytes);
            if (!actual.equals(id)) {
                throw new CorruptObjectException(id, "it has the bytes of " + actual.name());
            }
        }
        return bytes;
    }

    private static List<Entry> entries(byte[] tree) {
        List<Entry> entries = new ArrayList<>();
        CanonicalTreeParser parser = new CanonicalTreeParser();
        for (parser.reset(tree); !parser.eof(); parser.next()) {
            entries.add(new Entry(parser.getEntryPathString(), parser.getEntryFileMode(), parser.getEntryObjectId()));
        }
        return entries;
    }

    /**
     * Makes the tree that has a file more.
     *
     * @param tree the tree before; empty for none
     * @param names the path that is left, from the first name on
     * @throws AnchorException if something else is in the place of the file, or of a directory of it
     */
    static ObjectId with(
            ObjectReader reader, ObjectInserter inserter, Optional<ObjectId> tree, List<String> names, ObjectId file)
            throws IOException {
        String name = names.get(0);
        FileMode mode = names.size() == 1 ? FileMode.REGULAR_FILE : FileMode.TREE;
        List<Entry> entries =
                tree.isPresent() ? entries(bytes(reader, tree.get(), Constants.OBJ_TREE)) : new ArrayList<>();
        Optional<Entry> there =
                entries.stream().filter(entry -> entry.name().equals(name)).findFirst();
        if (there.isPresent()
                && (mode.equals(FileMode.REGULAR_FILE)
                        || !mode.equals(there.get().mode()))) {
            throw new AnchorException(
                    Trouble.MISCONFIGURED,
                    "something else is in the place of " + String.join("/", names) + ", expected nothing");
        }
        ObjectId id = mode.equals(FileMode.REGULAR_FILE)
                ? file
                : with(reader, inserter, there.map(Entry::id), names.subList(1, names.size()), file);
        there.ifPresent(entries::remove);
        entries.add(new Entry(name, mode, id));
        entries.sort(Entry::compareTo);
        TreeFormatter formatter = new TreeFormatter();
        entries.forEach(entry -> formatter.append(entry.name(), entry.mode(), entry.id()));
        return inserter.insert(formatter);
    }
}
