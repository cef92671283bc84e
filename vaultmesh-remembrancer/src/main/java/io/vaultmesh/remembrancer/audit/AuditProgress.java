package io.vaultmesh.remembrancer.audit;

import io.vaultmesh.remembrancer.memory.NamespaceName;

/** Is told how far an audit is. */
@FunctionalInterface
public interface AuditProgress {

    /**
     * Some more records were checked. Called in the thread that asked for the audit, some hundred records apart; an
     * exception ends the audit and is thrown.
     *
     * @param namespace the namespace that is audited
     * @param checked how many of its records were checked
     * @param total how many it has, as far as is known
     */
    void checked(NamespaceName namespace, long checked, long total);
}
