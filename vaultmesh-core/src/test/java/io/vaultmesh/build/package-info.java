/**
 * What the tests of every module share: architecture rules, outside programs, seeds. Flows in: compiled classes, the
 * list of tools. Flows out: findings that say what is wrong and what is expected.
 */
package io.vaultmesh.build;
