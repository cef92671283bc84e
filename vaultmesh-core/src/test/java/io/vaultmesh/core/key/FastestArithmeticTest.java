package io.vaultmesh.core.key;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.lang.reflect.Field;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.spi.ToolProvider;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a host has on its path decides who does the arithmetic, and nothing else. */
class FastestArithmeticTest {

    private static final ClassLoader NOTHING = ClassLoader.getPlatformClassLoader();
    private static final String CORE = "io.vaultmesh.core";
    private static final String BOUNCY_CASTLE = "org.bouncycastle.provider";

    @Test
    void onTheClassPathItIsBouncyCastlesWhereThatIsThere() throws Exception {
        assertEquals("Bouncy Castle", onTheClassPath(where(Ed25519.class)));
        assertEquals("Bouncy Castle", FastestArithmetic.CHOSEN.toString(), "as in these tests");
    }

    @Test
    void onTheClassPathItIsTheJdksOtherwise() throws Exception {
        assertEquals("the JDK", onTheClassPath());
    }

    @Test
    void onTheModulePathItIsBouncyCastlesIfItsModuleIsInTheGraph() throws Exception {
        assertEquals("Bouncy Castle", onTheModulePath(NOTHING, CORE, BOUNCY_CASTLE));
    }

    @Test
    void onTheModulePathItIsTheJdksIfNobodyNeedsThatModule() throws Exception {
        assertEquals("the JDK", onTheModulePath(NOTHING, CORE));
    }

    @Test
    void aNamedModuleLeavesTheBouncyCastleOfTheClassPathAlone() throws Exception {
        // not this test's own loader: a module with classes that an agent changed reads what that one loads
        URL[] jar = {where(Ed25519.class).toUri().toURL()};
        try (URLClassLoader classPath = new URLClassLoader(jar, NOTHING)) {
            assertEquals(classPath, classPath.loadClass(Ed25519.class.getName()).getClassLoader());
            assertEquals("the JDK", onTheModulePath(classPath, CORE));
        }
    }

    @Test
    void aReleaseThatLacksAFunctionIsPassedOver(@TempDir Path dir) throws Exception {
        // as before 1.75
        assertEquals("the JDK", onTheClassPath(compile(dir, """
                public static void generatePublicKey(byte[] sk, int skOff, byte[] pk, int pkOff) {}
                public static boolean verify(byte[] s, int o, byte[] pk, int pkOff, byte[] m, int mOff, int n) {
                    return true;
                }
                """)));
    }

    @Test
    void oneThatDoesNotWorkIsPassedOver(@TempDir Path dir) throws Exception {
        assertEquals("the JDK", onTheClassPath(compile(dir, """
                public static final class PublicPoint {}
                public static void generatePublicKey(byte[] sk, int skOff, byte[] pk, int pkOff) {}
                public static void sign(byte[] sk, int o, byte[] pk, int p, byte[] m, int q, int n, byte[] s, int r) {}
                public static boolean validatePublicKeyFull(byte[] pk, int off) { return true; }
                public static PublicPoint validatePublicKeyPartialExport(byte[] pk, int off) { return new PublicPoint(); }
                public static boolean verify(byte[] s, int o, PublicPoint p, byte[] m, int off, int n) { return false; }
                """)));
    }

    private static Path compile(Path dir, String members) throws IOException {
        Path source = Files.createDirectories(dir.resolve("org/bouncycastle/math/ec/rfc8032"))
                .resolve("Ed25519.java");
        Files.writeString(
                source, "package org.bouncycastle.math.ec.rfc8032;\npublic class Ed25519 {\n" + members + "}\n");
        assertEquals(0, ToolProvider.findFirst("javac").orElseThrow().run(System.out, System.err, source.toString()));
        return dir;
    }

    private static Path where(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    private static String onTheClassPath(Path... beside) throws Exception {
        URL[] urls = new URL[beside.length + 1];
        urls[0] = where(FastestArithmetic.class).toUri().toURL();
        for (int i = 0; i < beside.length; i++) {
            urls[i + 1] = beside[i].toUri().toURL();
        }
        try (URLClassLoader loader = new URLClassLoader(urls, NOTHING)) {
            return chosen(loader);
        }
    }

    private static String onTheModulePath(ClassLoader parent, String... roots) throws Exception {
        ModuleFinder finder = ModuleFinder.of(
                where(FastestArithmetic.class),
                where(JsonNode.class),
                where(JsonFactory.class),
                where(JsonProperty.class),
                where(Ed25519.class));
        Configuration configuration =
                ModuleLayer.boot().configuration().resolve(finder, ModuleFinder.of(), Set.of(roots));
        ModuleLayer.Controller controller =
                ModuleLayer.defineModulesWithOneLoader(configuration, List.of(ModuleLayer.boot()), parent);
        Module core = controller.layer().findModule(CORE).orElseThrow();
        controller.addOpens(core, CORE + ".key", FastestArithmeticTest.class.getModule());
        assertEquals(
                List.of(roots).contains(BOUNCY_CASTLE),
                controller.layer().findModule(BOUNCY_CASTLE).isPresent());
        return chosen(core.getClassLoader());
    }

    /** The name of the arithmetic that the classes of a loader chose, after it met RFC 8032's TEST 2. */
    private static String chosen(ClassLoader loader) throws Exception {
        byte[] seed = HexFormat.of().parseHex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb");
        byte[] message = {0x72};
        Class<?> type = loader.loadClass(CORE + ".key.Ed25519PrivateKey");
        Object key = type.getMethod("ofSeed", byte[].class).invoke(null, (Object) seed);
        byte[] signature = (byte[]) type.getMethod("sign", byte[].class).invoke(key, (Object) message);
        assertEquals(
                "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                        + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
                HexFormat.of().formatHex(signature));
        Object publicKey = type.getMethod("publicKey").invoke(key);
        assertTrue((Boolean) publicKey
                .getClass()
                .getMethod("verify", byte[].class, byte[].class)
                .invoke(publicKey, message, signature));
        Field chosen = loader.loadClass(CORE + ".key.FastestArithmetic").getDeclaredField("CHOSEN");
        chosen.setAccessible(true);
        return chosen.get(null).toString();
    }
}
