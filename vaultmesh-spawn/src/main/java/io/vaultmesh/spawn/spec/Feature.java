package io.vaultmesh.spawn.spec;

import static java.util.Objects.requireNonNull;

/** Something that a service has beyond what its type brings. A value: immutable and thread-safe. */
public sealed interface Feature {

    /**
     * The name of this kind of feature in files, and of the generator that makes it.
     *
     * @return lower-case ASCII, never changed once released
     */
    String id();

    /**
     * A server of the Model Context Protocol, by which an assistant asks and uses the service.
     *
     * @return the feature
     */
    static Feature mcpServer() {
        return new McpServer();
    }

    /**
     * Events that the service publishes and handles.
     *
     * @param broker what carries them
     * @return the feature
     */
    static Feature messageQueue(Broker broker) {
        return new MessageQueue(broker);
    }

    /** A server of the Model Context Protocol over standard input and output. */
    record McpServer() implements Feature {

        @Override
        public String id() {
            return "mcp-server";
        }
    }

    /**
     * Events that the service publishes and handles.
     *
     * @param broker what carries them
     */
    record MessageQueue(Broker broker) implements Feature {

        /**
         * Creates the feature.
         *
         * @param broker what carries the events
         */
        public MessageQueue {
            requireNonNull(broker, "broker");
        }

        @Override
        public String id() {
            return "message-queue";
        }
    }
}
