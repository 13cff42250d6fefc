/// What users say and what they make of answers: templates, variables, checks, extraction, retries, data and cookies.
/// Pure: bytes and values in, values out.
@NullMarked
package io.ordeal.generator.user;

import org.jspecify.annotations.NullMarked;
