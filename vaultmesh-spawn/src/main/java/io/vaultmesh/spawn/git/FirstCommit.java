package io.vaultmesh.spawn.git;

import io.vaultmesh.spawn.tree.FileTree;
import io.vaultmesh.spawn.tree.GeneratedFile;
import io.vaultmesh.spawn.tree.RelativePath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;

/**
 * Makes a git repository with one commit of every file, on branch {@code main}.
 *
 * <p>The commit's id depends on the files, the date and the message alone. No configuration of git is read, neither the
 * user's nor the system's, and no hook or template runs, so that nothing there can change, sign or refuse the commit.
 *
 * <p>That is why only JGit's formats of objects are used here, and none of its repositories: opening one, and even
 * computing an object's id by JGit's own hash, reads the user's configuration through a reader that is shared by the
 * whole process, and may write a measurement of the file system there.
 */
public final class FirstCommit {

    private static final String AUTHOR = "VaultMesh Spawn";
    private static final String ADDRESS = "spawn@vaultmesh.invalid";

    private FirstCommit() {}

    /**
     * Makes the repository.
     *
     * @param directory where the files lie, and no repository yet
     * @param tree the files, as they were written there
     * @param date the date of the commit, in whole seconds
     * @param message the message of the commit
     * @return the id of the commit, 40 lower-case hex digits
     * @throws UncheckedIOException if the repository can't be written
     */
    public static String write(Path directory, FileTree tree, Instant date, String message) {
        try {
            return write(directory, directory.resolve(Constants.DOT_GIT), tree, date, message);
        } catch (IOException e) {
            throw new UncheckedIOException("can't make a git repository in " + directory + ": " + e, e);
        }
    }

    private static String write(Path directory, Path git, FileTree tree, Instant date, String message)
            throws IOException {
        Files.createDirectory(git);
        for (String name : new String[] {"objects/info", "objects/pack", "refs/heads", "refs/tags"}) {
            Files.createDirectories(git.resolve(name));
        }
        LooseObjects objects = new LooseObjects(git.resolve("objects"));
        Map<RelativePath, ObjectId> blobs = new TreeMap<>();
        for (GeneratedFile file : tree) {
            blobs.put(
                    file.path(),
                    objects.insert(Constants.OBJ_BLOB, file.content().bytes()));
        }
        ObjectId root = new TreeObjects(objects, blobs).insert(tree.files());
        String commit = objects.insert(Constants.OBJ_COMMIT, commit(root, date, message))
                .name();
        Index.write(git.resolve("index"), directory, tree, blobs);
        boolean hasModes =
                directory.getFileSystem().supportedFileAttributeViews().contains("posix");
        put(
                git.resolve("config"),
                "[core]\n\trepositoryformatversion = 0\n\tfilemode = " + hasModes
                        + "\n\tbare = false\n\tlogallrefupdates = true\n");
        put(git.resolve("refs/heads/main"), commit + "\n");
        put(git.resolve("HEAD"), "ref: refs/heads/main\n");
        return commit;
    }

    private static byte[] commit(ObjectId root, Instant date, String message) throws IOException {
        PersonIdent author = new PersonIdent(AUTHOR, ADDRESS, date, ZoneOffset.UTC);
        CommitBuilder commit = new CommitBuilder();
        commit.setTreeId(root);
        commit.setAuthor(author);
        commit.setCommitter(author);
        commit.setMessage(message);
        return commit.build();
    }

    private static void put(Path file, String text) throws IOException {
        Files.writeString(file, text, StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }
}
