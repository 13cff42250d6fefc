package io.ordeal.campaign.document;

import java.net.URI;

/// The service under test.
public sealed interface Target {
    /// The word that names the embedded sample service.
    String SAMPLE_SERVICE = "sample-service";

    /// The sample service that a run starts itself, reached through the injector's proxy.
    record SampleService() implements Target {
        @Override
        public String text() {
            return SAMPLE_SERVICE;
        }
    }

    /// A target of the injector, reached through its proxy.
    ///
    /// @param name as the injector's configuration has it
    record Injected(String name) implements Target {
        @Override
        public String text() {
            return name;
        }
    }

    /// A service reached directly.
    ///
    /// @param address an absolute http or https address
    record Address(URI address) implements Target {
        @Override
        public String text() {
            return address.toString();
        }
    }

    /// Returns the target as the document has it.
    String text();
}
