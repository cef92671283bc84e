package io.vaultmesh.core.log;

/** Entries as a bundle and the journal have them: each a length of 16 bits and the bytes. */
interface EncodedEntries {

    int count();

    /** What the entries lie in, from its start. */
    byte[] array();

    /** How many bytes of it they take. */
    int length();
}
