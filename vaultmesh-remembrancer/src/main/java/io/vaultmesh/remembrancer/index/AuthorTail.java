package io.vaultmesh.remembrancer.index;

/**
 * Where an author's records end.
 *
 * @param seq the highest sequence number of the author
 * @param index the leaf index of the first record that has it
 */
public record AuthorTail(long seq, long index) {}
