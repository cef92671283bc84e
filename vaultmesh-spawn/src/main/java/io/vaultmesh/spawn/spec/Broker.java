package io.vaultmesh.spawn.spec;

/** What carries the messages between services. */
public enum Broker {
    /** RabbitMQ 3.10 or later: quorum queues with delays and safe dead letters, publisher confirms. */
    RABBITMQ("rabbitmq"),

    /** NATS 2.9 or later with JetStream: streams, durable consumers, messages with an id. */
    NATS("nats");

    private final String id;

    Broker(String id) {
        this.id = id;
    }

    /**
     * The name of this broker in files.
     *
     * @return lower-case ASCII, never changed once released
     */
    public String id() {
        return id;
    }

    /**
     * The broker of a given name.
     *
     * @param id the name, as {@link #id()} gives it
     * @return the broker
     * @throws SpecException if there is none of that name
     */
    public static Broker of(String id) {
        return Ids.find("messageQueue", values(), Broker::id, id);
    }
}
