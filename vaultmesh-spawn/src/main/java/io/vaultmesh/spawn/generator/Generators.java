package io.vaultmesh.spawn.generator;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.spawn.spec.ServiceSpec;
import io.vaultmesh.spawn.tree.FileTree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The generators that work together on a service, in order, no two of one id. Immutable; as thread-safe as its
 * generators are.
 */
public final class Generators {

    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]*");

    private final List<Generator> generators;

    private Generators(List<Generator> generators) {
        this.generators = generators;
    }

    /**
     * The eleven built-in generators: {@code source}, {@code tests}, {@code gitignore}, {@code makefile}, {@code readme},
     * {@code dockerfile}, {@code kubernetes}, {@code cicd}, {@code monitoring}, {@code mcp-server}, {@code message-queue}.
     * For a tool and for infrastructure five of them make nothing: those of images, clusters, alerts, servers and queues.
     *
     * @return all of them
     */
    public static Generators builtIn() {
        return of(Stream.of(
                        new SourceGenerator(),
                        new TestsGenerator(),
                        new GitignoreGenerator(),
                        new MakefileGenerator(),
                        new ReadmeGenerator(),
                        new DockerfileGenerator(),
                        new KubernetesGenerator(),
                        new CicdGenerator(),
                        new MonitoringGenerator(),
                        new McpServerGenerator(),
                        new MessageQueueGenerator())
                .<Generator>map(BuiltIn::new)
                .toList());
    }

    /**
     * Some generators.
     *
     * @param generators the generators, in the order in which they run
     * @return the generators
     * @throws IllegalArgumentException if two have one id, or an id breaks the rule of {@link Generator#id()}
     */
    public static Generators of(List<Generator> generators) {
        Map<String, Generator> byId = new HashMap<>();
        for (Generator generator : generators) {
            requireValidId(generator.id());
            if (byId.put(generator.id(), generator) != null) {
                throw new IllegalArgumentException("two generators are called " + generator.id()
                        + ", expected one; leave the other one out with without(\"" + generator.id() + "\")");
            }
        }
        return new Generators(List.copyOf(generators));
    }

    /**
     * These generators and one more.
     *
     * @param generator runs after the others
     * @return the generators
     * @throws IllegalArgumentException if its id is taken, or breaks the rule of {@link Generator#id()}
     */
    public Generators and(Generator generator) {
        List<Generator> more = new ArrayList<>(generators);
        more.add(requireNonNull(generator, "generator"));
        return of(more);
    }

    /**
     * These generators but one.
     *
     * @param id the id of the one to leave out
     * @return the others
     * @throws IllegalArgumentException if there is none of that id
     */
    public Generators without(String id) {
        List<Generator> others =
                generators.stream().filter(other -> !other.id().equals(id)).toList();
        if (others.size() == generators.size()) {
            throw new IllegalArgumentException(
                    "there is no generator called \"" + id + "\", expected one of " + String.join(", ", ids()));
        }
        return new Generators(others);
    }

    /**
     * What the generators are called.
     *
     * @return their ids, in the order in which they run
     */
    public List<String> ids() {
        return generators.stream().map(Generator::id).toList();
    }

    /**
     * Lets every generator make its files.
     *
     * @param spec the service
     * @return the files of all
     * @throws IllegalStateException if a generator fails, or makes a file that can't stand beside another one's; the
     *     message names the generator, the cause is what it threw
     */
    public FileTree generate(ServiceSpec spec) {
        List<Dependency> dependencies = dependencies(spec);
        FileTree.Builder tree = FileTree.builder();
        for (Generator generator : generators) {
            try {
                generator.generate(spec, new FileSink(generator.id(), ids(), dependencies, tree));
            } catch (RuntimeException e) {
                throw failed(generator.id(), spec, e);
            }
        }
        return tree.build();
    }

    private List<Dependency> dependencies(ServiceSpec spec) {
        TreeMap<String, Dependency> all = new TreeMap<>();
        Map<String, String> declaredBy = new HashMap<>();
        for (Generator generator : generators) {
            List<Dependency> wanted;
            try {
                wanted = generator.dependencies(spec);
            } catch (RuntimeException e) {
                throw failed(generator.id(), spec, e);
            }
            for (Dependency dependency : wanted) {
                // one package has one name to every registry, however it is written (PEP 503)
                String key = dependency.name().toLowerCase(Locale.ROOT).replaceAll("[-_.]+", "-");
                Dependency there = all.get(key);
                all.put(key, there == null ? dependency : there.and(dependency, declaredBy.get(key), generator.id()));
                declaredBy.put(key, generator.id());
            }
        }
        return List.copyOf(all.values());
    }

    private static IllegalStateException failed(String id, ServiceSpec spec, RuntimeException cause) {
        return new IllegalStateException(
                "generator " + id + " failed for service " + spec.name() + ": " + cause.getMessage(), cause);
    }

    static void requireValidId(String id) {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("id of a generator is \"" + id
                    + "\", expected lower-case letters, digits and hyphens, first a letter");
        }
    }
}
