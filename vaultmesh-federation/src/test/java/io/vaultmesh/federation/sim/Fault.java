package io.vaultmesh.federation.sim;

/** What goes wrong in a world, without anybody meaning it. */
enum Fault {
    LOSS,
    DUPLICATE,
    REORDER,
    BIT_FLIP,
    PARTITION,
    SLOW_PEER,
    CRASH,
    CLOCK_JUMP,
    DISK_FULL
}
