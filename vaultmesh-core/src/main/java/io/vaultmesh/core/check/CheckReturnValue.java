package io.vaultmesh.core.check;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks what must not be called for nothing: ignoring the result of an annotated method, or of any method of an
 * annotated class or package, is a finding for static analysers (Error Prone, SpotBugs and IDEs recognise the
 * annotation by its simple name). A dropped {@link Verdict} is a check that never happened.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.METHOD, ElementType.TYPE, ElementType.PACKAGE})
public @interface CheckReturnValue {}
