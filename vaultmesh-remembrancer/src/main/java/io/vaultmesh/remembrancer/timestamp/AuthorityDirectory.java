package io.vaultmesh.remembrancer.timestamp;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.vaultmesh.core.log.DirectoryKind;
import io.vaultmesh.core.log.WriterLock;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaMiscPEMGenerator;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemWriter;

/** A development authority on disk: one file with its key and certificates, and its root once more, to be pinned. */
final class AuthorityDirectory {

    private static final String AUTHORITY = "authority.pem";
    private static final String ROOT = "root.pem";
    private static final String PART = ".part";
    private static final DirectoryKind KIND =
            new DirectoryKind("a timestamp authority", AUTHORITY, Set.of(AUTHORITY + PART, ROOT, ROOT + PART));

    private AuthorityDirectory() {}

    static AuthorityKeys open(Path directory, Instant now, SecureRandom random) {
        WriterLock lock = KIND.open(directory, false);
        try {
            Path file = directory.resolve(AUTHORITY);
            if (!Files.exists(file)) {
                AuthorityKeys keys = AuthorityKeys.make(now, random);
                write(directory.resolve(ROOT), pem(List.of(keys.root())));
                // last, since it makes the directory an authority's
                write(file, pem(List.of(keys.key(), keys.leaf(), keys.root())));
            }
            return read(file);
        } catch (IOException e) {
            throw new UncheckedIOException("can't keep an authority in " + directory + ": " + e, e);
        } finally {
            lock.close();
        }
    }

    private static void write(Path file, byte[] bytes) throws IOException {
        Path aside = file.resolveSibling(file.getFileName() + PART);
        var unused = Files.deleteIfExists(aside);
        Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (FileChannel channel = FileChannel.open(aside, options, ownerOnly(file))) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
        Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static FileAttribute<?>[] ownerOnly(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    private static AuthorityKeys read(Path file) throws IOException {
        String text = Files.readString(file, US_ASCII);
        try (PEMParser parser = new PEMParser(new StringReader(text))) {
            AuthorityKeys keys = new AuthorityKeys(
                    new JcaPEMKeyConverter().setProvider(BouncyCastle.PROVIDER).getPrivateKey((PrivateKeyInfo)
                            parser.readObject()),
                    (X509CertificateHolder) parser.readObject(),
                    (X509CertificateHolder) parser.readObject());
            keys.requireConsistency();
            return keys;
        } catch (IOException | RuntimeException e) { // the parser throws several kinds at bad text
            throw new IllegalArgumentException(
                    file + " is damaged, expected a key and two certificates in PEM that belong together", e);
        }
    }

    /** Private keys as PKCS#8, certificates as they are. */
    static byte[] pem(List<?> objects) {
        StringWriter text = new StringWriter();
        try (PemWriter writer = new PemWriter(text)) {
            for (Object object : objects) {
                writer.writeObject(
                        object instanceof PrivateKey key
                                ? new PemObject("PRIVATE KEY", key.getEncoded())
                                : new JcaMiscPEMGenerator(object));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("can't write to memory", e);
        }
        return text.toString().getBytes(US_ASCII);
    }
}
