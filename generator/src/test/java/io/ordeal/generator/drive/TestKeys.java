package io.ordeal.generator.drive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// Keys and certificates made for the tests of one virtual machine: `service` for 127.0.0.1 and localhost, `shop` for
/// shop.test, `client` for a user, `stranger` for nobody.
public final class TestKeys {
    static final String PASSWORD = "changeit";
    private static final Path FOLDER = folder();
    private static final KeyStore CLIENTS;

    static {
        make("services.p12", "service", "ip:127.0.0.1,dns:localhost");
        make("services.p12", "shop", "dns:shop.test");
        make("clients.p12", "client", "dns:client");
        make("clients.p12", "stranger", "ip:127.0.0.1");
        CLIENTS = load("clients.p12");
    }

    private TestKeys() {}

    /// Returns the key store of the services.
    static KeyStore services() {
        return load("services.p12");
    }

    /// Returns what a server that demands client certificates trusts: `client` alone.
    static KeyStore trusted() {
        try {
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setCertificateEntry("client", CLIENTS.getCertificate("client"));
            return store;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Returns the path of the PEM file with the certificate of `alias`.
    public static String certificate(String alias) {
        try {
            var bytes = store(alias).getCertificate(alias).getEncoded();
            return pem(alias + ".crt", "CERTIFICATE", bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Returns the path of the PEM file with the private key of `alias`.
    public static String key(String alias) {
        try {
            var bytes = store(alias).getKey(alias, PASSWORD.toCharArray()).getEncoded();
            return pem(alias + ".key", "PRIVATE KEY", bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Returns the path of a file with `text`.
    public static String file(String name, String text) {
        try {
            return Files.writeString(FOLDER.resolve(name), text).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String pem(String name, String label, byte[] bytes) {
        var text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        return file(name, "-----BEGIN " + label + "-----\n" + text + "\n-----END " + label + "-----\n");
    }

    private static KeyStore store(String alias) {
        return load(List.of("service", "shop").contains(alias) ? "services.p12" : "clients.p12");
    }

    private static Path folder() {
        try {
            var folder = Files.createDirectories(Path.of("target", "test-keys"));
            Files.deleteIfExists(folder.resolve("services.p12"));
            Files.deleteIfExists(folder.resolve("clients.p12"));
            return folder.toAbsolutePath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void make(String store, String alias, String names) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of("-genkeypair", "-alias", alias, "-keyalg", "EC", "-groupname", "secp256r1"));
        command.addAll(List.of("-dname", "CN=" + alias, "-ext", "san=" + names, "-validity", "2"));
        command.addAll(List.of(
                "-storepass", PASSWORD, "-keystore", FOLDER.resolve(store).toString()));
        try {
            var process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(FOLDER.resolve("keytool.log").toFile())
                    .start();
            if (process.waitFor() != 0) {
                throw new IllegalStateException(Files.readString(FOLDER.resolve("keytool.log")));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyStore load(String store) {
        try (var in = Files.newInputStream(FOLDER.resolve(store))) {
            var loaded = KeyStore.getInstance("PKCS12");
            loaded.load(in, PASSWORD.toCharArray());
            return loaded;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
