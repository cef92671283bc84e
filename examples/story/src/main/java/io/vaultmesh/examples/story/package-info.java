/**
 * A git history as a memory. Flows in: what git says of its commits. Flows out: records, what a search finds among them, and
 * an audit.
 */
@NullMarked
package io.vaultmesh.examples.story;

import org.jspecify.annotations.NullMarked;
