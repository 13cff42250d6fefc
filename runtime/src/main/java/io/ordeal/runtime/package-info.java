/// What every process needs: settings, services, exit codes.
@NullMarked
package io.ordeal.runtime;

import org.jspecify.annotations.NullMarked;
