package io.vaultmesh.remembrancer.index;

import java.time.Instant;

/**
 * What an index says of a component. Nothing of it is proven.
 *
 * @param component the component
 * @param records how many records are about it
 * @param first the time of the earliest one
 * @param last the time of the latest one
 */
public record ComponentActivity(String component, long records, Instant first, Instant last) {}
