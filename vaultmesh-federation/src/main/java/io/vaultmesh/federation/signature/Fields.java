package io.vaultmesh.federation.signature;

import java.util.List;

/**
 * The header fields of a message as they came. An implementation MUST give every value of a name in the order in which they
 * came, MUST compare names without regard to case, and MUST NOT join values: that a field is there twice is a reason to
 * refuse the message. {@code java.net.http.HttpHeaders::allValues} is one.
 */
@FunctionalInterface
public interface Fields {

    /**
     * The values of a field.
     *
     * @param name the field's name, in any case
     * @return every value, in order; empty if there is no such field
     */
    List<String> values(String name);
}
